SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
CREATE SCHEMA dbos;
CREATE FUNCTION dbos.enqueue_workflow(workflow_name text, queue_name text, positional_args json[] DEFAULT ARRAY[]::json[], named_args json DEFAULT '{}'::json, class_name text DEFAULT NULL::text, config_name text DEFAULT NULL::text, workflow_id text DEFAULT NULL::text, app_version text DEFAULT NULL::text, timeout_ms bigint DEFAULT NULL::bigint, deadline_epoch_ms bigint DEFAULT NULL::bigint, deduplication_id text DEFAULT NULL::text, priority integer DEFAULT NULL::integer, queue_partition_key text DEFAULT NULL::text, authenticated_user text DEFAULT NULL::text, authenticated_roles text DEFAULT NULL::text, delay_until_epoch_ms bigint DEFAULT NULL::bigint, application_name text DEFAULT NULL::text) RETURNS text
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    v_workflow_id TEXT;
    v_serialized_inputs TEXT;
    v_owner_xid TEXT;
    v_now BIGINT;
    v_recovery_attempts INT4 := 0;
    v_priority INT4;
    v_status TEXT;
BEGIN
    -- Validate required parameters
    IF workflow_name IS NULL OR workflow_name = '' THEN
        RAISE EXCEPTION 'Workflow name cannot be null or empty';
    END IF;
    IF queue_name IS NULL OR queue_name = '' THEN
        RAISE EXCEPTION 'Queue name cannot be null or empty';
    END IF;
    IF named_args IS NOT NULL AND jsonb_typeof(named_args::jsonb) != 'object' THEN
        RAISE EXCEPTION 'Named args must be a JSON object';
    END IF;
    IF workflow_id IS NOT NULL AND workflow_id = '' THEN
        RAISE EXCEPTION 'Workflow ID cannot be an empty string if provided.';
    END IF;
    IF delay_until_epoch_ms IS NOT NULL AND delay_until_epoch_ms < 0 THEN
        RAISE EXCEPTION 'delay_until_epoch_ms must be >= 0';
    END IF;
    v_workflow_id := COALESCE(workflow_id, gen_random_uuid()::TEXT);
    v_owner_xid := gen_random_uuid()::TEXT;
    v_priority := COALESCE(priority, 0);
    v_serialized_inputs := json_build_object(
        'positionalArgs', positional_args,
        'namedArgs', named_args
    )::TEXT;
    v_now := EXTRACT(epoch FROM now()) * 1000;
    v_status := CASE WHEN delay_until_epoch_ms IS NULL THEN 'ENQUEUED' ELSE 'DELAYED' END;
    INSERT INTO "dbos".workflow_status (
        workflow_uuid, status,
        name, class_name, config_name,
        queue_name, deduplication_id, priority, queue_partition_key,
        application_version,
        created_at, updated_at, recovery_attempts,
        workflow_timeout_ms, workflow_deadline_epoch_ms,
        parent_workflow_id, owner_xid, serialization,
        authenticated_user, authenticated_roles,
        delay_until_epoch_ms, application_name
    ) VALUES (
        v_workflow_id, v_status,
        workflow_name, class_name, config_name,
        queue_name, deduplication_id, v_priority, queue_partition_key,
        app_version,
        v_now, v_now, v_recovery_attempts,
        timeout_ms, deadline_epoch_ms,
        NULL, v_owner_xid, 'portable_json',
        authenticated_user, authenticated_roles,
        delay_until_epoch_ms, application_name
    )
    ON CONFLICT (workflow_uuid)
    DO UPDATE SET
        updated_at = EXCLUDED.updated_at;
    INSERT INTO "dbos".workflow_input (
        workflow_uuid, inputs, retention_timestamp
    ) VALUES (
        v_workflow_id, v_serialized_inputs, v_now
    )
    ON CONFLICT (workflow_uuid) DO NOTHING;
    RETURN v_workflow_id;
EXCEPTION
    WHEN unique_violation THEN
        RAISE EXCEPTION 'DBOS queue duplicated'
            USING DETAIL = format('Workflow %s with queue %s and deduplication ID %s already exists', v_workflow_id, queue_name, deduplication_id),
                ERRCODE = 'unique_violation';
END;
$$;
CREATE FUNCTION dbos.notifications_function() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    payload text := NEW.destination_uuid || '::' || NEW.topic;
BEGIN
    PERFORM pg_notify('dbos_notifications_channel', payload);
    RETURN NEW;
