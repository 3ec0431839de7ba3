-- Versions of policies: what decisions were made by.
-- A policy is named by the hash of its content, so that recording it again changes nothing; nothing is ever changed. Kept
-- for ever: decisions outlive the configuration that made them.
CREATE TABLE IF NOT EXISTS policies_raw
(
    version String COMMENT 'Hash of the content, as policy_version of decisions.' CODEC(ZSTD(1)),
    name LowCardinality(String) COMMENT 'As policy_name of decisions.' CODEC(ZSTD(1)),
    document String COMMENT 'The policy with its targets and their prices, as JSON.' CODEC(ZSTD(3)),
    recorded_by String COMMENT 'Who, or what, recorded it first.' CODEC(ZSTD(1)),
    recorded_at DateTime64(3, 'UTC') DEFAULT now64(3) CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree
ORDER BY version
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1

-- next statement
-- What people read: each version once.
CREATE VIEW IF NOT EXISTS policies AS SELECT * FROM policies_raw FINAL
