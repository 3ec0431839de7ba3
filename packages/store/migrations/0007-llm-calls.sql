-- Model calls as other GenAI instrumentations tell them: OpenLLMetry, OpenInference, the AI SDK, OpenLIT, and whoever
-- follows the GenAI conventions, old or new. One row for each upstream call: spans that wrap calls (agents, steps,
-- workflows, `ai.generateText` around `ai.generateText.doGenerate`) repeat the usage of what is below them, so they make
-- no row. An insert is seen alone, without the parents and children that came in another one; a wrapper is therefore
-- told by what it says of itself. Two instrumentations that both claim the same call make two rows: compare
-- `instrumentation`. NULL, `malformed`, repetition and retention as in decisions_raw.
CREATE TABLE IF NOT EXISTS llm_calls_raw
(
    timestamp DateTime64(9, 'UTC') CODEC(Delta(8), ZSTD(1)),
    duration_ns UInt64 CODEC(ZSTD(1)),
    trace_id String CODEC(ZSTD(1)),
    span_id String CODEC(ZSTD(1)),
    parent_span_id String COMMENT 'Empty for the root of a trace.' CODEC(ZSTD(1)),
    span_name LowCardinality(String) CODEC(ZSTD(1)),
    service_name LowCardinality(String) CODEC(ZSTD(1)),
    service_instance_id LowCardinality(String) CODEC(ZSTD(1)),
    scope_name LowCardinality(String) CODEC(ZSTD(1)),
    instrumentation LowCardinality(String) COMMENT 'openinference, ai-sdk, openlit, openllmetry, or gen-ai for any other that follows the conventions.' CODEC(ZSTD(1)),

    tenant LowCardinality(String) COMMENT 'From signalbox.tenant of the span; empty without.' CODEC(ZSTD(1)),
    user_id Nullable(String) CODEC(ZSTD(1)),
    conversation_id Nullable(String) CODEC(ZSTD(1)),

    operation LowCardinality(String) COMMENT 'chat, generate_content, text_completion or embeddings.' CODEC(ZSTD(1)),
    provider LowCardinality(Nullable(String)) COMMENT 'As gen_ai.provider.name spells it.' CODEC(ZSTD(1)),
    model LowCardinality(Nullable(String)) COMMENT 'That answered, else that was asked for; without the path before its name.' CODEC(ZSTD(1)),
    request_model LowCardinality(Nullable(String)) CODEC(ZSTD(1)),
    response_model LowCardinality(Nullable(String)) CODEC(ZSTD(1)),
    request_stream Nullable(Bool) CODEC(ZSTD(1)),

    tokens_input Nullable(UInt64) COMMENT 'With what the cache gave and took.' CODEC(ZSTD(1)),
    tokens_output Nullable(UInt64) COMMENT 'With reasoning.' CODEC(ZSTD(1)),
    tokens_cache_read Nullable(UInt64) CODEC(ZSTD(1)),
    tokens_cache_write Nullable(UInt64) CODEC(ZSTD(1)),
    tokens_reasoning Nullable(UInt64) CODEC(ZSTD(1)),
    cost_nano_usd Nullable(Int64) COMMENT '1e-9 USD; only when the span gives it in USD.' CODEC(ZSTD(1)),
    error_type LowCardinality(Nullable(String)) COMMENT 'NULL for success; _OTHER when only the failure is known.' CODEC(ZSTD(1)),
    time_to_first_chunk_ms Nullable(Float64) CODEC(ZSTD(1)),

    malformed UInt8 COMMENT 'Attributes of the span that were there and could not be read.' CODEC(ZSTD(1)),
    received_at DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1)),
    INDEX idx_trace_id trace_id TYPE bloom_filter(0.001) GRANULARITY 1
)
ENGINE = ReplacingMergeTree(received_at)
PARTITION BY toDate(timestamp, 'UTC')
ORDER BY (tenant, timestamp, trace_id, span_id)
TTL toDateTime(timestamp) + toIntervalDay(90)
SETTINGS index_granularity = 8192, ttl_only_drop_parts = 1, fsync_after_insert = 1, fsync_part_directory = 1