END;
$$;
CREATE FUNCTION dbos.send_message(destination_id text, message json, topic text DEFAULT NULL::text, message_id text DEFAULT NULL::text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    v_topic TEXT := COALESCE(topic, '__null__topic__');
    v_message_id TEXT := COALESCE(message_id, gen_random_uuid()::TEXT);
BEGIN
    INSERT INTO "dbos".notifications (
        destination_uuid, topic, message, message_uuid, serialization
    ) VALUES (
        destination_id, v_topic, message, v_message_id, 'portable_json'
    )
    ON CONFLICT (message_uuid) DO NOTHING;
EXCEPTION
    WHEN foreign_key_violation THEN
        RAISE EXCEPTION 'DBOS non-existent workflow'
            USING DETAIL = format('Destination workflow %s does not exist', destination_id),
                ERRCODE = 'foreign_key_violation';
END;
$$;
CREATE FUNCTION public.charges_are_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'charges are append-only'; END $$;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE dbos.application_versions (
    version_id text NOT NULL,
    version_name text NOT NULL,
    version_timestamp bigint DEFAULT ((EXTRACT(epoch FROM now()) * 1000.0))::bigint NOT NULL,
    created_at bigint DEFAULT ((EXTRACT(epoch FROM now()) * 1000.0))::bigint NOT NULL,
    application_name text
);
CREATE TABLE dbos.dbos_migrations (
    version bigint NOT NULL
);
CREATE TABLE dbos.event_dispatch_kv (
    service_name text NOT NULL,
    workflow_fn_name text NOT NULL,
    key text NOT NULL,
    value text,
    update_seq numeric(38,0),
    update_time numeric(38,15)
);
CREATE TABLE dbos.notifications (
    message_uuid text DEFAULT gen_random_uuid() NOT NULL,
    destination_uuid text NOT NULL,
    topic text,
    message text NOT NULL,
    created_at_epoch_ms bigint DEFAULT ((EXTRACT(epoch FROM now()) * 1000.0))::bigint NOT NULL,
    serialization text,
    consumed boolean DEFAULT false NOT NULL,
    consumed_by_function_id integer
);
CREATE TABLE dbos.operation_outputs (
    workflow_uuid text NOT NULL,
    function_id integer NOT NULL,
    function_name text DEFAULT ''::text NOT NULL,
    output text,
    error text,
    child_workflow_id text,
    started_at_epoch_ms bigint,
    completed_at_epoch_ms bigint,
    serialization text,
    application_name text,
    retention_timestamp bigint DEFAULT ((EXTRACT(epoch FROM now()) * 1000.0))::bigint NOT NULL
);
CREATE TABLE dbos.queues (
    queue_id text DEFAULT (gen_random_uuid())::text NOT NULL,
    name text NOT NULL,
    concurrency integer,
    worker_concurrency integer,
    rate_limit_max integer,
    rate_limit_period_sec double precision,
    priority_enabled boolean DEFAULT false NOT NULL,
    partition_queue boolean DEFAULT false NOT NULL,
    polling_interval_sec double precision DEFAULT 1.0 NOT NULL,
    created_at bigint DEFAULT ((EXTRACT(epoch FROM now()) * 1000.0))::bigint NOT NULL,
    updated_at bigint DEFAULT ((EXTRACT(epoch FROM now()) * 1000.0))::bigint NOT NULL,
    application_name text,
    partition_concurrency integer,
    partition_worker_concurrency integer,
    partition_rate_limit_max integer,
    partition_rate_limit_period_sec double precision
);
CREATE TABLE dbos.streams (
    workflow_uuid text NOT NULL,
    key text NOT NULL,
    value text NOT NULL,
    "offset" integer NOT NULL,
    function_id integer DEFAULT 0 NOT NULL,
    serialization text
);
CREATE TABLE dbos.workflow_events (
    workflow_uuid text NOT NULL,
    key text NOT NULL,
    value text NOT NULL,
    serialization text
);
CREATE TABLE dbos.workflow_events_history (
    workflow_uuid text NOT NULL,
    function_id integer NOT NULL,
    key text NOT NULL,
    value text NOT NULL,
    serialization text
);
CREATE TABLE dbos.workflow_input (
    workflow_uuid text NOT NULL,
    inputs text,
    retention_timestamp bigint DEFAULT ((EXTRACT(epoch FROM now()) * 1000.0))::bigint NOT NULL
);
CREATE TABLE dbos.workflow_output (
    workflow_uuid text NOT NULL,
    output text,
    error text,
    retention_timestamp bigint DEFAULT ((EXTRACT(epoch FROM now()) * 1000.0))::bigint NOT NULL
);
CREATE TABLE dbos.workflow_schedules (
    schedule_id text NOT NULL,
    schedule_name text NOT NULL,
    workflow_name text NOT NULL,
    workflow_class_name text,
    schedule text NOT NULL,
    status text DEFAULT 'ACTIVE'::text NOT NULL,
    context text NOT NULL,
    last_fired_at text,
    automatic_backfill boolean DEFAULT false NOT NULL,
    cron_timezone text,
    queue_name text,
    application_name text
);
CREATE TABLE dbos.workflow_status (
    workflow_uuid text NOT NULL,
    status text,
    name text,
    authenticated_user text,
    assumed_role text,
    authenticated_roles text,
    request text,
    output text,
    error text,
    executor_id text,
    created_at bigint DEFAULT ((EXTRACT(epoch FROM now()) * 1000.0))::bigint NOT NULL,
    updated_at bigint DEFAULT ((EXTRACT(epoch FROM now()) * 1000.0))::bigint NOT NULL,
    application_version text,
    application_id text,
    class_name character varying(255) DEFAULT NULL::character varying,
    config_name character varying(255) DEFAULT NULL::character varying,
    recovery_attempts bigint DEFAULT 0,
    queue_name text,
    workflow_timeout_ms bigint,
    workflow_deadline_epoch_ms bigint,
    inputs text,
    started_at_epoch_ms bigint,
    deduplication_id text,
    priority integer DEFAULT 0 NOT NULL,
    queue_partition_key text,
    forked_from text,
    owner_xid text,
    parent_workflow_id text,
    serialization text,
    delay_until_epoch_ms bigint,
    was_forked_from boolean DEFAULT false NOT NULL,
    rate_limited boolean DEFAULT false NOT NULL,
    completed_at bigint,
    attributes jsonb,
    schedule_name text,
    debounce_deadline_epoch_ms bigint,
    is_debounced boolean DEFAULT false NOT NULL,
    application_name text,
    creator_xid text
);
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.answered_messages (
    team_id text NOT NULL,
    channel_id text NOT NULL,
    ts text NOT NULL,
    words_hash text,
    taken_at timestamp with time zone NOT NULL
);
CREATE TABLE public.api_tokens (
    team_id text NOT NULL,
    id text NOT NULL,
    name text NOT NULL,
    hash text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone
);
CREATE TABLE public.audits (
    team_id text NOT NULL,
    id text NOT NULL,
    at timestamp with time zone NOT NULL,
    person_id text,
    what text NOT NULL,
    detail text NOT NULL
);
CREATE TABLE public.bench_prompts (
    team_id text NOT NULL,
    bench_id text NOT NULL,
    place integer NOT NULL,
    prompt text NOT NULL,
    dropped text
);
CREATE TABLE public.benches (
    team_id text NOT NULL,
    id text NOT NULL,
    request_key text NOT NULL,
    kind text NOT NULL,
    question text NOT NULL,
    plan text NOT NULL,
    seed text NOT NULL,
    cap_nanousd bigint NOT NULL,
    held_nanousd bigint NOT NULL,
    demo boolean NOT NULL,
    state text NOT NULL,
    reason text,
    person_id text NOT NULL,
    source text NOT NULL,
    channel_id text,
    message_ts text,
    verdict_ts text,
    project text,
    parent_id text,
    period text,
    week text,
    created_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT ck_benches_cap CHECK ((cap_nanousd >= 0)),
    CONSTRAINT ck_benches_held CHECK ((held_nanousd >= 0)),
    CONSTRAINT ck_benches_state CHECK ((state = ANY (ARRAY['planned'::text, 'drawing'::text, 'reviewing'::text, 'sealed'::text, 'cancelled'::text])))
);
CREATE TABLE public.bill_readings (
    team_id text NOT NULL,
    day text NOT NULL,
    again_at timestamp with time zone NOT NULL,
    done_at timestamp with time zone,
    problem text
);
CREATE TABLE public.budget_alerts (
    team_id text NOT NULL,
    scope text NOT NULL,
    scope_id text NOT NULL,
    period text NOT NULL,
    threshold integer NOT NULL,
    state text NOT NULL,
    told_at timestamp with time zone NOT NULL,
    CONSTRAINT ck_budget_alerts_state CHECK ((state = ANY (ARRAY['over'::text, 'back'::text])))
);
CREATE TABLE public.budget_periods (
    team_id text NOT NULL,
    scope text NOT NULL,
    scope_id text NOT NULL,
    period text NOT NULL,
    spent_nanousd bigint NOT NULL,
    reserved_nanousd bigint NOT NULL,
    CONSTRAINT ck_budget_periods_reserved CHECK ((reserved_nanousd >= 0))
);
CREATE TABLE public.budgets (
    team_id text NOT NULL,
    scope text NOT NULL,
    scope_id text NOT NULL,
    per text NOT NULL,
    limit_nanousd bigint,
    changed_at timestamp with time zone NOT NULL,
    changed_by text NOT NULL,
    version integer NOT NULL,
    CONSTRAINT ck_budgets_limit CHECK ((limit_nanousd >= 0)),
    CONSTRAINT ck_budgets_per CHECK ((per = ANY (ARRAY['week'::text, 'month'::text]))),
    CONSTRAINT ck_budgets_scope CHECK ((scope = ANY (ARRAY['workspace'::text, 'channel'::text, 'person'::text, 'project'::text])))
);
CREATE TABLE public.channel_projects (
    team_id text NOT NULL,
    channel_id text NOT NULL,
    project text,
    changed_at timestamp with time zone NOT NULL,
    changed_by text NOT NULL
);
CREATE TABLE public.charges (
    team_id text NOT NULL,
    id text NOT NULL,
    generation_id text NOT NULL,
    kind text NOT NULL,
    amount_nanousd bigint NOT NULL,
    period text NOT NULL,
    at timestamp with time zone NOT NULL,
    rates text,
    CONSTRAINT ck_charges_kind CHECK ((kind = ANY (ARRAY['metered'::text, 'assumed'::text, 'correction'::text])))
);
CREATE TABLE public.digest_posts (
    team_id text NOT NULL,
    channel_id text NOT NULL,
    week text NOT NULL,
    request text NOT NULL,
    state text NOT NULL,
    owner text NOT NULL,
    claimed_at timestamp with time zone NOT NULL,
    repeats integer NOT NULL,
    message_ts text,
    as_of timestamp with time zone,
    told_nanousd bigint,
    CONSTRAINT ck_digest_posts_state CHECK ((state = ANY (ARRAY['posting'::text, 'posted'::text, 'failed'::text, 'refused'::text])))
);
CREATE TABLE public.digest_schedules (
    team_id text NOT NULL,
    channel_id text NOT NULL,
    weekday integer NOT NULL,
    hour integer NOT NULL,
    minute integer NOT NULL,
    zone text NOT NULL,
    set_by text NOT NULL,
    set_at timestamp with time zone NOT NULL,
    running boolean NOT NULL
);
CREATE TABLE public.drawings (
    team_id text NOT NULL,
    id text NOT NULL,
    request_key text NOT NULL,
    person_id text NOT NULL,
    channel_id text,
    thread_ts text,
    message_ts text,
    reply_url text,
    source text NOT NULL,
    prompt text NOT NULL,
    parent_id text,
    created_at timestamp with time zone NOT NULL,
    project text,
    bench_id text,
    bench_place integer
);
CREATE TABLE public.generations (
    team_id text NOT NULL,
    id text NOT NULL,
    drawing_id text NOT NULL,
    "position" integer NOT NULL,
    lane text,
    model text NOT NULL,
    quality text NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    state text NOT NULL,
    state_at timestamp with time zone NOT NULL,
    expected_nanousd bigint NOT NULL,
    reserved_nanousd bigint NOT NULL,
    period text NOT NULL,
    demo boolean NOT NULL,
    owner text,
    lease_until timestamp with time zone,
    file_id text,
    usage text,
    returned_quality text,
    returned_size text,
    service_request_id text,
    reason text,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    drawn_at timestamp with time zone,
    week text,
    claim_key text,
    CONSTRAINT ck_generations_reserved CHECK ((reserved_nanousd >= 0))
);
CREATE TABLE public.open_imports (
    team_id text NOT NULL,
    id text NOT NULL,
    touched_at timestamp with time zone
);
CREATE TABLE public.pauses (
    scope text NOT NULL,
    until timestamp with time zone,
    reason text NOT NULL,
    told_at timestamp with time zone,
    probe text
);
CREATE TABLE public.provider_buckets (
    team_id text NOT NULL,
    source text NOT NULL,
    kind text NOT NULL,
    project text NOT NULL,
    item text NOT NULL,
    start_at timestamp with time zone NOT NULL,
    end_at timestamp with time zone NOT NULL,
    model text,
    amount_nanousd bigint,
    quantity text,
    unit text,
    CONSTRAINT ck_provider_buckets_amount CHECK (((kind = 'cost'::text) = (amount_nanousd IS NOT NULL))),
    CONSTRAINT ck_provider_buckets_kind CHECK ((kind = ANY (ARRAY['cost'::text, 'usage'::text])))
);
CREATE TABLE public.provider_days (
    team_id text NOT NULL,
    source text NOT NULL,
    start_at timestamp with time zone NOT NULL,
    fetched_at timestamp with time zone NOT NULL
);
CREATE TABLE public.slack_answers (
    team_id text NOT NULL,
    kind text NOT NULL,
    id text NOT NULL,
    answer text,
    asked_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    CONSTRAINT ck_slack_answers_kind CHECK ((kind = ANY (ARRAY['channel'::text, 'person'::text])))
);
CREATE TABLE public.usage_records (
    team_id text NOT NULL,
    source text NOT NULL,
    id text NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    lane text,
    model text NOT NULL,
    quality text NOT NULL,
    width integer,
    height integer,
    images integer NOT NULL,
    kept integer,
    rejected integer,
    reviewed_at timestamp with time zone,
    project text,
    person_id text,
    usage text,
    amount_nanousd bigint,
    basis text NOT NULL,
    rates text,
    import_id text,
    CONSTRAINT ck_usage_records_basis CHECK ((basis = ANY (ARRAY['usage'::text, 'reported'::text, 'published'::text, 'tokens'::text, 'unknown'::text]))),
    CONSTRAINT ck_usage_records_images CHECK ((images >= 1)),
    CONSTRAINT ck_usage_records_judged CHECK (((COALESCE(kept, 0) + COALESCE(rejected, 0)) <= images)),
    CONSTRAINT ck_usage_records_kept CHECK ((kept >= 0)),
    CONSTRAINT ck_usage_records_rejected CHECK ((rejected >= 0)),
    CONSTRAINT ck_usage_records_unknown CHECK (((basis = 'unknown'::text) = (amount_nanousd IS NULL)))
);
CREATE TABLE public.votes (
    team_id text NOT NULL,
    generation_id text NOT NULL,
    number integer NOT NULL,
    person_id text NOT NULL,
    verdict text NOT NULL,
    reason text,
    at timestamp with time zone NOT NULL,
    confidence integer,
    CONSTRAINT ck_votes_verdict CHECK ((verdict = ANY (ARRAY['keep'::text, 'reject'::text])))
);
CREATE TABLE public.workers (
    owner text NOT NULL,
    name text NOT NULL,
    unable text,
    seen_at timestamp with time zone NOT NULL
);
CREATE TABLE public.workspaces (
    team_id text NOT NULL,
    name text NOT NULL,
    bot_user_id text,
    stopped_at timestamp with time zone,
    token_hash text,
    installed boolean DEFAULT false NOT NULL
);
INSERT INTO dbos.dbos_migrations (version) VALUES (125);
INSERT INTO dbos.workflow_input (workflow_uuid, inputs, retention_timestamp) VALUES ('place:T1:84d166b5e5', '{"namedArgs":{},"positionalArgs":["place",["T1","84d166b5e5"]]}', 1795608000000);
INSERT INTO dbos.workflow_status (workflow_uuid, status, name, authenticated_user, assumed_role, authenticated_roles, request, output, error, executor_id, created_at, updated_at, application_version, application_id, class_name, config_name, recovery_attempts, queue_name, workflow_timeout_ms, workflow_deadline_epoch_ms, inputs, started_at_epoch_ms, deduplication_id, priority, queue_partition_key, forked_from, owner_xid, parent_workflow_id, serialization, delay_until_epoch_ms, was_forked_from, rate_limited, completed_at, attributes, schedule_name, debounce_deadline_epoch_ms, is_debounced, application_name, creator_xid) VALUES ('place:T1:84d166b5e5', 'ENQUEUED', 'job', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1795608000000, 1795608000000, 'jobs-1', NULL, NULL, NULL, 0, 'quick', NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, 'portable_json', NULL, false, false, NULL, 'null', NULL, NULL, false, 'imagelane', '00000000-0000-4000-8000-000000000000');
INSERT INTO public.alembic_version (version_num) VALUES ('0012');
INSERT INTO public.answered_messages (team_id, channel_id, ts, words_hash, taken_at) VALUES ('T1', 'C0STUDIO', '1763888500.000100', '7e86ddcecdbdfd44e0221a6ffeb738e0f99a60b2545c6f5e8f3bfeaccfc3871f', '2026-11-23 09:00:00+00');
INSERT INTO public.answered_messages (team_id, channel_id, ts, words_hash, taken_at) VALUES ('T1', 'C0STUDIO', '1763888500.000101', NULL, '2026-11-13 09:00:00+00');
INSERT INTO public.api_tokens (team_id, id, name, hash, created_at, revoked_at) VALUES ('T1', '1509b35e3b', 'sample 2', '76c7b7040df1797a11fafb682d006c930f1b5ebd7e13af04a631b3ff32071426', '2026-11-02 09:00:00+00', NULL);
INSERT INTO public.api_tokens (team_id, id, name, hash, created_at, revoked_at) VALUES ('T1', '877285e89d', 'sample 1', '642fe51e78f53e031ad6929a942a6fe9fcd4c26d8252660f0bc1aa1f3b206788', '2026-11-01 09:00:00+00', '2026-11-03 09:00:00+00');
INSERT INTO public.audits (team_id, id, at, person_id, what, detail) VALUES ('T1', '28987e216cf2eef3', '2026-10-01 09:00:00+00', 'U1', 'budget', '{"scope": "workspace", "id": "", "old": null, "new": "$40.00 per month"}');
INSERT INTO public.audits (team_id, id, at, person_id, what, detail) VALUES ('T1', 'c8dbe820de7614bb', '2026-10-02 09:00:00+00', 'U1', 'budget', '{"scope": "workspace", "id": "", "old": "$40.00 per month", "new": "$45.00 per month"}');
INSERT INTO public.audits (team_id, id, at, person_id, what, detail) VALUES ('T1', '4423cd76e1dad815', '2026-10-01 09:00:00+00', 'U1', 'budget', '{"scope": "channel", "id": "C0STUDIO", "old": null, "new": "$6.00 per month"}');
INSERT INTO public.audits (team_id, id, at, person_id, what, detail) VALUES ('T1', '2170b07949f70964', '2026-10-02 09:00:00+00', 'U1', 'budget', '{"scope": "channel", "id": "C0STUDIO", "old": "$6.00 per month", "new": "$7.00 per week"}');
INSERT INTO public.audits (team_id, id, at, person_id, what, detail) VALUES ('T1', 'a4723995db2afad5', '2026-10-01 09:00:00+00', 'U1', 'budget', '{"scope": "person", "id": "U2", "old": null, "new": "$2.00 per month"}');
INSERT INTO public.audits (team_id, id, at, person_id, what, detail) VALUES ('T1', '507f5d0c902dfe30', '2026-10-02 09:00:00+00', 'U1', 'budget', '{"scope": "person", "id": "U2", "old": "$2.00 per month", "new": "$1.20 per month"}');
INSERT INTO public.audits (team_id, id, at, person_id, what, detail) VALUES ('T1', '38d4c322f3258dff', '2026-10-01 09:00:00+00', 'U1', 'budget', '{"scope": "project", "id": "kites", "old": null, "new": "$3.00 per week"}');
INSERT INTO public.audits (team_id, id, at, person_id, what, detail) VALUES ('T1', '4893a2fdbb234a82', '2026-10-02 09:00:00+00', 'U1', 'budget', '{"scope": "project", "id": "kites", "old": "$3.00 per week", "new": "$4.00 per month"}');
INSERT INTO public.audits (team_id, id, at, person_id, what, detail) VALUES ('T1', '01fbb72cb5165070', '2026-10-01 09:00:00+00', 'U1', 'budget', '{"scope": "person", "id": "U3", "old": null, "new": "$1.00 per week"}');
INSERT INTO public.audits (team_id, id, at, person_id, what, detail) VALUES ('T1', '2f8ea85735233857', '2026-10-02 09:00:00+00', 'U1', 'budget', '{"scope": "person", "id": "U3", "old": "$1.00 per week", "new": null}');
INSERT INTO public.audits (team_id, id, at, person_id, what, detail) VALUES ('T1', 'c1137d4a40ef8120', '2026-10-01 09:00:00+00', 'U1', 'channel project', '{"channel": "C0STUDIO", "old": null, "new": "boats"}');
INSERT INTO public.audits (team_id, id, at, person_id, what, detail) VALUES ('T1', 'b27847f0a2885100', '2026-11-01 09:00:00+00', 'U1', 'channel project', '{"channel": "C0STUDIO", "old": "boats", "new": "kites"}');
INSERT INTO public.audits (team_id, id, at, person_id, what, detail) VALUES ('T1', 'd776d7b6f22b27c7', '2026-11-22 09:00:00+00', 'U1', 'bench', '{"bench": "1bbef3f79e", "did": "start", "reserved": 918000000}');
INSERT INTO public.audits (team_id, id, at, person_id, what, detail) VALUES ('T1', 'a36de86f36c576a8', '2026-11-22 09:12:00+00', 'U2', 'bench', '{"bench": "1bbef3f79e", "did": "seal"}');
INSERT INTO public.audits (team_id, id, at, person_id, what, detail) VALUES ('T1', '7c7bb5f31d015b26', '2026-11-22 09:00:00+00', 'U1', 'bench', '{"bench": "516b8a558e", "did": "start", "reserved": 374000000}');
INSERT INTO public.audits (team_id, id, at, person_id, what, detail) VALUES ('T1', '1cad867684e7e02d', '2026-11-22 09:00:00+00', 'U1', 'bench', '{"bench": "73dec90152", "did": "start", "reserved": 374000000}');
INSERT INTO public.audits (team_id, id, at, person_id, what, detail) VALUES ('T1', '98444323a50bf626', '2026-11-22 09:00:00+00', 'U1', 'bench', '{"bench": "1aa8c321bf", "did": "cancel"}');
INSERT INTO public.audits (team_id, id, at, person_id, what, detail) VALUES ('T1', '25e65fb9f1b95802', '2026-11-01 09:00:00+00', 'U1', 'digest.on', 'C0STUDIO Monday 09:00 (UTC)');
INSERT INTO public.audits (team_id, id, at, person_id, what, detail) VALUES ('T1', '4706297d2012474a', '2026-11-01 09:00:00+00', 'U1', 'digest.on', 'C0SHOP Monday 09:00 (Europe/Berlin)');
INSERT INTO public.audits (team_id, id, at, person_id, what, detail) VALUES ('T1', 'cc4bccba07b7350f', '2026-11-20 09:00:00+00', 'U1', 'digest.off', 'C0SHOP');
INSERT INTO public.audits (team_id, id, at, person_id, what, detail) VALUES ('T1', '29b1b345b88e939d', '2026-11-24 09:00:00+00', 'U1', 'sample', 'a note of the sample data');
INSERT INTO public.bench_prompts (team_id, bench_id, place, prompt, dropped) VALUES ('T1', '1bbef3f79e', 0, 'sample sealed 0', NULL);
INSERT INTO public.bench_prompts (team_id, bench_id, place, prompt, dropped) VALUES ('T1', '1bbef3f79e', 1, 'sample sealed 1', NULL);
INSERT INTO public.bench_prompts (team_id, bench_id, place, prompt, dropped) VALUES ('T1', '1bbef3f79e', 2, 'sample sealed 2', NULL);
INSERT INTO public.bench_prompts (team_id, bench_id, place, prompt, dropped) VALUES ('T1', '1bbef3f79e', 3, 'sample sealed 3', NULL);
INSERT INTO public.bench_prompts (team_id, bench_id, place, prompt, dropped) VALUES ('T1', '1bbef3f79e', 5, 'sample sealed 5', NULL);
INSERT INTO public.bench_prompts (team_id, bench_id, place, prompt, dropped) VALUES ('T1', '1bbef3f79e', 6, 'sample sealed 6', NULL);
INSERT INTO public.bench_prompts (team_id, bench_id, place, prompt, dropped) VALUES ('T1', '1bbef3f79e', 7, 'sample sealed 7', NULL);
INSERT INTO public.bench_prompts (team_id, bench_id, place, prompt, dropped) VALUES ('T1', '1bbef3f79e', 8, 'sample sealed 8', NULL);
INSERT INTO public.bench_prompts (team_id, bench_id, place, prompt, dropped) VALUES ('T1', '1bbef3f79e', 9, 'sample sealed 9', NULL);
INSERT INTO public.bench_prompts (team_id, bench_id, place, prompt, dropped) VALUES ('T1', '1bbef3f79e', 10, 'sample sealed 10', NULL);
INSERT INTO public.bench_prompts (team_id, bench_id, place, prompt, dropped) VALUES ('T1', '1bbef3f79e', 11, 'sample sealed 11', NULL);
INSERT INTO public.bench_prompts (team_id, bench_id, place, prompt, dropped) VALUES ('T1', '1bbef3f79e', 4, 'sample sealed 4', 'rate_limited');
INSERT INTO public.bench_prompts (team_id, bench_id, place, prompt, dropped) VALUES ('T1', '516b8a558e', 0, 'sample in review 0', NULL);
INSERT INTO public.bench_prompts (team_id, bench_id, place, prompt, dropped) VALUES ('T1', '516b8a558e', 1, 'sample in review 1', NULL);
INSERT INTO public.bench_prompts (team_id, bench_id, place, prompt, dropped) VALUES ('T1', '516b8a558e', 2, 'sample in review 2', NULL);
INSERT INTO public.bench_prompts (team_id, bench_id, place, prompt, dropped) VALUES ('T1', '516b8a558e', 3, 'sample in review 3', NULL);
INSERT INTO public.bench_prompts (team_id, bench_id, place, prompt, dropped) VALUES ('T1', '516b8a558e', 4, 'sample in review 4', NULL);
INSERT INTO public.bench_prompts (team_id, bench_id, place, prompt, dropped) VALUES ('T1', '73dec90152', 0, 'sample being drawn 0', NULL);
INSERT INTO public.bench_prompts (team_id, bench_id, place, prompt, dropped) VALUES ('T1', '73dec90152', 1, 'sample being drawn 1', NULL);
INSERT INTO public.bench_prompts (team_id, bench_id, place, prompt, dropped) VALUES ('T1', '73dec90152', 2, 'sample being drawn 2', NULL);
INSERT INTO public.bench_prompts (team_id, bench_id, place, prompt, dropped) VALUES ('T1', '73dec90152', 3, 'sample being drawn 3', NULL);
INSERT INTO public.bench_prompts (team_id, bench_id, place, prompt, dropped) VALUES ('T1', '73dec90152', 4, 'sample being drawn 4', NULL);
INSERT INTO public.bench_prompts (team_id, bench_id, place, prompt, dropped) VALUES ('T1', '1aa8c321bf', 0, 'sample cancelled 0', NULL);
INSERT INTO public.bench_prompts (team_id, bench_id, place, prompt, dropped) VALUES ('T1', '1aa8c321bf', 1, 'sample cancelled 1', NULL);
INSERT INTO public.bench_prompts (team_id, bench_id, place, prompt, dropped) VALUES ('T1', '1aa8c321bf', 2, 'sample cancelled 2', NULL);
INSERT INTO public.bench_prompts (team_id, bench_id, place, prompt, dropped) VALUES ('T1', '1aa8c321bf', 3, 'sample cancelled 3', NULL);
INSERT INTO public.bench_prompts (team_id, bench_id, place, prompt, dropped) VALUES ('T1', '1aa8c321bf', 4, 'sample cancelled 4', NULL);
INSERT INTO public.benches (team_id, id, request_key, kind, question, plan, seed, cap_nanousd, held_nanousd, demo, state, reason, person_id, source, channel_id, message_ts, verdict_ts, project, parent_id, period, week, created_at, ended_at) VALUES ('T1', '1bbef3f79e', 'bench-sealed', 'kites', 'kites | gpt-image-2.5-flare medium 1024x1024 | gpt-image-2.5-sunburst medium 1024x1024', '{"entrants": [["budget", "gpt-image-2.5-flare", "medium", 1024, 1024], ["premium", "gpt-image-2.5-sunburst", "medium", 1024, 1024]], "reviewers": 1, "effort": ["30", "30"]}', '8b38b806e7a96f028723adc457c9ce38', 918000000, 0, false, 'sealed', NULL, 'U1', 'slack', 'C0SHOP', NULL, NULL, NULL, NULL, '2026-11', '2026-W47', '2026-11-22 09:00:00+00', '2026-11-22 09:12:00+00');
INSERT INTO public.benches (team_id, id, request_key, kind, question, plan, seed, cap_nanousd, held_nanousd, demo, state, reason, person_id, source, channel_id, message_ts, verdict_ts, project, parent_id, period, week, created_at, ended_at) VALUES ('T1', '516b8a558e', 'bench-in review', 'kites', 'kites | gpt-image-2.5-flare medium 1024x1024 | gpt-image-2.5-sunburst medium 1024x1024', '{"entrants": [["budget", "gpt-image-2.5-flare", "medium", 1024, 1024], ["premium", "gpt-image-2.5-sunburst", "medium", 1024, 1024]], "reviewers": 1, "effort": ["30", "30"]}', '7ac0182085b5dc5a4568f204c4dc425a', 374000000, 0, false, 'reviewing', NULL, 'U1', 'slack', 'C0SHOP', NULL, NULL, NULL, NULL, '2026-11', '2026-W47', '2026-11-22 09:00:00+00', NULL);
INSERT INTO public.benches (team_id, id, request_key, kind, question, plan, seed, cap_nanousd, held_nanousd, demo, state, reason, person_id, source, channel_id, message_ts, verdict_ts, project, parent_id, period, week, created_at, ended_at) VALUES ('T1', '73dec90152', 'bench-being drawn', 'kites', 'kites | gpt-image-2.5-flare medium 1024x1024 | gpt-image-2.5-sunburst medium 1024x1024', '{"entrants": [["budget", "gpt-image-2.5-flare", "medium", 1024, 1024], ["premium", "gpt-image-2.5-sunburst", "medium", 1024, 1024]], "reviewers": 1, "effort": ["30", "30"]}', '90fbfc00cb4096ebdc92e80ba4a6e5f3', 374000000, 34000000, false, 'drawing', NULL, 'U1', 'slack', 'C0SHOP', NULL, NULL, NULL, NULL, '2026-11', '2026-W47', '2026-11-22 09:00:00+00', NULL);
INSERT INTO public.benches (team_id, id, request_key, kind, question, plan, seed, cap_nanousd, held_nanousd, demo, state, reason, person_id, source, channel_id, message_ts, verdict_ts, project, parent_id, period, week, created_at, ended_at) VALUES ('T1', '1aa8c321bf', 'bench-cancelled', 'kites', 'kites | gpt-image-2.5-flare medium 1024x1024 | gpt-image-2.5-sunburst medium 1024x1024', '{"entrants": [["budget", "gpt-image-2.5-flare", "medium", 1024, 1024], ["premium", "gpt-image-2.5-sunburst", "medium", 1024, 1024]], "reviewers": 1, "effort": ["30", "30"]}', '1ed2d44a925eae2c39fd9ee630fe1b7f', 374000000, 0, false, 'cancelled', 'cancelled', 'U1', 'slack', 'C0STUDIO', NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-22 09:00:00+00', '2026-11-22 09:00:00+00');
INSERT INTO public.bill_readings (team_id, day, again_at, done_at, problem) VALUES ('T1', '2026-11-22', '2026-11-22 07:00:00+00', '2026-11-22 06:01:00+00', NULL);
INSERT INTO public.bill_readings (team_id, day, again_at, done_at, problem) VALUES ('T1', '2026-11-23', '2026-11-23 07:00:00+00', NULL, 'The provider''s bill could not be read.');
INSERT INTO public.budget_alerts (team_id, scope, scope_id, period, threshold, state, told_at) VALUES ('T1', 'person', 'U2', '2026-11', 5, 'over', '2026-11-25 12:00:00+00');
INSERT INTO public.budget_alerts (team_id, scope, scope_id, period, threshold, state, told_at) VALUES ('T1', 'project', 'kites', '2026-11', 5, 'over', '2026-11-25 12:00:00+00');
INSERT INTO public.budget_periods (team_id, scope, scope_id, period, spent_nanousd, reserved_nanousd) VALUES ('T2', 'workspace', '', '2026-11', 13190000, 0);
INSERT INTO public.budget_periods (team_id, scope, scope_id, period, spent_nanousd, reserved_nanousd) VALUES ('T1', 'channel', 'C0STUDIO', '2026-W40', 0, 0);
INSERT INTO public.budget_periods (team_id, scope, scope_id, period, spent_nanousd, reserved_nanousd) VALUES ('T1', 'person', 'U2', '2026-10', 0, 0);
INSERT INTO public.budget_periods (team_id, scope, scope_id, period, spent_nanousd, reserved_nanousd) VALUES ('T1', 'project', 'kites', '2026-W40', 0, 0);
INSERT INTO public.budget_periods (team_id, scope, scope_id, period, spent_nanousd, reserved_nanousd) VALUES ('T1', 'person', 'U3', '2026-W40', 0, 0);
INSERT INTO public.budget_periods (team_id, scope, scope_id, period, spent_nanousd, reserved_nanousd) VALUES ('T1', 'channel', 'C0STUDIO', '2026-W42', 13170000, 0);
INSERT INTO public.budget_periods (team_id, scope, scope_id, period, spent_nanousd, reserved_nanousd) VALUES ('T1', 'channel', 'C0STUDIO', '2026-10', 174173000, 0);
INSERT INTO public.budget_periods (team_id, scope, scope_id, period, spent_nanousd, reserved_nanousd) VALUES ('T1', 'channel', 'C0STUDIO', '2026-W44', 161003000, 0);
INSERT INTO public.budget_periods (team_id, scope, scope_id, period, spent_nanousd, reserved_nanousd) VALUES ('T1', 'project', 'kites', '2026-10', 174173000, 0);
INSERT INTO public.budget_periods (team_id, scope, scope_id, period, spent_nanousd, reserved_nanousd) VALUES ('T1', 'workspace', '', '2026-10', 174173000, 0);
INSERT INTO public.budget_periods (team_id, scope, scope_id, period, spent_nanousd, reserved_nanousd) VALUES ('T1', 'channel', 'C0STUDIO', '2026-W45', 13171000, 0);
INSERT INTO public.budget_periods (team_id, scope, scope_id, period, spent_nanousd, reserved_nanousd) VALUES ('T1', 'channel', 'C0STUDIO', '2026-W48', 186389000, 102000000);
INSERT INTO public.budget_periods (team_id, scope, scope_id, period, spent_nanousd, reserved_nanousd) VALUES ('T1', 'project', 'kites', '2026-11', 691810000, 102000000);
INSERT INTO public.budget_periods (team_id, scope, scope_id, period, spent_nanousd, reserved_nanousd) VALUES ('T1', 'workspace', '', '2026-11', 1423009000, 374000000);
INSERT INTO public.budget_periods (team_id, scope, scope_id, period, spent_nanousd, reserved_nanousd) VALUES ('T1', 'channel', 'C0STUDIO', '2026-W46', 13172000, 0);
INSERT INTO public.budget_periods (team_id, scope, scope_id, period, spent_nanousd, reserved_nanousd) VALUES ('T1', 'channel', 'C0STUDIO', '2026-W47', 479078000, 0);
INSERT INTO public.budget_periods (team_id, scope, scope_id, period, spent_nanousd, reserved_nanousd) VALUES ('T1', 'person', 'U2', '2026-11', 359555000, 0);
INSERT INTO public.budgets (team_id, scope, scope_id, per, limit_nanousd, changed_at, changed_by, version) VALUES ('T1', 'workspace', '', 'month', 45000000000, '2026-10-02 09:00:00+00', 'U1', 2);
INSERT INTO public.budgets (team_id, scope, scope_id, per, limit_nanousd, changed_at, changed_by, version) VALUES ('T1', 'channel', 'C0STUDIO', 'week', 7000000000, '2026-10-02 09:00:00+00', 'U1', 2);
INSERT INTO public.budgets (team_id, scope, scope_id, per, limit_nanousd, changed_at, changed_by, version) VALUES ('T1', 'person', 'U2', 'month', 1200000000, '2026-10-02 09:00:00+00', 'U1', 2);
INSERT INTO public.budgets (team_id, scope, scope_id, per, limit_nanousd, changed_at, changed_by, version) VALUES ('T1', 'project', 'kites', 'month', 4000000000, '2026-10-02 09:00:00+00', 'U1', 2);
INSERT INTO public.budgets (team_id, scope, scope_id, per, limit_nanousd, changed_at, changed_by, version) VALUES ('T1', 'person', 'U3', 'week', NULL, '2026-10-02 09:00:00+00', 'U1', 2);
INSERT INTO public.channel_projects (team_id, channel_id, project, changed_at, changed_by) VALUES ('T1', 'C0STUDIO', 'kites', '2026-11-01 09:00:00+00', 'U1');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T2', '5d6f457598b9c158', '7c6962baa6', 'metered', 13190000, '2026-11', '2026-11-17 09:01:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', '2d21fbc949e03afd', 'fde77a2fbd', 'metered', 13170000, '2026-10', '2026-10-14 09:01:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', 'a452a015a8b51744', '4b219334bd', 'metered', 161003000, '2026-10', '2026-10-29 09:01:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', 'dda683c563accf36', 'f13870868e', 'metered', 13171000, '2026-11', '2026-11-04 09:01:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', '7e50dbaa49fc0fad', '5f8c0fe328', 'metered', 13172000, '2026-11', '2026-11-11 09:01:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', '456d8da708e6706f', 'b6136e3443', 'metered', 9007000, '2026-11', '2026-11-12 09:01:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', '45cf1f6763b4d131', '5cd8a36022', 'metered', 13173000, '2026-11', '2026-11-16 09:01:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', '6fa92b9f71a8f7c6', '31d81c7530', 'metered', 160011000, '2026-11', '2026-11-16 09:02:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', '723de708960b613f', '0dc81672e3', 'metered', 13174000, '2026-11', '2026-11-17 09:01:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', 'ccf0ca5ce6dfcbc5', 'c4239f5b87', 'metered', 13175000, '2026-11', '2026-11-17 15:01:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', '93e9c5eb490c4f83', 'ce9fafe986', 'metered', 160013000, '2026-11', '2026-11-18 09:01:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', '02a0c1c1632c08cc', 'bc29b6303c', 'metered', 13176000, '2026-11', '2026-11-18 10:01:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', 'adaa9401ecdc1e2c', 'a49dc7a8b6', 'metered', 13177000, '2026-11', '2026-11-18 11:01:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', '903852806bc572e0', '9d82707ee5', 'metered', 9011000, '2026-11', '2026-11-19 09:01:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', '091e61e5ea198922', 'e8e4a46417', 'assumed', 34000000, '2026-11', '2026-11-19 11:01:00+00', NULL);
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', '47f0567034abe15a', '5ebd8e8be9', 'assumed', 34000000, '2026-11', '2026-11-20 09:01:00+00', NULL);
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', '446b773e58aef770', '850ca21a15', 'assumed', 34000000, '2026-11', '2026-11-20 10:01:00+00', NULL);
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', '9274c79b2284ed8e', '850ca21a15', 'correction', -20821000, '2026-11', '2026-11-20 10:02:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', '532d88917b31daf9', 'ef6ede9350', 'metered', 12000000, '2026-11', '2026-11-20 11:01:00+00', NULL);
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', '338724918c0f710e', '3f878dd1cb', 'metered', 13181000, '2026-11', '2026-11-21 09:01:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', '59ca08c420d23ec5', '6501738043', 'metered', 13183000, '2026-11', '2026-11-23 10:01:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', '33b596b2e5d91091', 'fa1dd8962d', 'metered', 160017000, '2026-11', '2026-11-24 10:01:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', '8ae426f6a916c72b', 'ed67a86deb', 'metered', 10000000, '2026-11', '2026-11-22 09:00:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', '21b1ab607dce1e8a', 'd61b9d31cb', 'metered', 30000000, '2026-11', '2026-11-22 09:00:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', '6591371110b74a9f', '3371c35642', 'metered', 10000000, '2026-11', '2026-11-22 09:00:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', 'e1c5e86095d5572c', '33dbede6dc', 'metered', 10000000, '2026-11', '2026-11-22 09:00:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', '1763df2649d72861', '2d5f29ab2f', 'metered', 30000000, '2026-11', '2026-11-22 09:00:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', 'b9f4db12da29e949', '1472b5028d', 'metered', 10000000, '2026-11', '2026-11-22 09:00:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', 'a0bf99d521775f44', 'cf4239c2ed', 'metered', 30000000, '2026-11', '2026-11-22 09:00:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', 'a60105fa1bee716c', '604608d925', 'metered', 10000000, '2026-11', '2026-11-22 09:00:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', 'ae777e0d2cc9d9ca', '2086d5eb98', 'metered', 10000000, '2026-11', '2026-11-22 09:00:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', 'cf1a87bd70ab0f44', '9e791d8542', 'metered', 30000000, '2026-11', '2026-11-22 09:00:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', 'f7bbb03a04e5d1d5', 'cbf88d1a33', 'metered', 10000000, '2026-11', '2026-11-22 09:00:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', '20ff6aa962e87a22', 'a6e4fe1d5b', 'metered', 30000000, '2026-11', '2026-11-22 09:00:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', '2f9e9387c6ead449', '334affc2b6', 'metered', 10000000, '2026-11', '2026-11-22 09:00:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', 'b378dc636ad9e030', '24f544f0f9', 'metered', 30000000, '2026-11', '2026-11-22 09:00:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', '0f6a375a66bcaf73', 'da9f3caf98', 'metered', 10000000, '2026-11', '2026-11-22 09:00:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', '92e076ed8be2811d', '06dff90558', 'metered', 30000000, '2026-11', '2026-11-22 09:00:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', '075d62c8e9e8bac4', '0227996524', 'metered', 10000000, '2026-11', '2026-11-22 09:00:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', '9b48865a960b2f08', '7ee7c4c344', 'metered', 30000000, '2026-11', '2026-11-22 09:00:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', '088088941899d4b2', '5eeb27e72d', 'metered', 10000000, '2026-11', '2026-11-22 09:00:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', 'de22e6490cd804a8', 'fa3501a166', 'metered', 30000000, '2026-11', '2026-11-22 09:00:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', '736e336014237c16', '71f14c7b4f', 'metered', 10000000, '2026-11', '2026-11-22 09:00:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', '7ab014888a2e602b', '2e62a9a972', 'metered', 30000000, '2026-11', '2026-11-22 09:00:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', 'a65bbb231f25d7a0', 'ccba2aaeae', 'metered', 30000000, '2026-11', '2026-11-22 09:00:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', 'ca3833bfb68971a6', 'c9f44ea612', 'metered', 10000000, '2026-11', '2026-11-22 09:00:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', 'c5d46160d5a9d923', 'cf606033e1', 'metered', 30000000, '2026-11', '2026-11-22 09:00:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', '9df019eb4d138dd8', '18af326735', 'metered', 10000000, '2026-11', '2026-11-22 09:00:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', '6744679726df348f', '35ec8712f1', 'metered', 30000000, '2026-11', '2026-11-22 09:00:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', 'b3bac18f63741f1f', '746390da52', 'metered', 10000000, '2026-11', '2026-11-22 09:00:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', '01060eb9da3fe210', '17f0d79800', 'metered', 30000000, '2026-11', '2026-11-22 09:00:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', 'c4e0c17ce11e1bfb', 'aba882479b', 'metered', 10000000, '2026-11', '2026-11-22 09:00:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', 'bb89e32fab27d4a3', '42b11ded63', 'metered', 30000000, '2026-11', '2026-11-22 09:00:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', '8df9674b0cd55238', '25bc1f2f6a', 'metered', 10000000, '2026-11', '2026-11-22 09:00:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', 'ffa0f0e923b86433', '6e82792c56', 'metered', 30000000, '2026-11', '2026-11-22 09:00:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', '02c88c9272e77bee', 'ed0b3b21c5', 'metered', 10000000, '2026-11', '2026-11-22 09:00:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', '036a769428608a4d', '5d719b72dd', 'metered', 30000000, '2026-11', '2026-11-22 09:00:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', '9efa88d758be9d89', 'c441f0b40a', 'metered', 10000000, '2026-11', '2026-11-22 09:00:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.charges (team_id, id, generation_id, kind, amount_nanousd, period, at, rates) VALUES ('T1', '421d67176489db08', 'ac6fd7bce3', 'metered', 13189000, '2026-11', '2026-11-25 12:00:00+00', 'sample rates, USD for 1M tokens');
INSERT INTO public.digest_posts (team_id, channel_id, week, request, state, owner, claimed_at, repeats, message_ts, as_of, told_nanousd) VALUES ('T1', 'C0STUDIO', '2026-W47', '', 'posted', 'worker-1', '2026-11-23 09:00:00+00', 0, '1763888400.000100', '2026-11-23 09:00:00+00', 1234567890);
INSERT INTO public.digest_posts (team_id, channel_id, week, request, state, owner, claimed_at, repeats, message_ts, as_of, told_nanousd) VALUES ('T1', 'C0SHOP', '2026-W46', '', 'refused', 'worker-1', '2026-11-16 09:00:00+00', 0, NULL, NULL, NULL);
INSERT INTO public.digest_schedules (team_id, channel_id, weekday, hour, minute, zone, set_by, set_at, running) VALUES ('T1', 'C0STUDIO', 0, 9, 0, 'UTC', 'U1', '2026-11-01 09:00:00+00', true);
INSERT INTO public.digest_schedules (team_id, channel_id, weekday, hour, minute, zone, set_by, set_at, running) VALUES ('T1', 'C0SHOP', 0, 9, 0, 'Europe/Berlin', 'U1', '2026-11-01 09:00:00+00', false);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T2', 'ff96f4ab72', 'click-elsewhere', 'U1', 'C0STUDIO', NULL, '1794906000.000000', NULL, 'slack', 'a sample picture: elsewhere', NULL, '2026-11-17 09:00:00+00', NULL, NULL, NULL);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', 'a1d4c6574b', 'click-october', 'U1', 'C0STUDIO', NULL, '1791968400.000000', NULL, 'slack', 'a sample picture: october', NULL, '2026-10-14 09:00:00+00', 'kites', NULL, NULL);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', '748763706a', 'click-october-lost', 'U1', 'C0STUDIO', NULL, '1793264400.000000', NULL, 'slack', 'a sample picture: october-lost', NULL, '2026-10-29 09:00:00+00', 'kites', NULL, NULL);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', '275a81ad6a', 'click-week-45', 'U1', 'C0STUDIO', NULL, '1793782800.000000', NULL, 'slack', 'a sample picture: week-45', NULL, '2026-11-04 09:00:00+00', 'kites', NULL, NULL);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', '3bbef91dec', 'click-week-46', 'U2', 'C0STUDIO', NULL, '1794387600.000000', NULL, 'slack', 'a sample picture: week-46', NULL, '2026-11-11 09:00:00+00', 'kites', NULL, NULL);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', '15a3c2b325', 'click-week-46-legacy', 'U1', 'C0SHOP', NULL, '1794474000.000000', NULL, 'slack', 'a sample picture: week-46-legacy', NULL, '2026-11-12 09:00:00+00', NULL, NULL, NULL);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', '94ffa338ab', 'click-pair', 'U1', 'C0STUDIO', NULL, '1794819600.000000', NULL, 'slack', 'a sample picture: pair', NULL, '2026-11-16 09:00:00+00', 'kites', NULL, NULL);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', 'd1ad441b5e', 'click-tie', 'U1', 'C0STUDIO', NULL, '1794906000.000000', NULL, 'slack', 'a sample picture: tie', NULL, '2026-11-17 09:00:00+00', 'kites', NULL, NULL);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', 'ab4a1040cd', 'click-changed', 'U1', 'C0STUDIO', NULL, '1794927600.000000', NULL, 'slack', 'a sample picture: changed', NULL, '2026-11-17 15:00:00+00', 'kites', NULL, NULL);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', '77dd17abe9', 'click-rejected', 'U2', 'C0STUDIO', NULL, '1794992400.000000', NULL, 'slack', 'a sample picture: rejected', NULL, '2026-11-18 09:00:00+00', 'kites', NULL, NULL);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', 'bdc9832b09', 'click-retried', 'U2', 'C0STUDIO', NULL, '1794996000.000000', NULL, 'slack', 'a sample picture: retried', NULL, '2026-11-18 10:00:00+00', 'kites', NULL, NULL);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', '02a0dbb271', 'click-again', 'U2', 'C0STUDIO', NULL, '1794999600.000000', NULL, 'slack', 'a sample picture: again', 'bc29b6303c', '2026-11-18 11:00:00+00', 'kites', NULL, NULL);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', '90ca1e2a8e', 'click-unjudged', 'U1', 'C0SHOP', NULL, '1795078800.000000', NULL, 'slack', 'a sample picture: unjudged', NULL, '2026-11-19 09:00:00+00', NULL, NULL, NULL);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', '9f400315bd', 'click-refused-early', 'U1', 'C0STUDIO', NULL, '1795082400.000000', NULL, 'slack', 'a sample picture: refused-early', NULL, '2026-11-19 10:00:00+00', 'kites', NULL, NULL);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', '2c35dcffe9', 'click-refused-late', 'U1', 'C0STUDIO', NULL, '1795086000.000000', NULL, 'slack', 'a sample picture: refused-late', NULL, '2026-11-19 11:00:00+00', 'kites', NULL, NULL);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', '97bbd1d9d7', 'click-failed', 'U1', 'C0SHOP', NULL, '1795089600.000000', NULL, 'slack', 'a sample picture: failed', NULL, '2026-11-19 12:00:00+00', NULL, NULL, NULL);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', '86008d4ea5', 'click-uncertain', 'U3', 'C0STUDIO', NULL, '1795165200.000000', NULL, 'slack', 'a sample picture: uncertain', NULL, '2026-11-20 09:00:00+00', 'kites', NULL, NULL);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', '22d4ce4313', 'click-came-late', 'U1', 'C0STUDIO', NULL, '1795168800.000000', NULL, 'slack', 'a sample picture: came-late', NULL, '2026-11-20 10:00:00+00', 'kites', NULL, NULL);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', 'ecf338915e', 'click-unusable', 'U1', 'C0STUDIO', NULL, '1795172400.000000', NULL, 'slack', 'a sample picture: unusable', NULL, '2026-11-20 11:00:00+00', 'kites', NULL, NULL);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', 'edce198d7c', 'click-terminal', 'U1', NULL, NULL, '1795251600.000000', NULL, 'terminal', 'a sample picture: terminal', NULL, '2026-11-21 09:00:00+00', NULL, NULL, NULL);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', 'eb9dfd5975', 'click-demo', 'U1', 'C0STUDIO', NULL, '1795255200.000000', NULL, 'slack', 'a sample picture: demo', NULL, '2026-11-21 10:00:00+00', 'kites', NULL, NULL);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', 'a0fee424d3', 'click-this-week', 'U1', 'C0STUDIO', NULL, '1795428000.000000', NULL, 'slack', 'a sample picture: this-week', NULL, '2026-11-23 10:00:00+00', 'kites', NULL, NULL);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', '416515dd63', 'click-this-week-premium', 'U2', 'C0STUDIO', NULL, '1795514400.000000', NULL, 'slack', 'a sample picture: this-week-premium', NULL, '2026-11-24 10:00:00+00', 'kites', NULL, NULL);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', '63205e9440', 'bench:1bbef3f79e:0', 'U1', 'C0SHOP', NULL, NULL, NULL, 'slack', 'sample sealed 0', NULL, '2026-11-22 09:00:00+00', NULL, '1bbef3f79e', 0);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', 'd82815a699', 'bench:1bbef3f79e:1', 'U1', 'C0SHOP', NULL, NULL, NULL, 'slack', 'sample sealed 1', NULL, '2026-11-22 09:00:00+00', NULL, '1bbef3f79e', 1);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', '2724d3c6a0', 'bench:1bbef3f79e:2', 'U1', 'C0SHOP', NULL, NULL, NULL, 'slack', 'sample sealed 2', NULL, '2026-11-22 09:00:00+00', NULL, '1bbef3f79e', 2);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', '1c7a3502a4', 'bench:1bbef3f79e:3', 'U1', 'C0SHOP', NULL, NULL, NULL, 'slack', 'sample sealed 3', NULL, '2026-11-22 09:00:00+00', NULL, '1bbef3f79e', 3);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', '335ed51a80', 'bench:1bbef3f79e:4', 'U1', 'C0SHOP', NULL, NULL, NULL, 'slack', 'sample sealed 4', NULL, '2026-11-22 09:00:00+00', NULL, '1bbef3f79e', 4);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', '78d3c1b5b1', 'bench:1bbef3f79e:5', 'U1', 'C0SHOP', NULL, NULL, NULL, 'slack', 'sample sealed 5', NULL, '2026-11-22 09:00:00+00', NULL, '1bbef3f79e', 5);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', 'eca05c457f', 'bench:1bbef3f79e:6', 'U1', 'C0SHOP', NULL, NULL, NULL, 'slack', 'sample sealed 6', NULL, '2026-11-22 09:00:00+00', NULL, '1bbef3f79e', 6);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', 'dfabae2e0a', 'bench:1bbef3f79e:7', 'U1', 'C0SHOP', NULL, NULL, NULL, 'slack', 'sample sealed 7', NULL, '2026-11-22 09:00:00+00', NULL, '1bbef3f79e', 7);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', 'd90d577738', 'bench:1bbef3f79e:8', 'U1', 'C0SHOP', NULL, NULL, NULL, 'slack', 'sample sealed 8', NULL, '2026-11-22 09:00:00+00', NULL, '1bbef3f79e', 8);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', '0eba176d1e', 'bench:1bbef3f79e:9', 'U1', 'C0SHOP', NULL, NULL, NULL, 'slack', 'sample sealed 9', NULL, '2026-11-22 09:00:00+00', NULL, '1bbef3f79e', 9);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', '43c67a9f5a', 'bench:1bbef3f79e:10', 'U1', 'C0SHOP', NULL, NULL, NULL, 'slack', 'sample sealed 10', NULL, '2026-11-22 09:00:00+00', NULL, '1bbef3f79e', 10);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', '1e9b9fb23b', 'bench:1bbef3f79e:11', 'U1', 'C0SHOP', NULL, NULL, NULL, 'slack', 'sample sealed 11', NULL, '2026-11-22 09:00:00+00', NULL, '1bbef3f79e', 11);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', '92fac4e644', 'bench:1bbef3f79e:1:1', 'U1', 'C0SHOP', NULL, NULL, NULL, 'slack', 'sample sealed 1', 'abcd4ca838', '2026-11-22 09:00:00+00', NULL, '1bbef3f79e', 1);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', 'b6510b04da', 'bench:516b8a558e:0', 'U1', 'C0SHOP', NULL, NULL, NULL, 'slack', 'sample in review 0', NULL, '2026-11-22 09:00:00+00', NULL, '516b8a558e', 0);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', '08880da7be', 'bench:516b8a558e:1', 'U1', 'C0SHOP', NULL, NULL, NULL, 'slack', 'sample in review 1', NULL, '2026-11-22 09:00:00+00', NULL, '516b8a558e', 1);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', 'afb5a07f22', 'bench:516b8a558e:2', 'U1', 'C0SHOP', NULL, NULL, NULL, 'slack', 'sample in review 2', NULL, '2026-11-22 09:00:00+00', NULL, '516b8a558e', 2);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', 'a066016e19', 'bench:516b8a558e:3', 'U1', 'C0SHOP', NULL, NULL, NULL, 'slack', 'sample in review 3', NULL, '2026-11-22 09:00:00+00', NULL, '516b8a558e', 3);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', 'ea58804aec', 'bench:516b8a558e:4', 'U1', 'C0SHOP', NULL, NULL, NULL, 'slack', 'sample in review 4', NULL, '2026-11-22 09:00:00+00', NULL, '516b8a558e', 4);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', 'fc5d325c20', 'bench:73dec90152:0', 'U1', 'C0SHOP', NULL, NULL, NULL, 'slack', 'sample being drawn 0', NULL, '2026-11-22 09:00:00+00', NULL, '73dec90152', 0);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', 'c1e82586c5', 'bench:73dec90152:1', 'U1', 'C0SHOP', NULL, NULL, NULL, 'slack', 'sample being drawn 1', NULL, '2026-11-22 09:00:00+00', NULL, '73dec90152', 1);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', 'beec2ea268', 'bench:73dec90152:2', 'U1', 'C0SHOP', NULL, NULL, NULL, 'slack', 'sample being drawn 2', NULL, '2026-11-22 09:00:00+00', NULL, '73dec90152', 2);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', '7c80b9502f', 'bench:73dec90152:3', 'U1', 'C0SHOP', NULL, NULL, NULL, 'slack', 'sample being drawn 3', NULL, '2026-11-22 09:00:00+00', NULL, '73dec90152', 3);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', '63a31f7bce', 'bench:73dec90152:4', 'U1', 'C0SHOP', NULL, NULL, NULL, 'slack', 'sample being drawn 4', NULL, '2026-11-22 09:00:00+00', NULL, '73dec90152', 4);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', '84d166b5e5', 'click-reserved', 'U1', 'C0STUDIO', NULL, NULL, 'https://hooks.slack.com/commands/sample', 'slack', 'a sample picture: reserved', NULL, '2026-11-25 12:00:00+00', 'kites', NULL, NULL);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', '8085c925ec', 'click-placed', 'U1', 'C0STUDIO', NULL, '1795608000.000000', NULL, 'slack', 'a sample picture: placed', NULL, '2026-11-25 12:00:00+00', 'kites', NULL, NULL);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', 'a5c0221ad6', 'click-calling', 'U1', 'C0STUDIO', NULL, '1795608000.000000', NULL, 'slack', 'a sample picture: calling', NULL, '2026-11-25 12:00:00+00', 'kites', NULL, NULL);
INSERT INTO public.drawings (team_id, id, request_key, person_id, channel_id, thread_ts, message_ts, reply_url, source, prompt, parent_id, created_at, project, bench_id, bench_place) VALUES ('T1', '6a199f878d', 'click-paid', 'U1', 'C0STUDIO', NULL, '1795608000.000000', NULL, 'slack', 'a sample picture: paid', NULL, '2026-11-25 12:00:00+00', 'kites', NULL, NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', 'f13870868e', '275a81ad6a', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'delivered', '2026-11-04 09:01:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, 'F0WEEK-450', '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', NULL, 7, '2026-11-04 09:00:00+00', '2026-11-04 09:01:00+00', '2026-W45', 'c-week-45');
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T2', '7c6962baa6', 'ff96f4ab72', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'delivered', '2026-11-17 09:01:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, 'F0ELSEWHERE0', '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', NULL, 7, '2026-11-17 09:00:00+00', '2026-11-17 09:01:00+00', '2026-W47', 'c-elsewhere');
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', 'fde77a2fbd', 'a1d4c6574b', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'delivered', '2026-10-14 09:01:00+00', 30000000, 34000000, '2026-10', false, NULL, NULL, 'F0OCTOBER0', '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', NULL, 7, '2026-10-14 09:00:00+00', '2026-10-14 09:01:00+00', '2026-W42', 'c-october');
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', '4b219334bd', '748763706a', 0, 'premium', 'gpt-image-2.5-sunburst', 'high', 1536, 1024, 'delivered', '2026-10-29 09:01:00+00', 160000000, 200000000, '2026-10', false, NULL, NULL, 'F0OCTOBER-LOST0', '{"text_in": 12, "image_in": 0, "image_out": 5366, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', NULL, 7, '2026-10-29 09:00:00+00', '2026-10-29 09:01:00+00', '2026-W44', 'c-october-lost');
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', '5f8c0fe328', '3bbef91dec', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'delivered', '2026-11-11 09:01:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, 'F0WEEK-460', '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', NULL, 7, '2026-11-11 09:00:00+00', '2026-11-11 09:01:00+00', '2026-W46', 'c-week-46');
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', 'b6136e3443', '15a3c2b325', 0, NULL, 'gpt-image-2', 'low', 1024, 1024, 'delivered', '2026-11-12 09:01:00+00', 10000000, 20000000, '2026-11', false, NULL, NULL, 'F0WEEK-46-LEGACY0', '{"text_in": 12, "image_in": 0, "image_out": 300, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', NULL, 7, '2026-11-12 09:00:00+00', '2026-11-12 09:01:00+00', '2026-W46', 'c-week-46-legacy');
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', '31d81c7530', '94ffa338ab', 1, 'premium', 'gpt-image-2.5-sunburst', 'high', 1536, 1024, 'delivered', '2026-11-16 09:02:00+00', 160000000, 200000000, '2026-11', false, NULL, NULL, 'F0PAIR1', '{"text_in": 12, "image_in": 0, "image_out": 5333, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', NULL, 6, '2026-11-16 09:00:00+00', '2026-11-16 09:02:00+00', '2026-W47', 'c-pair');
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', '5cd8a36022', '94ffa338ab', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'delivered', '2026-11-16 09:01:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, 'F0PAIR0', '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', NULL, 7, '2026-11-16 09:00:00+00', '2026-11-16 09:01:00+00', '2026-W47', 'c-pair');
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', 'ce9fafe986', '77dd17abe9', 0, 'premium', 'gpt-image-2.5-sunburst', 'high', 1536, 1024, 'delivered', '2026-11-18 09:01:00+00', 160000000, 200000000, '2026-11', false, NULL, NULL, 'F0REJECTED0', '{"text_in": 12, "image_in": 0, "image_out": 5333, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', NULL, 7, '2026-11-18 09:00:00+00', '2026-11-18 09:01:00+00', '2026-W47', 'c-rejected');
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', '0dc81672e3', 'd1ad441b5e', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'delivered', '2026-11-17 09:01:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, 'F0TIE0', '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', NULL, 8, '2026-11-17 09:00:00+00', '2026-11-17 09:01:00+00', '2026-W47', 'c-tie');
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', 'c4239f5b87', 'ab4a1040cd', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'delivered', '2026-11-17 15:01:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, 'F0CHANGED0', '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', NULL, 8, '2026-11-17 15:00:00+00', '2026-11-17 15:01:00+00', '2026-W47', 'c-changed');
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', 'bc29b6303c', 'bdc9832b09', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'delivered', '2026-11-18 10:01:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, 'F0RETRIED0', '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', NULL, 7, '2026-11-18 10:00:00+00', '2026-11-18 10:01:00+00', '2026-W47', 'c-retried');
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', 'a49dc7a8b6', '02a0dbb271', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'delivered', '2026-11-18 11:01:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, 'F0AGAIN0', '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', NULL, 7, '2026-11-18 11:00:00+00', '2026-11-18 11:01:00+00', '2026-W47', 'c-again');
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', '9d82707ee5', '90ca1e2a8e', 0, NULL, 'gpt-image-2', 'low', 1024, 1024, 'delivered', '2026-11-19 09:01:00+00', 10000000, 20000000, '2026-11', false, NULL, NULL, 'F0UNJUDGED0', '{"text_in": 12, "image_in": 0, "image_out": 300, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', NULL, 6, '2026-11-19 09:00:00+00', '2026-11-19 09:01:00+00', '2026-W47', 'c-unjudged');
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', '1ef8864125', '9f400315bd', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'blocked', '2026-11-19 10:01:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'moderation_blocked', 4, '2026-11-19 10:00:00+00', NULL, '2026-W47', 'c-refused-early');
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', 'e8e4a46417', '2c35dcffe9', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'blocked', '2026-11-19 11:01:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'moderation_blocked', 4, '2026-11-19 11:00:00+00', NULL, '2026-W47', 'c-refused-late');
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', '2d8c710ab7', '97bbd1d9d7', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'failed', '2026-11-19 12:01:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'rate_limited', 4, '2026-11-19 12:00:00+00', NULL, '2026-W47', 'c-failed');
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', '5ebd8e8be9', '86008d4ea5', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'uncertain', '2026-11-20 09:01:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'no_answer', 4, '2026-11-20 09:00:00+00', NULL, '2026-W47', 'c-uncertain');
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', '850ca21a15', '22d4ce4313', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'delivered', '2026-11-20 10:02:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, 'F0CAME-LATE1', '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', NULL, 8, '2026-11-20 10:00:00+00', '2026-11-20 10:02:00+00', '2026-W47', 'c-came-late');
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', 'ef6ede9350', 'ecf338915e', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'unusable', '2026-11-20 11:01:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, NULL, NULL, NULL, 'req_sample', 'no_picture', 4, '2026-11-20 11:00:00+00', NULL, '2026-W47', 'c-unusable');
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', '3f878dd1cb', 'edce198d7c', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'delivered', '2026-11-21 09:01:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, 'F0TERMINAL0', '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', NULL, 6, '2026-11-21 09:00:00+00', '2026-11-21 09:01:00+00', '2026-W47', 'c-terminal');
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', '771094957a', 'eb9dfd5975', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'delivered', '2026-11-21 10:01:00+00', 30000000, 0, '2026-11', true, NULL, NULL, 'F0DEMO0', '{"text_in": 12, "image_in": 0, "image_out": 0, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', NULL, 6, '2026-11-21 10:00:00+00', '2026-11-21 10:01:00+00', '2026-W47', 'c-demo');
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', '6501738043', 'a0fee424d3', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'delivered', '2026-11-23 10:01:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, 'F0THIS-WEEK0', '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', NULL, 7, '2026-11-23 10:00:00+00', '2026-11-23 10:01:00+00', '2026-W48', 'c-this-week');
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', 'f4b5d6f4d5', '63a31f7bce', 1, 'premium', 'gpt-image-2.5-sunburst', 'medium', 1024, 1024, 'placed', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1, '2026-11-22 09:00:00+00', NULL, '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', '78840dd8d3', '84d166b5e5', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'reserved', '2026-11-25 12:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1, '2026-11-25 12:00:00+00', NULL, '2026-W48', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', 'fa1dd8962d', '416515dd63', 0, 'premium', 'gpt-image-2.5-sunburst', 'high', 1536, 1024, 'delivered', '2026-11-24 10:01:00+00', 160000000, 200000000, '2026-11', false, NULL, NULL, 'F0THIS-WEEK-PREMIUM0', '{"text_in": 12, "image_in": 0, "image_out": 5333, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', NULL, 7, '2026-11-24 10:00:00+00', '2026-11-24 10:01:00+00', '2026-W48', 'c-this-week-premium');
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', 'abcd4ca838', 'd82815a699', 1, 'premium', 'gpt-image-2.5-sunburst', 'medium', 1024, 1024, 'failed', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'busy', 3, '2026-11-22 09:00:00+00', NULL, '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', '604608d925', '335ed51a80', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'delivered', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', 'bench', 4, '2026-11-22 09:00:00+00', '2026-11-22 09:00:00+00', '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', 'a0f32b8e8c', '335ed51a80', 1, 'premium', 'gpt-image-2.5-sunburst', 'medium', 1024, 1024, 'failed', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'rate_limited', 3, '2026-11-22 09:00:00+00', NULL, '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', '3371c35642', 'd82815a699', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'delivered', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', 'bench', 5, '2026-11-22 09:00:00+00', '2026-11-22 09:00:00+00', '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', 'ed67a86deb', '63205e9440', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'delivered', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', 'bench', 6, '2026-11-22 09:00:00+00', '2026-11-22 09:00:00+00', '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', '33dbede6dc', '2724d3c6a0', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'delivered', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', 'bench', 5, '2026-11-22 09:00:00+00', '2026-11-22 09:00:00+00', '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', '2d5f29ab2f', '2724d3c6a0', 1, 'premium', 'gpt-image-2.5-sunburst', 'medium', 1024, 1024, 'delivered', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', 'bench', 5, '2026-11-22 09:00:00+00', '2026-11-22 09:00:00+00', '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', '1472b5028d', '1c7a3502a4', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'delivered', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', 'bench', 5, '2026-11-22 09:00:00+00', '2026-11-22 09:00:00+00', '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', 'cf4239c2ed', '1c7a3502a4', 1, 'premium', 'gpt-image-2.5-sunburst', 'medium', 1024, 1024, 'delivered', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', 'bench', 5, '2026-11-22 09:00:00+00', '2026-11-22 09:00:00+00', '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', '2086d5eb98', '78d3c1b5b1', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'delivered', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', 'bench', 5, '2026-11-22 09:00:00+00', '2026-11-22 09:00:00+00', '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', '9e791d8542', '78d3c1b5b1', 1, 'premium', 'gpt-image-2.5-sunburst', 'medium', 1024, 1024, 'delivered', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', 'bench', 5, '2026-11-22 09:00:00+00', '2026-11-22 09:00:00+00', '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', 'cbf88d1a33', 'eca05c457f', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'delivered', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', 'bench', 5, '2026-11-22 09:00:00+00', '2026-11-22 09:00:00+00', '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', 'a6e4fe1d5b', 'eca05c457f', 1, 'premium', 'gpt-image-2.5-sunburst', 'medium', 1024, 1024, 'delivered', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', 'bench', 5, '2026-11-22 09:00:00+00', '2026-11-22 09:00:00+00', '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', '334affc2b6', 'dfabae2e0a', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'delivered', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', 'bench', 5, '2026-11-22 09:00:00+00', '2026-11-22 09:00:00+00', '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', '24f544f0f9', 'dfabae2e0a', 1, 'premium', 'gpt-image-2.5-sunburst', 'medium', 1024, 1024, 'delivered', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', 'bench', 5, '2026-11-22 09:00:00+00', '2026-11-22 09:00:00+00', '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', 'da9f3caf98', 'd90d577738', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'delivered', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', 'bench', 5, '2026-11-22 09:00:00+00', '2026-11-22 09:00:00+00', '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', '06dff90558', 'd90d577738', 1, 'premium', 'gpt-image-2.5-sunburst', 'medium', 1024, 1024, 'delivered', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', 'bench', 5, '2026-11-22 09:00:00+00', '2026-11-22 09:00:00+00', '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', '0227996524', '0eba176d1e', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'delivered', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', 'bench', 5, '2026-11-22 09:00:00+00', '2026-11-22 09:00:00+00', '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', '5eeb27e72d', '43c67a9f5a', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'delivered', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', 'bench', 5, '2026-11-22 09:00:00+00', '2026-11-22 09:00:00+00', '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', '71f14c7b4f', '1e9b9fb23b', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'delivered', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', 'bench', 5, '2026-11-22 09:00:00+00', '2026-11-22 09:00:00+00', '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', 'aa7cc3e5f8', '8085c925ec', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'placed', '2026-11-25 12:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 2, '2026-11-25 12:00:00+00', NULL, '2026-W48', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', '214d63e1f9', 'a5c0221ad6', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'calling', '2026-11-25 12:00:00+00', 30000000, 34000000, '2026-11', false, 'worker-1', '2026-11-25 12:10:00+00', NULL, NULL, NULL, NULL, NULL, NULL, 3, '2026-11-25 12:00:00+00', NULL, '2026-W48', 'c-calling');
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', 'd61b9d31cb', '63205e9440', 1, 'premium', 'gpt-image-2.5-sunburst', 'medium', 1024, 1024, 'delivered', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', 'bench', 5, '2026-11-22 09:00:00+00', '2026-11-22 09:00:00+00', '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', 'ccba2aaeae', '92fac4e644', 1, 'premium', 'gpt-image-2.5-sunburst', 'medium', 1024, 1024, 'delivered', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', 'bench', 5, '2026-11-22 09:00:00+00', '2026-11-22 09:00:00+00', '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', '7ee7c4c344', '0eba176d1e', 1, 'premium', 'gpt-image-2.5-sunburst', 'medium', 1024, 1024, 'delivered', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', 'bench', 5, '2026-11-22 09:00:00+00', '2026-11-22 09:00:00+00', '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', 'fa3501a166', '43c67a9f5a', 1, 'premium', 'gpt-image-2.5-sunburst', 'medium', 1024, 1024, 'delivered', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', 'bench', 5, '2026-11-22 09:00:00+00', '2026-11-22 09:00:00+00', '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', '2e62a9a972', '1e9b9fb23b', 1, 'premium', 'gpt-image-2.5-sunburst', 'medium', 1024, 1024, 'delivered', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', 'bench', 5, '2026-11-22 09:00:00+00', '2026-11-22 09:00:00+00', '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', '746390da52', 'afb5a07f22', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'delivered', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', 'bench', 4, '2026-11-22 09:00:00+00', '2026-11-22 09:00:00+00', '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', '17f0d79800', 'afb5a07f22', 1, 'premium', 'gpt-image-2.5-sunburst', 'medium', 1024, 1024, 'delivered', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', 'bench', 4, '2026-11-22 09:00:00+00', '2026-11-22 09:00:00+00', '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', 'aba882479b', 'a066016e19', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'delivered', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', 'bench', 4, '2026-11-22 09:00:00+00', '2026-11-22 09:00:00+00', '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', '42b11ded63', 'a066016e19', 1, 'premium', 'gpt-image-2.5-sunburst', 'medium', 1024, 1024, 'delivered', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', 'bench', 4, '2026-11-22 09:00:00+00', '2026-11-22 09:00:00+00', '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', '25bc1f2f6a', 'ea58804aec', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'delivered', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', 'bench', 4, '2026-11-22 09:00:00+00', '2026-11-22 09:00:00+00', '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', '6e82792c56', 'ea58804aec', 1, 'premium', 'gpt-image-2.5-sunburst', 'medium', 1024, 1024, 'delivered', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', 'bench', 4, '2026-11-22 09:00:00+00', '2026-11-22 09:00:00+00', '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', 'cf606033e1', 'b6510b04da', 1, 'premium', 'gpt-image-2.5-sunburst', 'medium', 1024, 1024, 'delivered', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', 'bench', 5, '2026-11-22 09:00:00+00', '2026-11-22 09:00:00+00', '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', 'c9f44ea612', 'b6510b04da', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'delivered', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', 'bench', 6, '2026-11-22 09:00:00+00', '2026-11-22 09:00:00+00', '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', '18af326735', '08880da7be', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'delivered', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', 'bench', 5, '2026-11-22 09:00:00+00', '2026-11-22 09:00:00+00', '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', '35ec8712f1', '08880da7be', 1, 'premium', 'gpt-image-2.5-sunburst', 'medium', 1024, 1024, 'delivered', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', 'bench', 5, '2026-11-22 09:00:00+00', '2026-11-22 09:00:00+00', '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', 'cb9d8d6647', 'c1e82586c5', 1, 'premium', 'gpt-image-2.5-sunburst', 'medium', 1024, 1024, 'placed', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1, '2026-11-22 09:00:00+00', NULL, '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', '581249dd06', 'beec2ea268', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'placed', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1, '2026-11-22 09:00:00+00', NULL, '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', 'a87636577b', 'beec2ea268', 1, 'premium', 'gpt-image-2.5-sunburst', 'medium', 1024, 1024, 'placed', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1, '2026-11-22 09:00:00+00', NULL, '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', '940cf80b3e', '7c80b9502f', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'placed', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1, '2026-11-22 09:00:00+00', NULL, '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', '150c1f952a', '7c80b9502f', 1, 'premium', 'gpt-image-2.5-sunburst', 'medium', 1024, 1024, 'placed', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1, '2026-11-22 09:00:00+00', NULL, '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', 'e487e28096', '63a31f7bce', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'placed', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1, '2026-11-22 09:00:00+00', NULL, '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', 'ed0b3b21c5', 'fc5d325c20', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'delivered', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', 'bench', 4, '2026-11-22 09:00:00+00', '2026-11-22 09:00:00+00', '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', '5d719b72dd', 'fc5d325c20', 1, 'premium', 'gpt-image-2.5-sunburst', 'medium', 1024, 1024, 'delivered', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', 'bench', 4, '2026-11-22 09:00:00+00', '2026-11-22 09:00:00+00', '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', 'c441f0b40a', 'c1e82586c5', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'delivered', '2026-11-22 09:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', 'bench', 4, '2026-11-22 09:00:00+00', '2026-11-22 09:00:00+00', '2026-W47', NULL);
INSERT INTO public.generations (team_id, id, drawing_id, "position", lane, model, quality, width, height, state, state_at, expected_nanousd, reserved_nanousd, period, demo, owner, lease_until, file_id, usage, returned_quality, returned_size, service_request_id, reason, version, created_at, drawn_at, week, claim_key) VALUES ('T1', 'ac6fd7bce3', '6a199f878d', 0, 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 'paid', '2026-11-25 12:00:00+00', 30000000, 34000000, '2026-11', false, NULL, NULL, NULL, '{"text_in": 12, "image_in": 0, "image_out": 439, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 'medium', '1024x1024', 'req_sample', NULL, 4, '2026-11-25 12:00:00+00', '2026-11-25 12:00:00+00', '2026-W48', 'c-paid');
INSERT INTO public.open_imports (team_id, id, touched_at) VALUES ('T1', '0penimp0rt000001', '2026-11-25 11:55:00+00');
INSERT INTO public.pauses (scope, until, reason, told_at, probe) VALUES ('gpt-image-1-mini', '2026-11-25 13:00:00+00', 'The sample account is out of credit.', '2026-11-25 12:00:00+00', NULL);
INSERT INTO public.pauses (scope, until, reason, told_at, probe) VALUES ('*', NULL, 'The sample key was refused.', '2026-11-25 12:00:00+00', NULL);
INSERT INTO public.provider_buckets (team_id, source, kind, project, item, start_at, end_at, model, amount_nanousd, quantity, unit) VALUES ('T1', 'openai', 'cost', '', 'gpt-image-2 image', '2026-11-16 00:00:00+00', '2026-11-17 00:00:00+00', 'gpt-image-2', 20000000, NULL, NULL);
INSERT INTO public.provider_buckets (team_id, source, kind, project, item, start_at, end_at, model, amount_nanousd, quantity, unit) VALUES ('T1', 'openai', 'cost', '', 'sample-text-model input', '2026-11-16 00:00:00+00', '2026-11-17 00:00:00+00', NULL, 7000000000, NULL, NULL);
INSERT INTO public.provider_buckets (team_id, source, kind, project, item, start_at, end_at, model, amount_nanousd, quantity, unit) VALUES ('T1', 'openai', 'usage', '', 'gpt-image-2', '2026-11-16 00:00:00+00', '2026-11-17 00:00:00+00', 'gpt-image-2', NULL, '4', 'images');
INSERT INTO public.provider_buckets (team_id, source, kind, project, item, start_at, end_at, model, amount_nanousd, quantity, unit) VALUES ('T1', 'openai', 'cost', '', 'gpt-image-2 image', '2026-11-17 00:00:00+00', '2026-11-18 00:00:00+00', 'gpt-image-2', 20000000, NULL, NULL);
INSERT INTO public.provider_buckets (team_id, source, kind, project, item, start_at, end_at, model, amount_nanousd, quantity, unit) VALUES ('T1', 'openai', 'cost', '', 'gpt-image-2 image', '2026-11-18 00:00:00+00', '2026-11-19 00:00:00+00', 'gpt-image-2', 20000000, NULL, NULL);
INSERT INTO public.provider_buckets (team_id, source, kind, project, item, start_at, end_at, model, amount_nanousd, quantity, unit) VALUES ('T1', 'openai', 'cost', '', 'gpt-image-2.5-sunburst image', '2026-11-18 00:00:00+00', '2026-11-19 00:00:00+00', 'gpt-image-2.5-sunburst', 310000000, NULL, NULL);
INSERT INTO public.provider_buckets (team_id, source, kind, project, item, start_at, end_at, model, amount_nanousd, quantity, unit) VALUES ('T1', 'openai', 'usage', '', 'gpt-image-2', '2026-11-18 00:00:00+00', '2026-11-19 00:00:00+00', 'gpt-image-2', NULL, '3', 'images');
INSERT INTO public.provider_buckets (team_id, source, kind, project, item, start_at, end_at, model, amount_nanousd, quantity, unit) VALUES ('T1', 'openai', 'cost', '', 'gpt-image-2 image', '2026-11-19 00:00:00+00', '2026-11-20 00:00:00+00', 'gpt-image-2', 20000000, NULL, NULL);
INSERT INTO public.provider_buckets (team_id, source, kind, project, item, start_at, end_at, model, amount_nanousd, quantity, unit) VALUES ('T1', 'openai', 'cost', '', 'gpt-image-2 image', '2026-11-20 00:00:00+00', '2026-11-21 00:00:00+00', 'gpt-image-2', 20000000, NULL, NULL);
INSERT INTO public.provider_buckets (team_id, source, kind, project, item, start_at, end_at, model, amount_nanousd, quantity, unit) VALUES ('T1', 'openai', 'cost', '', 'gpt-image-2 image', '2026-11-21 00:00:00+00', '2026-11-22 00:00:00+00', 'gpt-image-2', 20000000, NULL, NULL);
INSERT INTO public.provider_days (team_id, source, start_at, fetched_at) VALUES ('T1', 'openai', '2026-11-16 00:00:00+00', '2026-11-22 06:00:00+00');
INSERT INTO public.provider_days (team_id, source, start_at, fetched_at) VALUES ('T1', 'openai', '2026-11-17 00:00:00+00', '2026-11-22 06:00:00+00');
INSERT INTO public.provider_days (team_id, source, start_at, fetched_at) VALUES ('T1', 'openai', '2026-11-18 00:00:00+00', '2026-11-22 06:00:00+00');
INSERT INTO public.provider_days (team_id, source, start_at, fetched_at) VALUES ('T1', 'openai', '2026-11-19 00:00:00+00', '2026-11-22 06:00:00+00');
INSERT INTO public.provider_days (team_id, source, start_at, fetched_at) VALUES ('T1', 'openai', '2026-11-20 00:00:00+00', '2026-11-22 06:00:00+00');
INSERT INTO public.provider_days (team_id, source, start_at, fetched_at) VALUES ('T1', 'openai', '2026-11-21 00:00:00+00', '2026-11-22 06:00:00+00');
INSERT INTO public.slack_answers (team_id, kind, id, answer, asked_at, version) VALUES ('T1', 'person', 'U1', 'member', '2026-11-25 09:00:00+00', 0);
INSERT INTO public.slack_answers (team_id, kind, id, answer, asked_at, version) VALUES ('T1', 'channel', 'C0STUDIO', 'ours', '2026-11-25 09:00:00+00', 0);
INSERT INTO public.usage_records (team_id, source, id, occurred_at, received_at, lane, model, quality, width, height, images, kept, rejected, reviewed_at, project, person_id, usage, amount_nanousd, basis, rates, import_id) VALUES ('T1', 'api', 'usage', '2026-11-10 08:00:00+00', '2026-11-24 10:00:00+00', 'budget', 'gpt-image-2.5-flare', 'high', 1024, 1024, 1, NULL, NULL, NULL, 'kites', 'U2', '{"text_in": 50, "image_in": 0, "image_out": 1756, "text_out": 0, "text_in_cached": 0, "image_in_cached": 0}', 52930000, 'usage', 'standard since 2026-09-08: text in 5.00, image in 8.00, image out 30.00 USD per 1,000,000 tokens (oai_guide)', NULL);
INSERT INTO public.usage_records (team_id, source, id, occurred_at, received_at, lane, model, quality, width, height, images, kept, rejected, reviewed_at, project, person_id, usage, amount_nanousd, basis, rates, import_id) VALUES ('T1', 'api', 'published', '2026-11-17 08:00:00+00', '2026-11-24 10:00:00+00', 'budget', 'gpt-image-2.5-flare', 'high', 1024, 1024, 4, 2, 1, NULL, NULL, NULL, NULL, 210720000, 'tokens', '0.05268 USD an image, tokens (oai_guide)', NULL);
INSERT INTO public.usage_records (team_id, source, id, occurred_at, received_at, lane, model, quality, width, height, images, kept, rejected, reviewed_at, project, person_id, usage, amount_nanousd, basis, rates, import_id) VALUES ('T1', 'api', 'own-price', '2026-11-18 08:00:00+00', '2026-11-24 10:00:00+00', NULL, 'own-model', 'high', 1024, 1024, 4, NULL, NULL, NULL, 'kites', NULL, NULL, 421100000, 'reported', NULL, NULL);
INSERT INTO public.usage_records (team_id, source, id, occurred_at, received_at, lane, model, quality, width, height, images, kept, rejected, reviewed_at, project, person_id, usage, amount_nanousd, basis, rates, import_id) VALUES ('T1', 'other-pipeline', 'no-price', '2026-11-19 08:00:00+00', '2026-11-24 10:00:00+00', NULL, 'own-model', 'high', 1024, 1024, 4, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'unknown', NULL, NULL);
INSERT INTO public.usage_records (team_id, source, id, occurred_at, received_at, lane, model, quality, width, height, images, kept, rejected, reviewed_at, project, person_id, usage, amount_nanousd, basis, rates, import_id) VALUES ('T1', 'api', 'this-week', '2026-11-24 08:00:00+00', '2026-11-24 10:00:00+00', 'budget', 'gpt-image-2.5-flare', 'low', 1024, 1024, 20, 14, 3, '2026-11-24 11:00:00+00', NULL, 'U3', NULL, 117600000, 'tokens', '0.00588 USD an image, tokens (oai_guide)', NULL);
INSERT INTO public.usage_records (team_id, source, id, occurred_at, received_at, lane, model, quality, width, height, images, kept, rejected, reviewed_at, project, person_id, usage, amount_nanousd, basis, rates, import_id) VALUES ('T1', 'csv', '1', '2026-11-16 08:00:00+00', '2026-11-24 12:00:00+00', 'budget', 'gpt-image-2.5-flare', 'high', 1024, 1024, 4, 4, NULL, NULL, NULL, NULL, NULL, 210720000, 'tokens', '0.05268 USD an image, tokens (oai_guide)', 'd942f64886578d87');
INSERT INTO public.usage_records (team_id, source, id, occurred_at, received_at, lane, model, quality, width, height, images, kept, rejected, reviewed_at, project, person_id, usage, amount_nanousd, basis, rates, import_id) VALUES ('T1', 'csv', '2', '2026-11-18 09:00:00+00', '2026-11-22 09:00:00+00', 'budget', 'gpt-image-2.5-flare', 'medium', 1024, 1024, 4, NULL, NULL, NULL, NULL, NULL, NULL, 99000000000, 'reported', NULL, '0penimp0rt000001');
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T2', '7c6962baa6', 1, 'U1', 'keep', NULL, '2026-11-17 10:00:00+00', NULL);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', 'fde77a2fbd', 1, 'U1', 'keep', NULL, '2026-10-14 10:00:00+00', NULL);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', '4b219334bd', 1, 'U2', 'reject', 'wrong text', '2026-10-29 10:00:00+00', NULL);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', 'f13870868e', 1, 'U1', 'keep', NULL, '2026-11-04 10:00:00+00', NULL);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', '5f8c0fe328', 1, 'U1', 'keep', NULL, '2026-11-11 10:00:00+00', NULL);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', 'b6136e3443', 1, 'U2', 'reject', 'wrong text', '2026-11-12 10:00:00+00', NULL);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', '5cd8a36022', 1, 'U1', 'keep', NULL, '2026-11-16 10:00:00+00', NULL);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', '0dc81672e3', 1, 'U1', 'keep', NULL, '2026-11-17 10:00:00+00', NULL);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', '0dc81672e3', 2, 'U3', 'reject', 'too dark', '2026-11-17 11:00:00+00', NULL);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', 'c4239f5b87', 1, 'U2', 'reject', 'wrong text', '2026-11-17 16:00:00+00', NULL);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', 'c4239f5b87', 2, 'U2', 'keep', NULL, '2026-11-17 17:00:00+00', NULL);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', 'ce9fafe986', 1, 'U2', 'reject', 'wrong text', '2026-11-18 10:00:00+00', NULL);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', 'bc29b6303c', 1, 'U2', 'reject', 'retried', '2026-11-18 11:00:00+00', NULL);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', 'a49dc7a8b6', 1, 'U1', 'keep', NULL, '2026-11-18 12:00:00+00', NULL);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', '850ca21a15', 1, 'U1', 'keep', NULL, '2026-11-20 11:00:00+00', NULL);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', '6501738043', 1, 'U1', 'keep', NULL, '2026-11-23 11:00:00+00', NULL);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', 'fa1dd8962d', 1, 'U1', 'keep', NULL, '2026-11-24 11:00:00+00', NULL);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', 'ed67a86deb', 1, 'U2', 'keep', NULL, '2026-11-22 09:01:00+00', 4);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', 'd61b9d31cb', 1, 'U2', 'keep', NULL, '2026-11-22 09:01:00+00', 4);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', 'ed67a86deb', 2, 'U2', 'reject', NULL, '2026-11-22 09:01:00+00', 3);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', '3371c35642', 1, 'U2', 'keep', NULL, '2026-11-22 09:02:00+00', 5);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', 'ccba2aaeae', 1, 'U2', 'keep', NULL, '2026-11-22 09:02:00+00', 5);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', '33dbede6dc', 1, 'U2', 'reject', NULL, '2026-11-22 09:03:00+00', 5);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', '2d5f29ab2f', 1, 'U2', 'keep', NULL, '2026-11-22 09:03:00+00', 3);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', '1472b5028d', 1, 'U2', 'reject', NULL, '2026-11-22 09:04:00+00', 3);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', 'cf4239c2ed', 1, 'U2', 'keep', NULL, '2026-11-22 09:04:00+00', 4);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', '2086d5eb98', 1, 'U2', 'reject', NULL, '2026-11-22 09:06:00+00', 5);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', '9e791d8542', 1, 'U2', 'reject', NULL, '2026-11-22 09:06:00+00', 5);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', 'cbf88d1a33', 1, 'U2', 'reject', NULL, '2026-11-22 09:07:00+00', 3);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', 'a6e4fe1d5b', 1, 'U2', 'keep', NULL, '2026-11-22 09:07:00+00', 4);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', '334affc2b6', 1, 'U2', 'keep', NULL, '2026-11-22 09:08:00+00', 5);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', '24f544f0f9', 1, 'U2', 'keep', NULL, '2026-11-22 09:08:00+00', 5);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', 'da9f3caf98', 1, 'U2', 'reject', NULL, '2026-11-22 09:09:00+00', 5);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', '06dff90558', 1, 'U2', 'keep', NULL, '2026-11-22 09:09:00+00', 3);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', '0227996524', 1, 'U2', 'reject', NULL, '2026-11-22 09:10:00+00', 3);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', '7ee7c4c344', 1, 'U2', 'keep', NULL, '2026-11-22 09:10:00+00', 4);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', '5eeb27e72d', 1, 'U2', 'keep', NULL, '2026-11-22 09:11:00+00', 5);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', 'fa3501a166', 1, 'U2', 'keep', NULL, '2026-11-22 09:11:00+00', 5);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', '71f14c7b4f', 1, 'U2', 'reject', NULL, '2026-11-22 09:12:00+00', 5);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', '2e62a9a972', 1, 'U2', 'keep', NULL, '2026-11-22 09:12:00+00', 3);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', 'c9f44ea612', 1, 'U2', 'keep', NULL, '2026-11-22 09:01:00+00', 4);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', 'cf606033e1', 1, 'U2', 'keep', NULL, '2026-11-22 09:01:00+00', 4);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', 'c9f44ea612', 2, 'U2', 'reject', NULL, '2026-11-22 09:01:00+00', 3);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', '18af326735', 1, 'U2', 'keep', NULL, '2026-11-22 09:02:00+00', 5);
INSERT INTO public.votes (team_id, generation_id, number, person_id, verdict, reason, at, confidence) VALUES ('T1', '35ec8712f1', 1, 'U2', 'keep', NULL, '2026-11-22 09:02:00+00', 5);
INSERT INTO public.workers (owner, name, unable, seen_at) VALUES ('worker-1', 'sample-worker', NULL, '2026-11-25 12:00:00+00');
INSERT INTO public.workspaces (team_id, name, bot_user_id, stopped_at, token_hash, installed) VALUES ('T1', 'Sample workspace', 'U0SAMPLEBOT', NULL, 'af2bdbe1aa9b6ec1e2ade1d694f41fc71a831d0268e9891562113d8a62add1bf', true);
INSERT INTO public.workspaces (team_id, name, bot_user_id, stopped_at, token_hash, installed) VALUES ('T2', 'Sample workspace that left', NULL, '2026-11-20 09:00:00+00', NULL, true);
ALTER TABLE ONLY dbos.application_versions
    ADD CONSTRAINT application_versions_pkey PRIMARY KEY (version_id);
