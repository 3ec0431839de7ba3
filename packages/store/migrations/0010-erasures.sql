-- Receipts of erasures: that, when, for whom and how much was deleted, without saying who it was. Whoever knows the id
-- can prove the receipt: id_hash is the SHA-256 of salt and id, one after the other, in hex.
CREATE TABLE IF NOT EXISTS erasures
(
    erasure_id UUID,
    erased_at DateTime64(3, 'UTC') COMMENT 'What began or was received until then is erased.',
    finished_at DateTime64(3, 'UTC') DEFAULT now64(3),
    requested_by String COMMENT 'Who asked for the erasure.',
    subject LowCardinality(String) COMMENT 'user or tenant.',
    salt String,
    id_hash String,
    tables Nested
    (
        name LowCardinality(String),
        rows_before UInt64,
        rows_after UInt64
    ) COMMENT 'Stored rows, repetitions counted.'
)
ENGINE = ReplacingMergeTree(finished_at)
ORDER BY erasure_id
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