-- next statement
-- Must not fail whatever a span says, as decisions_mv. Of several spellings the first that is there counts.
--
-- Input counts the cache and output the reasoning, as the newest conventions demand. A reporter that leaves them out (the
-- Anthropic API counts the cache beside the input) is told by its own numbers: a part larger than the whole, or a total
-- that only adds up with the part. When neither holds, the number stands as reported.
CREATE MATERIALIZED VIEW IF NOT EXISTS llm_calls_mv TO llm_calls_raw AS
WITH
    SpanAttributes AS a,
    (texts -> arrayFirst(text -> text != '', texts)) AS said,
    (text -> toUInt64(toUInt32OrNull(text))) AS count_of,
    (text -> if(toFloat64OrNull(text) BETWEEN 0 AND 1e9, toFloat64OrNull(text), NULL)) AS measure,

    multiIf(
        a['openinference.span.kind'] != '', 'openinference',
        a['ai.operationId'] != '' OR ScopeName IN ('ai', 'gen_ai'), 'ai-sdk',
        startsWith(ScopeName, 'openlit') OR a['telemetry.sdk.name'] = 'openlit' OR ResourceAttributes['telemetry.sdk.name'] = 'openlit', 'openlit',
        startsWith(ScopeName, '@traceloop/') OR a['llm.request.type'] != '' OR arrayExists(name -> startsWith(name, 'traceloop.'), mapKeys(a)), 'openllmetry',
        'gen-ai'
    ) AS told_by,

    -- Empty for a span that is no upstream call.
    multiIf(
        a['openinference.span.kind'] != '', transform(upper(a['openinference.span.kind']), ['LLM', 'EMBEDDING'], ['chat', 'embeddings'], ''),
        a['traceloop.span.kind'] != '', '',
        a['ai.operationId'] != '', multiIf(
            endsWith(a['ai.operationId'], '.doGenerate') OR endsWith(a['ai.operationId'], '.doStream'), 'chat',
            endsWith(a['ai.operationId'], '.doEmbed'), 'embeddings',
            ''
        ),
        -- The AI SDK makes one such span for a request and one for each of its calls; only the latter has tokens.
        ScopeName = 'gen_ai' AND a['gen_ai.operation.name'] = 'embeddings' AND a['gen_ai.usage.input_tokens'] = '', '',
        a['gen_ai.operation.name'] != '', transform(
            a['gen_ai.operation.name'],
            ['chat', 'generate_content', 'text_completion', 'completion', 'embeddings', 'embedding'],
            ['chat', 'generate_content', 'text_completion', 'text_completion', 'embeddings', 'embeddings'],
            ''
        ),
        a['llm.request.type'] != '', transform(
            a['llm.request.type'],
            ['chat', 'completion', 'embedding'],
            ['chat', 'text_completion', 'embeddings'],
            ''
        ),
        SpanKind IN ('Client', 'SPAN_KIND_CLIENT') AND a['gen_ai.request.model'] != '', 'chat',
        ''
    ) AS leaf_operation,

    lower(said([
        a['gen_ai.provider.name'], a['gen_ai.system'], a['llm.provider'], a['llm.system'], a['ai.model.provider']
    ])) AS said_provider,
    -- A name matches up to its end or a dot, so that `openai.chat` of the AI SDK is `openai`. The first match counts.
    [
        ('google.vertex', 'gcp.vertex_ai'), ('google-vertex', 'gcp.vertex_ai'), ('vertex', 'gcp.vertex_ai'),
        ('vertexai', 'gcp.vertex_ai'), ('vertex_ai', 'gcp.vertex_ai'), ('google', 'gcp.gemini'), ('gemini', 'gcp.gemini'),
        ('google_genai', 'gcp.gemini'), ('amazon-bedrock', 'aws.bedrock'), ('bedrock', 'aws.bedrock'), ('aws', 'aws.bedrock'),
        ('azure.ai.inference', 'azure.ai.inference'), ('az.ai.inference', 'azure.ai.inference'),
        ('azure', 'azure.ai.openai'), ('azure-openai', 'azure.ai.openai'), ('azure_openai', 'azure.ai.openai'),
        ('az.ai.openai', 'azure.ai.openai'), ('openai', 'openai'), ('anthropic', 'anthropic'), ('mistral', 'mistral_ai'),
        ('mistralai', 'mistral_ai'), ('cohere', 'cohere'), ('groq', 'groq'), ('deepseek', 'deepseek'),
        ('perplexity', 'perplexity'), ('xai', 'x_ai'), ('x-ai', 'x_ai'), ('grok', 'x_ai'), ('watsonx', 'ibm.watsonx.ai'),
        ('moonshot', 'moonshot_ai'), ('moonshotai', 'moonshot_ai')
    ] AS providers,
    arrayFirst(known -> startsWith(concat(said_provider, '.'), concat(known.1, '.')), providers).2 AS known_provider,

    said([
        a['gen_ai.request.model'], a['llm.request.model'], a['llm.model_name'], a['embedding.model_name'], a['ai.model.id']
    ]) AS said_request_model,
    said([a['gen_ai.response.model'], a['llm.response.model'], a['ai.response.model']]) AS said_response_model,

    said([
        a['gen_ai.usage.input_tokens'], a['gen_ai.usage.prompt_tokens'], a['llm.usage.prompt_tokens'],
        a['llm.token_count.prompt'], a['ai.usage.inputTokens'], a['ai.usage.promptTokens'], a['ai.usage.tokens']
    ]) AS input_text,
    said([
        a['gen_ai.usage.output_tokens'], a['gen_ai.usage.completion_tokens'], a['llm.usage.completion_tokens'],
        a['llm.token_count.completion'], a['ai.usage.outputTokens'], a['ai.usage.completionTokens']
    ]) AS output_text,
    said([
        a['gen_ai.usage.total_tokens'], a['llm.usage.total_tokens'], a['llm.token_count.total'], a['ai.usage.totalTokens']
    ]) AS total_text,
    said([
        a['gen_ai.usage.cache_read.input_tokens'], a['gen_ai.usage.cache_read_input_tokens'],
        a['llm.token_count.prompt_details.cache_read'], a['ai.usage.inputTokenDetails.cacheReadTokens'],
        a['ai.usage.cachedInputTokens']
    ]) AS cache_read_text,
    said([
        a['gen_ai.usage.cache_write.input_tokens'], a['gen_ai.usage.cache_creation.input_tokens'],
        a['gen_ai.usage.cache_write_input_tokens'], a['gen_ai.usage.cache_creation_input_tokens'],
        a['llm.token_count.prompt_details.cache_write'], a['ai.usage.inputTokenDetails.cacheWriteTokens']
    ]) AS cache_write_text,
    said([
        a['gen_ai.usage.reasoning.output_tokens'], a['gen_ai.usage.reasoning_tokens'], a['llm.usage.reasoning_tokens'],
        a['llm.token_count.completion_details.reasoning'], a['ai.usage.outputTokenDetails.reasoningTokens'],
        a['ai.usage.reasoningTokens']
    ]) AS reasoning_text,

    count_of(input_text) AS input,
    count_of(output_text) AS output,
    ifNull(count_of(cache_read_text), 0) + ifNull(count_of(cache_write_text), 0) AS cached,
    ifNull(count_of(reasoning_text), 0) AS reasoned,
    toInt64(count_of(total_text)) - input - output AS beside,
    cached > 0 AND (cached > input OR beside = cached OR beside = cached + reasoned) AS input_lacks_cache,
    reasoned > 0 AND (reasoned > output OR (beside = reasoned AND beside != cached) OR beside = cached + reasoned) AS output_lacks_reasoning,

    said([a['gen_ai.usage.cost.amount'], a['gen_ai.usage.cost'], a['llm.cost.total']]) AS cost_text,
    said([a['gen_ai.request.stream'], a['llm.is_streaming'], a['gen_ai.request.is_stream']]) AS stream_text,
    said([
        a['gen_ai.response.time_to_first_chunk'], a['gen_ai.client.operation.time_to_first_chunk'],
        a['gen_ai.client.inference.time_to_first_chunk'], a['gen_ai.server.time_to_first_token'],
        a['gen_ai.server.ttft']
    ]) AS first_chunk_seconds,
    said([a['ai.response.msToFirstChunk'], a['ai.stream.msToFirstChunk']]) AS first_chunk_ms,
    indexOf(Events.Name, 'First Token Stream Event') AS first_token,
    arrayFirst(text -> text != '', arrayMap(event -> event['exception.type'], Events.Attributes)) AS exception_type