ALTER TABLE ONLY dbos.application_versions
    ADD CONSTRAINT application_versions_version_name_key UNIQUE (version_name);
ALTER TABLE ONLY dbos.dbos_migrations
    ADD CONSTRAINT dbos_migrations_pkey PRIMARY KEY (version);
ALTER TABLE ONLY dbos.event_dispatch_kv
    ADD CONSTRAINT event_dispatch_kv_pkey PRIMARY KEY (service_name, workflow_fn_name, key);
ALTER TABLE ONLY dbos.notifications
    ADD CONSTRAINT notifications_pkey PRIMARY KEY (message_uuid);
ALTER TABLE ONLY dbos.operation_outputs
    ADD CONSTRAINT operation_outputs_pkey PRIMARY KEY (workflow_uuid, function_id);
ALTER TABLE ONLY dbos.queues
    ADD CONSTRAINT queues_name_key UNIQUE (name);
ALTER TABLE ONLY dbos.queues
    ADD CONSTRAINT queues_pkey PRIMARY KEY (queue_id);
ALTER TABLE ONLY dbos.streams
    ADD CONSTRAINT streams_pkey PRIMARY KEY (workflow_uuid, key, "offset");
ALTER TABLE ONLY dbos.workflow_events_history
    ADD CONSTRAINT workflow_events_history_pkey PRIMARY KEY (workflow_uuid, function_id, key);