SELECT
    Timestamp AS timestamp,
    Duration AS duration_ns,
    TraceId AS trace_id,
    SpanId AS span_id,
    ParentSpanId AS parent_span_id,
    SpanName AS span_name,
    ServiceName AS service_name,
    ResourceAttributes['service.instance.id'] AS service_instance_id,
    ScopeName AS scope_name,
    told_by AS instrumentation,

    a['signalbox.tenant'] AS tenant,
    nullIf(a['user.id'], '') AS user_id,
    nullIf(said([a['gen_ai.conversation.id'], a['session.id']]), '') AS conversation_id,

    leaf_operation AS operation,
    nullIf(if(known_provider != '', known_provider, said_provider), '') AS provider,
    nullIf(replaceRegexpOne(said([said_response_model, said_request_model]), '^.*models/', ''), '') AS model,
    nullIf(said_request_model, '') AS request_model,
    nullIf(said_response_model, '') AS response_model,
    multiIf(
        lower(stream_text) = 'true' OR endsWith(a['ai.operationId'], '.doStream'), true,
        lower(stream_text) = 'false' OR a['ai.operationId'] != '', false,
        NULL
    ) AS request_stream,

    input + if(ifNull(input_lacks_cache, 0), cached, 0) AS tokens_input,
    output + if(ifNull(output_lacks_reasoning, 0), reasoned, 0) AS tokens_output,
    count_of(cache_read_text) AS tokens_cache_read,
    count_of(cache_write_text) AS tokens_cache_write,
    count_of(reasoning_text) AS tokens_reasoning,
    if(a['gen_ai.usage.cost.currency'] IN ('', 'USD'), toInt64(round(measure(cost_text) * 1e9)), NULL) AS cost_nano_usd,
    multiIf(
        a['error.type'] != '', a['error.type'],
        StatusCode NOT IN ('Error', 'STATUS_CODE_ERROR'), NULL,
        exception_type != '', exception_type,
        '_OTHER'
    ) AS error_type,
    multiIf(
        first_chunk_seconds != '', measure(first_chunk_seconds) * 1000,
        first_chunk_ms != '', measure(first_chunk_ms),
        first_token > 0 AND Events.Timestamp[first_token] >= Timestamp,
        (toUnixTimestamp64Nano(Events.Timestamp[first_token]) - toUnixTimestamp64Nano(Timestamp)) / 1e6,
        NULL
    ) AS time_to_first_chunk_ms,

    arrayCount(text -> text != '' AND count_of(text) IS NULL, [
        input_text, output_text, total_text, cache_read_text, cache_write_text, reasoning_text
    ])
        + arrayCount(text -> text != '' AND measure(text) IS NULL, [cost_text, first_chunk_seconds, first_chunk_ms])
        + (lower(stream_text) NOT IN ('', 'true', 'false')) AS malformed,
    received_at
FROM (SELECT * FROM otel_traces_unerased WHERE ScopeName != 'signalbox')
WHERE leaf_operation != ''

-- next statement
-- What people read: each call once.
CREATE VIEW IF NOT EXISTS llm_calls AS
SELECT * FROM llm_calls_raw FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1

-- next statement
-- The calls that Signalbox did not route, to be added up with `attempts`. Routed calls show up in llm_calls too where
-- another instrumentation is on: the AI SDK's span around ours, and the span of an instrumented client inside ours.
CREATE VIEW IF NOT EXISTS llm_calls_unrouted AS
SELECT * FROM llm_calls_raw FINAL
WHERE (trace_id, parent_span_id) NOT IN
    (SELECT trace_id, span_id FROM attempts_raw WHERE trace_id IN (SELECT trace_id FROM llm_calls_raw))
    AND (trace_id, span_id) NOT IN
    (SELECT trace_id, parent_span_id FROM decisions_raw WHERE trace_id IN (SELECT trace_id FROM llm_calls_raw))
SETTINGS do_not_merge_across_partitions_select_final = 1