ALTER TABLE ONLY dbos.workflow_events
    ADD CONSTRAINT workflow_events_pkey PRIMARY KEY (workflow_uuid, key);
ALTER TABLE ONLY dbos.workflow_input
    ADD CONSTRAINT workflow_input_pkey PRIMARY KEY (workflow_uuid);
ALTER TABLE ONLY dbos.workflow_output
    ADD CONSTRAINT workflow_output_pkey PRIMARY KEY (workflow_uuid);
ALTER TABLE ONLY dbos.workflow_schedules
    ADD CONSTRAINT workflow_schedules_pkey PRIMARY KEY (schedule_id);
ALTER TABLE ONLY dbos.workflow_schedules
    ADD CONSTRAINT workflow_schedules_schedule_name_key UNIQUE (schedule_name);
ALTER TABLE ONLY dbos.workflow_status
    ADD CONSTRAINT workflow_status_pkey PRIMARY KEY (workflow_uuid);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.answered_messages
    ADD CONSTRAINT pk_answered_messages PRIMARY KEY (team_id, channel_id, ts);
ALTER TABLE ONLY public.api_tokens
    ADD CONSTRAINT pk_api_tokens PRIMARY KEY (team_id, id);
ALTER TABLE ONLY public.audits
    ADD CONSTRAINT pk_audits PRIMARY KEY (team_id, id);
ALTER TABLE ONLY public.bench_prompts
    ADD CONSTRAINT pk_bench_prompts PRIMARY KEY (team_id, bench_id, place);
ALTER TABLE ONLY public.benches
    ADD CONSTRAINT pk_benches PRIMARY KEY (team_id, id);
ALTER TABLE ONLY public.bill_readings
    ADD CONSTRAINT pk_bill_readings PRIMARY KEY (team_id, day);
ALTER TABLE ONLY public.budget_alerts
    ADD CONSTRAINT pk_budget_alerts PRIMARY KEY (team_id, scope, scope_id, period, threshold);
ALTER TABLE ONLY public.budget_periods
    ADD CONSTRAINT pk_budget_periods PRIMARY KEY (team_id, scope, scope_id, period);
ALTER TABLE ONLY public.budgets
    ADD CONSTRAINT pk_budgets PRIMARY KEY (team_id, scope, scope_id);
ALTER TABLE ONLY public.channel_projects
    ADD CONSTRAINT pk_channel_projects PRIMARY KEY (team_id, channel_id);
ALTER TABLE ONLY public.charges
    ADD CONSTRAINT pk_charges PRIMARY KEY (team_id, id);
ALTER TABLE ONLY public.digest_posts
    ADD CONSTRAINT pk_digest_posts PRIMARY KEY (team_id, channel_id, week, request);
ALTER TABLE ONLY public.digest_schedules
    ADD CONSTRAINT pk_digest_schedules PRIMARY KEY (team_id, channel_id);
ALTER TABLE ONLY public.drawings
    ADD CONSTRAINT pk_drawings PRIMARY KEY (team_id, id);
ALTER TABLE ONLY public.generations
    ADD CONSTRAINT pk_generations PRIMARY KEY (team_id, id);
ALTER TABLE ONLY public.open_imports
    ADD CONSTRAINT pk_open_imports PRIMARY KEY (team_id, id);
ALTER TABLE ONLY public.pauses
    ADD CONSTRAINT pk_pauses PRIMARY KEY (scope);
ALTER TABLE ONLY public.provider_buckets
    ADD CONSTRAINT pk_provider_buckets PRIMARY KEY (team_id, source, start_at, kind, project, item);
ALTER TABLE ONLY public.provider_days
    ADD CONSTRAINT pk_provider_days PRIMARY KEY (team_id, source, start_at);
ALTER TABLE ONLY public.slack_answers
    ADD CONSTRAINT pk_slack_answers PRIMARY KEY (team_id, kind, id);
ALTER TABLE ONLY public.usage_records
    ADD CONSTRAINT pk_usage_records PRIMARY KEY (team_id, source, id);
ALTER TABLE ONLY public.votes
    ADD CONSTRAINT pk_votes PRIMARY KEY (team_id, generation_id, number);
ALTER TABLE ONLY public.workers
    ADD CONSTRAINT pk_workers PRIMARY KEY (owner);
ALTER TABLE ONLY public.workspaces
    ADD CONSTRAINT pk_workspaces PRIMARY KEY (team_id);
ALTER TABLE ONLY public.api_tokens
    ADD CONSTRAINT uq_api_tokens_hash UNIQUE (hash);
ALTER TABLE ONLY public.benches
    ADD CONSTRAINT uq_benches_team_id_request_key UNIQUE (team_id, request_key);
ALTER TABLE ONLY public.charges
    ADD CONSTRAINT uq_charges_team_id_generation_id_kind UNIQUE (team_id, generation_id, kind);
ALTER TABLE ONLY public.drawings
    ADD CONSTRAINT uq_drawings_team_id_request_key UNIQUE (team_id, request_key);
CREATE INDEX idx_application_versions_owner_timestamp ON dbos.application_versions USING btree (application_name, version_timestamp DESC);
CREATE INDEX idx_application_versions_timestamp ON dbos.application_versions USING btree (version_timestamp DESC);
CREATE INDEX idx_operation_outputs_completed_at_function_name_v2 ON dbos.operation_outputs USING btree (completed_at_epoch_ms, function_name) INCLUDE (application_name);
CREATE INDEX idx_operation_outputs_retention ON dbos.operation_outputs USING btree (retention_timestamp);
CREATE INDEX idx_workflow_input_retention ON dbos.workflow_input USING btree (retention_timestamp);
CREATE INDEX idx_workflow_output_retention ON dbos.workflow_output USING btree (retention_timestamp);
CREATE INDEX idx_workflow_status_attributes ON dbos.workflow_status USING gin (attributes) WHERE (attributes IS NOT NULL);
CREATE INDEX idx_workflow_status_completed_at ON dbos.workflow_status USING btree (completed_at) WHERE (completed_at IS NOT NULL);
CREATE INDEX idx_workflow_status_deadline ON dbos.workflow_status USING btree (workflow_deadline_epoch_ms) WHERE ((status = ANY (ARRAY['ENQUEUED'::text, 'PENDING'::text, 'DELAYED'::text])) AND (workflow_deadline_epoch_ms IS NOT NULL));
CREATE INDEX idx_workflow_status_delayed ON dbos.workflow_status USING btree (delay_until_epoch_ms) WHERE (status = 'DELAYED'::text);
CREATE INDEX idx_workflow_status_failed ON dbos.workflow_status USING btree (status, created_at) WHERE (status = ANY (ARRAY['ERROR'::text, 'CANCELLED'::text, 'MAX_RECOVERY_ATTEMPTS_EXCEEDED'::text]));
CREATE INDEX idx_workflow_status_forked_from ON dbos.workflow_status USING btree (forked_from) WHERE (forked_from IS NOT NULL);
CREATE INDEX idx_workflow_status_in_flight_v2 ON dbos.workflow_status USING btree (queue_name, status, priority, created_at) INCLUDE (application_name) WHERE (status = ANY (ARRAY['ENQUEUED'::text, 'PENDING'::text]));
CREATE INDEX idx_workflow_status_parent_workflow_id ON dbos.workflow_status USING btree (parent_workflow_id) WHERE (parent_workflow_id IS NOT NULL);
CREATE INDEX idx_workflow_status_partition_dequeue_v3 ON dbos.workflow_status USING btree (queue_name, status, queue_partition_key, priority, created_at, workflow_uuid) INCLUDE (application_name) WHERE ((status = ANY (ARRAY['ENQUEUED'::text, 'PENDING'::text])) AND (queue_partition_key IS NOT NULL));
CREATE INDEX idx_workflow_status_pending ON dbos.workflow_status USING btree (created_at) WHERE (status = 'PENDING'::text);
CREATE INDEX idx_workflow_status_rate_limited ON dbos.workflow_status USING btree (queue_name, started_at_epoch_ms) WHERE (rate_limited = true);
CREATE INDEX idx_workflow_status_schedule_name ON dbos.workflow_status USING btree (schedule_name) WHERE (schedule_name IS NOT NULL);
CREATE INDEX idx_workflow_status_started_at ON dbos.workflow_status USING btree (started_at_epoch_ms) WHERE (started_at_epoch_ms IS NOT NULL);
CREATE INDEX idx_workflow_topic ON dbos.notifications USING btree (destination_uuid, topic);
CREATE UNIQUE INDEX uq_application_versions_owner_version ON dbos.application_versions USING btree (application_name, version_name) WHERE (application_name IS NOT NULL);
CREATE UNIQUE INDEX uq_application_versions_unclaimed_version ON dbos.application_versions USING btree (version_name) WHERE (application_name IS NULL);
CREATE UNIQUE INDEX uq_workflow_status_dedup_id ON dbos.workflow_status USING btree (queue_name, deduplication_id) WHERE (deduplication_id IS NOT NULL);
CREATE INDEX workflow_status_created_at_index ON dbos.workflow_status USING btree (created_at);
CREATE INDEX ix_audits_team_id_at ON public.audits USING btree (team_id, at);
CREATE INDEX ix_benches_state ON public.benches USING btree (state);
CREATE INDEX ix_benches_team_id_question ON public.benches USING btree (team_id, question);
CREATE INDEX ix_charges_team_id_period ON public.charges USING btree (team_id, period);
CREATE INDEX ix_drawings_team_id_bench_id ON public.drawings USING btree (team_id, bench_id);
CREATE INDEX ix_drawings_team_id_parent_id ON public.drawings USING btree (team_id, parent_id);
CREATE INDEX ix_drawings_team_id_person_id_created_at ON public.drawings USING btree (team_id, person_id, created_at);
CREATE INDEX ix_generations_state_state_at ON public.generations USING btree (state, state_at);
CREATE INDEX ix_generations_team_id_drawing_id ON public.generations USING btree (team_id, drawing_id);
CREATE INDEX ix_generations_team_id_drawn_at_created_at ON public.generations USING btree (team_id, drawn_at, created_at);
CREATE INDEX ix_generations_team_id_period ON public.generations USING btree (team_id, period);
CREATE INDEX ix_generations_team_id_week ON public.generations USING btree (team_id, week);
CREATE INDEX ix_usage_records_team_id_occurred_at ON public.usage_records USING btree (team_id, occurred_at);
CREATE TRIGGER dbos_notifications_trigger AFTER INSERT ON dbos.notifications FOR EACH ROW EXECUTE FUNCTION dbos.notifications_function();
CREATE TRIGGER charges_no_truncate BEFORE TRUNCATE ON public.charges FOR EACH STATEMENT EXECUTE FUNCTION public.charges_are_append_only();
CREATE TRIGGER charges_no_update BEFORE DELETE OR UPDATE ON public.charges FOR EACH ROW EXECUTE FUNCTION public.charges_are_append_only();
ALTER TABLE ONLY dbos.notifications
    ADD CONSTRAINT notifications_destination_uuid_fkey FOREIGN KEY (destination_uuid) REFERENCES dbos.workflow_status(workflow_uuid) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY dbos.streams
    ADD CONSTRAINT streams_workflow_uuid_fkey FOREIGN KEY (workflow_uuid) REFERENCES dbos.workflow_status(workflow_uuid) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY dbos.workflow_events_history
    ADD CONSTRAINT workflow_events_history_workflow_uuid_fkey FOREIGN KEY (workflow_uuid) REFERENCES dbos.workflow_status(workflow_uuid) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY dbos.workflow_events
    ADD CONSTRAINT workflow_events_workflow_uuid_fkey FOREIGN KEY (workflow_uuid) REFERENCES dbos.workflow_status(workflow_uuid) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY public.bench_prompts
    ADD CONSTRAINT fk_bench_prompts_team_id_bench_id FOREIGN KEY (team_id, bench_id) REFERENCES public.benches(team_id, id);
ALTER TABLE ONLY public.charges
    ADD CONSTRAINT fk_charges_team_id_generation_id FOREIGN KEY (team_id, generation_id) REFERENCES public.generations(team_id, id);
ALTER TABLE ONLY public.generations
    ADD CONSTRAINT fk_generations_team_id_drawing_id FOREIGN KEY (team_id, drawing_id) REFERENCES public.drawings(team_id, id);
ALTER TABLE ONLY public.provider_buckets
    ADD CONSTRAINT fk_provider_buckets_team_id_source_start_at_provider_days FOREIGN KEY (team_id, source, start_at) REFERENCES public.provider_days(team_id, source, start_at);
ALTER TABLE ONLY public.votes
    ADD CONSTRAINT fk_votes_team_id_generation_id FOREIGN KEY (team_id, generation_id) REFERENCES public.generations(team_id, id);
