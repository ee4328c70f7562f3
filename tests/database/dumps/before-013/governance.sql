CREATE SCHEMA evidence;

CREATE FUNCTION evidence.open_month(m date) RETURNS void
    LANGUAGE plpgsql
    AS $$
   declare part text := 'record_' || to_char(m, 'YYYY_MM');
   begin
     if to_regclass('evidence.' || part) is not null then return; end if;
     perform pg_advisory_xact_lock(7365);
     -- Asked of the table itself: what the function before it answered is remembered from before the lock.
     if exists (select from pg_class where relname = part and relnamespace = 'evidence'::regnamespace) then return; end if;
     execute format('create table evidence.%I (like evidence.record including all)', part);
     execute format('alter table evidence.record attach partition evidence.%I for values from (%L) to (%L)',
                    part, m, (m + interval '1 month')::date);
   end $$;

CREATE FUNCTION public.mark_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
      begin
        select version into new.changed from read_model;
        return new;
      end $$;

CREATE FUNCTION public.next_catalogue() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
      declare next bigint;
      begin
        update read_model set version = version + 1, catalogue = version + 1 returning version into next;
        perform pg_notify('sharehub_governance', next::text);
        return null;
      end $$;

CREATE FUNCTION public.next_version() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
      declare next bigint;
      begin
        update read_model set version = version + 1 returning version into next;
        perform pg_notify('sharehub_governance', next::text);
        return null;
      end $$;

CREATE TABLE evidence.archive (
    month date NOT NULL,
    state text NOT NULL,
    manifest text NOT NULL,
    CONSTRAINT archive_state_check CHECK ((state = ANY (ARRAY['archived'::text, 'expired'::text])))
);

CREATE TABLE evidence.chain (
    writer text NOT NULL,
    home text NOT NULL,
    seq bigint DEFAULT 0 NOT NULL,
    hash text DEFAULT ''::text NOT NULL,
    month date,
    CONSTRAINT chain_home_check CHECK ((home = ANY (ARRAY['folder'::text, 'database'::text, 'governance'::text])))
);

CREATE TABLE evidence.daily (
    day date NOT NULL,
    department text NOT NULL,
    scenario text NOT NULL,
    items integer NOT NULL,
    mode text NOT NULL,
    outcome text NOT NULL,
    requests bigint NOT NULL,
    rows bigint NOT NULL,
    subjects bigint NOT NULL
);

CREATE TABLE evidence.delivery (
    number bigint NOT NULL,
    subscription integer NOT NULL,
    at timestamp with time zone NOT NULL,
    id text NOT NULL,
    from_position bigint NOT NULL,
    to_position bigint NOT NULL,
    records integer NOT NULL,
    status integer,
    milliseconds integer NOT NULL,
    error text
);

ALTER TABLE evidence.delivery ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME evidence.delivery_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE evidence.graph (
    version text NOT NULL,
    at timestamp with time zone NOT NULL,
    "position" bigint NOT NULL
);

CREATE TABLE evidence.graph_item (
    graph text NOT NULL,
    coordinate text NOT NULL,
    provider text NOT NULL,
    resource text,
    share_type text NOT NULL
);

CREATE TABLE evidence.head (
    writer text NOT NULL,
    number integer NOT NULL,
    seq bigint NOT NULL,
    line text NOT NULL
);

CREATE TABLE evidence.item_set (
    id integer NOT NULL,
    digest text NOT NULL
);

ALTER TABLE evidence.item_set ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME evidence.item_set_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE evidence.item_use (
    items integer NOT NULL,
    coordinate text NOT NULL,
    part text NOT NULL,
    code text,
    provider text NOT NULL,
    resource text,
    CONSTRAINT item_use_part_check CHECK ((part = ANY (ARRAY['released'::text, 'denied'::text, 'internal'::text])))
);

CREATE TABLE evidence.ledger (
    one boolean DEFAULT true NOT NULL,
    "position" bigint NOT NULL,
    CONSTRAINT ledger_one_check CHECK (one)
);

CREATE TABLE evidence.push_offer (
    one boolean DEFAULT true NOT NULL,
    origins text[] NOT NULL,
    files boolean NOT NULL,
    key jsonb NOT NULL,
    stated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT push_offer_one_check CHECK (one)
);

CREATE TABLE evidence.record (
    month date NOT NULL,
    "position" bigint NOT NULL,
    writer text NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    kind text NOT NULL,
    department text,
    system text,
    person text,
    scenario text,
    mode text,
    outcome text,
    code text,
    request text,
    items integer,
    object text,
    concerns text[],
    subjects bigint[],
    line text NOT NULL
)
PARTITION BY RANGE (month);

CREATE TABLE evidence.subscription (
    number integer NOT NULL,
    id text GENERATED ALWAYS AS (('U-'::text || lpad((number)::text, GREATEST(6, length((number)::text)), '0'::text))) STORED NOT NULL,
    department text NOT NULL,
    kind text NOT NULL,
    target text NOT NULL,
    secret text,
    "position" bigint NOT NULL,
    delivered_to bigint NOT NULL,
    pending_from bigint,
    pending_to bigint,
    pending_id text,
    state text DEFAULT 'active'::text NOT NULL,
    reason text,
    since timestamp with time zone DEFAULT now() NOT NULL,
    failures integer DEFAULT 0 NOT NULL,
    retry_at timestamp with time zone,
    created_by text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    ended_at timestamp with time zone,
    stream text DEFAULT 'uses'::text NOT NULL,
    CONSTRAINT subscription_check CHECK ((((pending_id IS NULL) = (pending_from IS NULL)) AND ((pending_id IS NULL) = (pending_to IS NULL)))),
    CONSTRAINT subscription_check1 CHECK (((delivered_to <= "position") AND ("position" < COALESCE(pending_to, ("position" + 1))))),
    CONSTRAINT subscription_kind_check CHECK ((kind = ANY (ARRAY['webhook'::text, 'file'::text]))),
    CONSTRAINT subscription_state_check CHECK ((state = ANY (ARRAY['active'::text, 'paused'::text, 'failing'::text, 'disabled'::text]))),
    CONSTRAINT subscription_stream_check CHECK ((stream = ANY (ARRAY['uses'::text, 'acts'::text])))
);

ALTER TABLE evidence.subscription ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME evidence.subscription_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.application_event (
    id bigint NOT NULL,
    application text NOT NULL,
    track text,
    at timestamp with time zone NOT NULL,
    department text NOT NULL,
    actor text NOT NULL,
    what text NOT NULL,
    reason text,
    clauses text[] NOT NULL,
    version integer NOT NULL
);

ALTER TABLE public.application_event ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.application_event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.application_track (
    id text NOT NULL,
    application text NOT NULL,
    department text NOT NULL,
    provider text NOT NULL,
    kind text NOT NULL,
    status text NOT NULL,
    version integer NOT NULL,
    process jsonb NOT NULL,
    state jsonb NOT NULL,
    waits_on text[] NOT NULL,
    due_date text,
    due_at timestamp with time zone,
    due_provisional boolean DEFAULT false NOT NULL,
    submitted_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    escalated_at timestamp with time zone,
    grant_id text,
    entry text
);

CREATE TABLE public.appointment (
    id text NOT NULL,
    officer text NOT NULL,
    department text NOT NULL,
    post text NOT NULL,
    from_at timestamp with time zone DEFAULT now() NOT NULL,
    until_at timestamp with time zone,
    notice text,
    CONSTRAINT appointment_check CHECK ((until_at >= from_at))
);

CREATE SEQUENCE public.appointment_number
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE public.catalogue_change (
    id bigint NOT NULL,
    code text NOT NULL,
    revision integer NOT NULL,
    version integer NOT NULL,
    at timestamp with time zone NOT NULL,
    department text NOT NULL,
    person text,
    act text NOT NULL,
    from_state text,
    to_state text NOT NULL,
    reason text,
    basis jsonb DEFAULT '[]'::jsonb NOT NULL,
    attributes jsonb DEFAULT '[]'::jsonb NOT NULL
);

ALTER TABLE public.catalogue_change ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.catalogue_change_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.catalogue_item (
    id text NOT NULL,
    resource text NOT NULL,
    code text NOT NULL,
    coordinate text,
    name text NOT NULL,
    provider text NOT NULL,
    data_type text,
    length integer,
    sdl_type text,
    share_type text,
    condition text,
    reason text,
    basis jsonb DEFAULT '[]'::jsonb NOT NULL,
    basic boolean DEFAULT false NOT NULL,
    identifier boolean DEFAULT false NOT NULL,
    words tsvector,
    grams tsvector
);

CREATE TABLE public.catalogue_maintenance (
    department text NOT NULL,
    year integer NOT NULL,
    confirmed_at timestamp with time zone NOT NULL,
    confirmed_by text,
    note text
);

CREATE TABLE public.catalogue_resource (
    id text NOT NULL,
    code text NOT NULL,
    revision integer NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    state text NOT NULL,
    superseded_at timestamp with time zone,
    kind text NOT NULL,
    subgraph text,
    type_name text,
    name text NOT NULL,
    abstract text,
    provider text NOT NULL,
    category text,
    library text,
    theme text,
    format text,
    method text,
    share_scope text,
    openness text,
    openness_basis jsonb DEFAULT '[]'::jsonb NOT NULL,
    update_cycle text,
    timeliness text,
    collection_scope text,
    legal_basis jsonb DEFAULT '[]'::jsonb NOT NULL,
    security_grade text,
    duty text,
    related jsonb DEFAULT '[]'::jsonb NOT NULL,
    supplement boolean DEFAULT false NOT NULL,
    process jsonb DEFAULT '[]'::jsonb NOT NULL,
    reviews jsonb DEFAULT '[]'::jsonb NOT NULL,
    submitted_by text,
    submitted_at timestamp with time zone,
    published_at timestamp with time zone,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.catalogue_task (
    id text NOT NULL,
    kind text NOT NULL,
    department text NOT NULL,
    code text,
    subject text NOT NULL,
    clauses jsonb DEFAULT '[]'::jsonb NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    working_days integer,
    due text,
    due_at timestamp with time zone,
    provisional boolean DEFAULT false NOT NULL,
    closed_at timestamp with time zone,
    closed_by text
);

CREATE SEQUENCE public.catalogue_task_number
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE public.department (
    code text NOT NULL,
    name text NOT NULL,
    roles jsonb NOT NULL,
    suspended boolean DEFAULT false NOT NULL,
    credit_code text,
    level text,
    parent text,
    registered_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.duty (
    id text NOT NULL,
    department text NOT NULL,
    name text NOT NULL,
    legal_source text NOT NULL,
    since timestamp with time zone DEFAULT now() NOT NULL,
    ended_at timestamp with time zone
);

CREATE SEQUENCE public.duty_number
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE public.job_done (
    subject text NOT NULL,
    stage text NOT NULL,
    due text NOT NULL,
    at timestamp with time zone NOT NULL
);

CREATE TABLE public.list_entry (
    version integer NOT NULL,
    key text NOT NULL COLLATE pg_catalog."C",
    department text NOT NULL,
    provider text,
    resource text,
    name text NOT NULL,
    items text[] NOT NULL,
    share_type text,
    state text NOT NULL,
    basis text[] NOT NULL,
    scenario text,
    update_cycle text,
    openness text
);

CREATE TABLE public.list_version (
    number integer NOT NULL,
    id text GENERATED ALWAYS AS (('L-'::text || lpad((number)::text, GREATEST(6, length((number)::text)), '0'::text))) STORED NOT NULL,
    kind text NOT NULL,
    level text NOT NULL,
    published_on date NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    entries integer NOT NULL,
    clauses text[] NOT NULL,
    CONSTRAINT list_version_kind_check CHECK ((kind = ANY (ARRAY['RESPONSIBILITY'::text, 'DEMAND'::text, 'NEGATIVE'::text]))),
    CONSTRAINT list_version_level_check CHECK ((level = ANY (ARRAY['OWN'::text, 'HIGHER'::text])))
);

ALTER TABLE public.list_version ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.list_version_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.mikro_orm_migrations (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    executed_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP(6) NOT NULL
);

CREATE SEQUENCE public.mikro_orm_migrations_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.mikro_orm_migrations_id_seq OWNED BY public.mikro_orm_migrations.id;

CREATE TABLE public.notice (
    number bigint NOT NULL,
    id text GENERATED ALWAYS AS (('N-'::text || lpad((number)::text, GREATEST(6, length((number)::text)), '0'::text))) STORED NOT NULL,
    "position" bigint NOT NULL,
    department text NOT NULL,
    posts text[],
    person text,
    at timestamp with time zone NOT NULL,
    kind text NOT NULL,
    act text NOT NULL,
    object text NOT NULL,
    text text NOT NULL,
    clauses text[] NOT NULL,
    due_on date,
    provisional boolean,
    CONSTRAINT notice_kind_check CHECK ((kind = ANY (ARRAY['TASK'::text, 'REMINDER'::text, 'OVERDUE'::text, 'DECISION'::text, 'INFORMATION'::text])))
);

CREATE TABLE public.notice_cursor (
    one boolean DEFAULT true NOT NULL,
    "position" bigint NOT NULL,
    CONSTRAINT notice_cursor_one_check CHECK (one)
);

ALTER TABLE public.notice ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.notice_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.notice_read (
    notice bigint NOT NULL,
    reader text NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.officer (
    subject text NOT NULL,
    name text NOT NULL,
    department text NOT NULL,
    roles jsonb NOT NULL,
    suspended boolean DEFAULT false NOT NULL,
    verified_at timestamp with time zone,
    verification text
);

CREATE TABLE public.published_item (
    coordinate text NOT NULL,
    resource text NOT NULL,
    provider text NOT NULL,
    share_type text NOT NULL,
    title text,
    basic boolean,
    library text,
    CONSTRAINT published_item_share_type_check CHECK ((share_type = ANY (ARRAY['UNCONDITIONAL'::text, 'CONDITIONAL'::text, 'NOT_SHARED'::text])))
);

CREATE TABLE public.read_model (
    one boolean DEFAULT true NOT NULL,
    version bigint NOT NULL,
    catalogue bigint DEFAULT 1 NOT NULL,
    CONSTRAINT read_model_one_check CHECK (one)
);

CREATE TABLE public.registered_system (
    client_id text NOT NULL,
    name text NOT NULL,
    department text NOT NULL,
    suspended boolean DEFAULT false NOT NULL
);

CREATE TABLE public.scenario (
    id text GENERATED ALWAYS AS (((department || '/'::text) || code)) STORED NOT NULL,
    department text NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    purpose text NOT NULL
);

CREATE TABLE public.share_application (
    id text NOT NULL,
    department text NOT NULL,
    applicant text NOT NULL,
    state text NOT NULL,
    scenario text,
    form jsonb NOT NULL,
    renews text,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    submitted_at timestamp with time zone,
    closed_at timestamp with time zone,
    visible_to text[] NOT NULL,
    CONSTRAINT share_application_state_check CHECK ((state = ANY (ARRAY['DRAFT'::text, 'SUBMITTED'::text, 'CLOSED'::text, 'WITHDRAWN'::text])))
);

CREATE SEQUENCE public.share_application_number
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE public.share_grant (
    id text NOT NULL,
    department text NOT NULL,
    scenario text NOT NULL,
    mode text NOT NULL,
    coordinates jsonb NOT NULL,
    from_at timestamp with time zone NOT NULL,
    until_at timestamp with time zone NOT NULL,
    suspended boolean DEFAULT false NOT NULL,
    suspension text,
    revoked_at timestamp with time zone,
    revocation text,
    rows jsonb,
    quota_per_day integer,
    masks jsonb,
    coordination text,
    approver text NOT NULL,
    basis jsonb NOT NULL,
    changed bigint DEFAULT 0 NOT NULL,
    application text,
    duty text,
    conditions jsonb,
    uses jsonb,
    persons jsonb,
    identities jsonb,
    held_by_consumer text,
    held_by_provider text,
    CONSTRAINT share_grant_check CHECK ((until_at > from_at)),
    CONSTRAINT share_grant_quota_per_day_check CHECK ((quota_per_day > 0))
);

CREATE SEQUENCE public.share_grant_number
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE public.use_seal (
    id text NOT NULL,
    department text NOT NULL,
    scenario text,
    grant_id text,
    from_at timestamp with time zone NOT NULL,
    until_at timestamp with time zone NOT NULL,
    reason text NOT NULL,
    basis jsonb NOT NULL,
    lifted_at timestamp with time zone,
    CONSTRAINT use_seal_check CHECK ((until_at > from_at))
);

CREATE SEQUENCE public.use_seal_number
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER TABLE ONLY public.mikro_orm_migrations ALTER COLUMN id SET DEFAULT nextval('public.mikro_orm_migrations_id_seq'::regclass);

INSERT INTO evidence.chain VALUES ('fb5b213d2f51', 'governance', 0, '', NULL);

INSERT INTO evidence.ledger VALUES (true, 0);

INSERT INTO public.mikro_orm_migrations VALUES (1, '001-governance', '2026-11-27 05:46:43.227379+00');
INSERT INTO public.mikro_orm_migrations VALUES (2, '002-evidence', '2026-11-27 05:46:43.227379+00');
INSERT INTO public.mikro_orm_migrations VALUES (3, '003-people-and-published', '2026-11-27 05:46:43.227379+00');
INSERT INTO public.mikro_orm_migrations VALUES (4, '004-evidence-push', '2026-11-27 05:46:43.227379+00');
INSERT INTO public.mikro_orm_migrations VALUES (5, '005-evidence-reading', '2026-11-27 05:46:43.227379+00');
INSERT INTO public.mikro_orm_migrations VALUES (6, '006-evidence-archive', '2026-11-27 05:46:43.227379+00');
INSERT INTO public.mikro_orm_migrations VALUES (7, '007-jobs-and-notices', '2026-11-27 05:46:43.227379+00');
INSERT INTO public.mikro_orm_migrations VALUES (8, '008-applications', '2026-11-27 05:46:43.227379+00');
INSERT INTO public.mikro_orm_migrations VALUES (9, '009-catalogue', '2026-11-27 05:46:43.227379+00');
INSERT INTO public.mikro_orm_migrations VALUES (10, '010-event-webhooks', '2026-11-27 05:46:43.227379+00');
INSERT INTO public.mikro_orm_migrations VALUES (11, '011-lists', '2026-11-27 05:46:43.227379+00');
INSERT INTO public.mikro_orm_migrations VALUES (12, '012-grant-parts', '2026-11-27 05:46:43.227379+00');

INSERT INTO public.notice_cursor VALUES (true, 0);

INSERT INTO public.read_model VALUES (true, 1, 1);

SELECT pg_catalog.setval('evidence.delivery_number_seq', 1, false);

SELECT pg_catalog.setval('evidence.item_set_id_seq', 1, false);

SELECT pg_catalog.setval('evidence.subscription_number_seq', 1, false);

SELECT pg_catalog.setval('public.application_event_id_seq', 1, false);

SELECT pg_catalog.setval('public.appointment_number', 1, false);

SELECT pg_catalog.setval('public.catalogue_change_id_seq', 1, false);

SELECT pg_catalog.setval('public.catalogue_task_number', 1, false);

SELECT pg_catalog.setval('public.duty_number', 1, false);

SELECT pg_catalog.setval('public.list_version_number_seq', 1, false);

SELECT pg_catalog.setval('public.mikro_orm_migrations_id_seq', 12, true);

SELECT pg_catalog.setval('public.notice_number_seq', 1, false);

SELECT pg_catalog.setval('public.share_application_number', 1, false);

SELECT pg_catalog.setval('public.share_grant_number', 1, false);

SELECT pg_catalog.setval('public.use_seal_number', 1, false);

ALTER TABLE ONLY evidence.archive
    ADD CONSTRAINT archive_pkey PRIMARY KEY (month);

ALTER TABLE ONLY evidence.chain
    ADD CONSTRAINT chain_pkey PRIMARY KEY (writer);

ALTER TABLE ONLY evidence.daily
    ADD CONSTRAINT daily_pkey PRIMARY KEY (day, department, scenario, items, mode, outcome);

ALTER TABLE ONLY evidence.delivery
    ADD CONSTRAINT delivery_pkey PRIMARY KEY (number);

ALTER TABLE ONLY evidence.graph_item
    ADD CONSTRAINT graph_item_pkey PRIMARY KEY (graph, coordinate, provider);

ALTER TABLE ONLY evidence.graph
    ADD CONSTRAINT graph_pkey PRIMARY KEY (version);

ALTER TABLE ONLY evidence.head
    ADD CONSTRAINT head_pkey PRIMARY KEY (writer, number);

ALTER TABLE ONLY evidence.item_set
    ADD CONSTRAINT item_set_digest_key UNIQUE (digest);

ALTER TABLE ONLY evidence.item_set
    ADD CONSTRAINT item_set_pkey PRIMARY KEY (id);

ALTER TABLE ONLY evidence.item_use
    ADD CONSTRAINT item_use_pkey PRIMARY KEY (items, coordinate, part, provider);

ALTER TABLE ONLY evidence.ledger
    ADD CONSTRAINT ledger_pkey PRIMARY KEY (one);

ALTER TABLE ONLY evidence.push_offer
    ADD CONSTRAINT push_offer_pkey PRIMARY KEY (one);

ALTER TABLE ONLY evidence.record
    ADD CONSTRAINT record_pkey PRIMARY KEY (month, "position");

ALTER TABLE ONLY evidence.subscription
    ADD CONSTRAINT subscription_id_key UNIQUE (id);

ALTER TABLE ONLY evidence.subscription
    ADD CONSTRAINT subscription_pkey PRIMARY KEY (number);

ALTER TABLE ONLY public.application_event
    ADD CONSTRAINT application_event_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.application_track
    ADD CONSTRAINT application_track_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.appointment
    ADD CONSTRAINT appointment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.catalogue_change
    ADD CONSTRAINT catalogue_change_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.catalogue_item
    ADD CONSTRAINT catalogue_item_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.catalogue_maintenance
    ADD CONSTRAINT catalogue_maintenance_pkey PRIMARY KEY (department, year);

ALTER TABLE ONLY public.catalogue_resource
    ADD CONSTRAINT catalogue_resource_code_revision_key UNIQUE (code, revision);

ALTER TABLE ONLY public.catalogue_resource
    ADD CONSTRAINT catalogue_resource_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.catalogue_task
    ADD CONSTRAINT catalogue_task_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.department
    ADD CONSTRAINT department_credit_code_key UNIQUE (credit_code);

ALTER TABLE ONLY public.department
    ADD CONSTRAINT department_name_key UNIQUE (name);

ALTER TABLE ONLY public.department
    ADD CONSTRAINT department_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.duty
    ADD CONSTRAINT duty_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.job_done
    ADD CONSTRAINT job_done_pkey PRIMARY KEY (subject, stage, due);

ALTER TABLE ONLY public.list_entry
    ADD CONSTRAINT list_entry_pkey PRIMARY KEY (version, key);

ALTER TABLE ONLY public.list_version
    ADD CONSTRAINT list_version_id_key UNIQUE (id);

ALTER TABLE ONLY public.list_version
    ADD CONSTRAINT list_version_pkey PRIMARY KEY (number);

ALTER TABLE ONLY public.mikro_orm_migrations
    ADD CONSTRAINT mikro_orm_migrations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.notice_cursor
    ADD CONSTRAINT notice_cursor_pkey PRIMARY KEY (one);

ALTER TABLE ONLY public.notice
    ADD CONSTRAINT notice_id_key UNIQUE (id);

ALTER TABLE ONLY public.notice
    ADD CONSTRAINT notice_pkey PRIMARY KEY (number);

ALTER TABLE ONLY public.notice_read
    ADD CONSTRAINT notice_read_pkey PRIMARY KEY (notice, reader);

ALTER TABLE ONLY public.officer
    ADD CONSTRAINT officer_pkey PRIMARY KEY (subject);

ALTER TABLE ONLY public.published_item
    ADD CONSTRAINT published_item_pkey PRIMARY KEY (coordinate);

ALTER TABLE ONLY public.read_model
    ADD CONSTRAINT read_model_pkey PRIMARY KEY (one);

ALTER TABLE ONLY public.registered_system
    ADD CONSTRAINT registered_system_pkey PRIMARY KEY (client_id);

ALTER TABLE ONLY public.scenario
    ADD CONSTRAINT scenario_department_code_key UNIQUE (department, code);

ALTER TABLE ONLY public.scenario
    ADD CONSTRAINT scenario_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.share_application
    ADD CONSTRAINT share_application_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.share_grant
    ADD CONSTRAINT share_grant_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.use_seal
    ADD CONSTRAINT use_seal_pkey PRIMARY KEY (id);

CREATE INDEX daily_department_day_idx ON evidence.daily USING btree (department, day);

CREATE INDEX daily_department_items_day_idx ON evidence.daily USING btree (department, items, day);

CREATE INDEX daily_items_day_idx ON evidence.daily USING btree (items, day);

CREATE INDEX daily_outcome_mode_day_idx ON evidence.daily USING btree (outcome, mode, day);

CREATE INDEX daily_scenario_day_idx ON evidence.daily USING btree (scenario, day) WHERE (scenario <> ''::text);

CREATE INDEX delivery_subscription_number_idx ON evidence.delivery USING btree (subscription, number DESC);

CREATE INDEX item_use_coordinate_items_idx ON evidence.item_use USING btree (coordinate, items);

CREATE INDEX item_use_provider_items_idx ON evidence.item_use USING btree (provider, items);

CREATE INDEX item_use_resource_items_idx ON evidence.item_use USING btree (resource, items);

CREATE INDEX record_at_position_idx ON ONLY evidence.record USING btree (at DESC, "position" DESC);

CREATE INDEX record_department_at_position_idx ON ONLY evidence.record USING btree (department, at DESC, "position" DESC);

CREATE INDEX record_items_at_position_idx ON ONLY evidence.record USING btree (items, at DESC, "position" DESC);

CREATE INDEX record_kind_at_position_idx ON ONLY evidence.record USING btree (kind, at DESC, "position" DESC) WHERE (kind <> 'access'::text);

CREATE INDEX record_person_at_position_idx ON ONLY evidence.record USING btree (person, at DESC, "position" DESC) WHERE (person IS NOT NULL);

CREATE INDEX record_position_idx ON ONLY evidence.record USING btree ("position") WHERE (kind = 'act'::text);

CREATE INDEX record_request_idx ON ONLY evidence.record USING btree (request) WHERE (request IS NOT NULL);

CREATE INDEX record_scenario_at_position_idx ON ONLY evidence.record USING btree (scenario, at DESC, "position" DESC) WHERE (scenario IS NOT NULL);

CREATE INDEX record_subjects_idx ON ONLY evidence.record USING gin (subjects) WHERE (subjects IS NOT NULL);

CREATE INDEX record_system_at_position_idx ON ONLY evidence.record USING btree (system, at DESC, "position" DESC) WHERE (system IS NOT NULL);

CREATE INDEX subscription_department_idx ON evidence.subscription USING btree (department) WHERE (ended_at IS NULL);

CREATE UNIQUE INDEX subscription_folder ON evidence.subscription USING btree (department, target) WHERE ((kind = 'file'::text) AND (ended_at IS NULL));

CREATE INDEX application_event_application_id_idx ON public.application_event USING btree (application, id);

CREATE INDEX application_track_application_idx ON public.application_track USING btree (application);

CREATE INDEX application_track_due_at_idx ON public.application_track USING btree (due_at) WHERE (closed_at IS NULL);

CREATE INDEX application_track_grant_id_idx ON public.application_track USING btree (grant_id);

CREATE INDEX application_track_provider_id_idx ON public.application_track USING btree (provider, id);

CREATE INDEX application_track_waits_on_idx ON public.application_track USING gin (waits_on) WHERE (closed_at IS NULL);

CREATE INDEX appointment_department_id_idx ON public.appointment USING btree (department, id);

CREATE UNIQUE INDEX appointment_department_post_idx ON public.appointment USING btree (department, post) WHERE ((until_at IS NULL) AND (post = ANY (ARRAY['HEAD'::text, 'LEADER_IN_CHARGE'::text, 'DATA_ADMINISTRATOR'::text])));

CREATE UNIQUE INDEX appointment_officer_department_post_idx ON public.appointment USING btree (officer, department, post) WHERE (until_at IS NULL);

CREATE INDEX catalogue_change_code_id_idx ON public.catalogue_change USING btree (code, id);

CREATE INDEX catalogue_item_coordinate_idx ON public.catalogue_item USING btree (coordinate) WHERE (words IS NOT NULL);

CREATE INDEX catalogue_item_grams_idx ON public.catalogue_item USING gin (grams);

CREATE INDEX catalogue_item_resource_id_idx ON public.catalogue_item USING btree (resource, id);

CREATE INDEX catalogue_item_words_idx ON public.catalogue_item USING gin (words);

CREATE UNIQUE INDEX catalogue_resource_code_idx ON public.catalogue_resource USING btree (code) WHERE ((superseded_at IS NULL) AND (state = ANY (ARRAY['DRAFT'::text, 'SUBMITTED'::text, 'CHANGES_REQUESTED'::text, 'APPROVED'::text])));

CREATE UNIQUE INDEX catalogue_resource_code_idx1 ON public.catalogue_resource USING btree (code) WHERE ((superseded_at IS NULL) AND (state = ANY (ARRAY['PUBLISHED'::text, 'SUSPENDED'::text])));

CREATE INDEX catalogue_resource_provider_id_idx ON public.catalogue_resource USING btree (provider, id);

CREATE INDEX catalogue_task_code_idx ON public.catalogue_task USING btree (code) WHERE (closed_at IS NULL);

CREATE INDEX catalogue_task_department_id_idx ON public.catalogue_task USING btree (department, id);

CREATE INDEX duty_department_id_idx ON public.duty USING btree (department, id);

CREATE INDEX list_entry_version_department_key_idx ON public.list_entry USING btree (version, department, key);

CREATE INDEX list_version_kind_level_number_idx ON public.list_version USING btree (kind, level, number DESC);

CREATE INDEX notice_department_number_idx ON public.notice USING btree (department, number DESC);

CREATE UNIQUE INDEX notice_position_department_coalesce_idx ON public.notice USING btree ("position", department, COALESCE(person, ''::text));

CREATE INDEX published_item_resource_idx ON public.published_item USING btree (resource);

CREATE INDEX share_application_visible_to_idx ON public.share_application USING gin (visible_to);

CREATE INDEX share_grant_changed_idx ON public.share_grant USING btree (changed);

CREATE INDEX share_grant_department_id_idx ON public.share_grant USING btree (department, id);

CREATE INDEX use_seal_department_until_at_idx ON public.use_seal USING btree (department, until_at) WHERE (lifted_at IS NULL);

CREATE TRIGGER mark BEFORE INSERT OR UPDATE ON public.share_grant FOR EACH ROW EXECUTE FUNCTION public.mark_changed();

CREATE TRIGGER version BEFORE INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.appointment FOR EACH STATEMENT EXECUTE FUNCTION public.next_version();

CREATE TRIGGER version BEFORE INSERT OR DELETE OR UPDATE ON public.department FOR EACH STATEMENT EXECUTE FUNCTION public.next_version();

CREATE TRIGGER version BEFORE INSERT OR DELETE OR UPDATE ON public.officer FOR EACH STATEMENT EXECUTE FUNCTION public.next_version();

CREATE TRIGGER version BEFORE INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.published_item FOR EACH STATEMENT EXECUTE FUNCTION public.next_catalogue();

CREATE TRIGGER version BEFORE INSERT OR DELETE OR UPDATE ON public.registered_system FOR EACH STATEMENT EXECUTE FUNCTION public.next_version();

CREATE TRIGGER version BEFORE INSERT OR DELETE OR UPDATE ON public.scenario FOR EACH STATEMENT EXECUTE FUNCTION public.next_version();

CREATE TRIGGER version BEFORE INSERT OR DELETE OR UPDATE ON public.share_grant FOR EACH STATEMENT EXECUTE FUNCTION public.next_version();

CREATE TRIGGER version_truncate BEFORE TRUNCATE ON public.share_grant FOR EACH STATEMENT EXECUTE FUNCTION public.next_version();

ALTER TABLE ONLY evidence.delivery
    ADD CONSTRAINT delivery_subscription_fkey FOREIGN KEY (subscription) REFERENCES evidence.subscription(number);

ALTER TABLE ONLY evidence.head
    ADD CONSTRAINT head_writer_fkey FOREIGN KEY (writer) REFERENCES evidence.chain(writer);

ALTER TABLE ONLY evidence.item_use
    ADD CONSTRAINT item_use_items_fkey FOREIGN KEY (items) REFERENCES evidence.item_set(id);

ALTER TABLE ONLY evidence.subscription
    ADD CONSTRAINT subscription_department_fkey FOREIGN KEY (department) REFERENCES public.department(code);

ALTER TABLE ONLY public.application_event
    ADD CONSTRAINT application_event_application_fkey FOREIGN KEY (application) REFERENCES public.share_application(id);

ALTER TABLE ONLY public.application_event
    ADD CONSTRAINT application_event_track_fkey FOREIGN KEY (track) REFERENCES public.application_track(id);

ALTER TABLE ONLY public.application_track
    ADD CONSTRAINT application_track_application_fkey FOREIGN KEY (application) REFERENCES public.share_application(id);

ALTER TABLE ONLY public.application_track
    ADD CONSTRAINT application_track_department_fkey FOREIGN KEY (department) REFERENCES public.department(code);

ALTER TABLE ONLY public.application_track
    ADD CONSTRAINT application_track_grant_id_fkey FOREIGN KEY (grant_id) REFERENCES public.share_grant(id);

ALTER TABLE ONLY public.application_track
    ADD CONSTRAINT application_track_provider_fkey FOREIGN KEY (provider) REFERENCES public.department(code);

ALTER TABLE ONLY public.appointment
    ADD CONSTRAINT appointment_department_fkey FOREIGN KEY (department) REFERENCES public.department(code);

ALTER TABLE ONLY public.appointment
    ADD CONSTRAINT appointment_officer_fkey FOREIGN KEY (officer) REFERENCES public.officer(subject);

ALTER TABLE ONLY public.catalogue_maintenance
    ADD CONSTRAINT catalogue_maintenance_department_fkey FOREIGN KEY (department) REFERENCES public.department(code);

ALTER TABLE ONLY public.catalogue_resource
    ADD CONSTRAINT catalogue_resource_duty_fkey FOREIGN KEY (duty) REFERENCES public.duty(id);

ALTER TABLE ONLY public.catalogue_resource
    ADD CONSTRAINT catalogue_resource_provider_fkey FOREIGN KEY (provider) REFERENCES public.department(code);

ALTER TABLE ONLY public.catalogue_task
    ADD CONSTRAINT catalogue_task_department_fkey FOREIGN KEY (department) REFERENCES public.department(code);

ALTER TABLE ONLY public.department
    ADD CONSTRAINT department_parent_fkey FOREIGN KEY (parent) REFERENCES public.department(code);

ALTER TABLE ONLY public.duty
    ADD CONSTRAINT duty_department_fkey FOREIGN KEY (department) REFERENCES public.department(code);

ALTER TABLE ONLY public.list_entry
    ADD CONSTRAINT list_entry_version_fkey FOREIGN KEY (version) REFERENCES public.list_version(number);

ALTER TABLE ONLY public.notice
    ADD CONSTRAINT notice_department_fkey FOREIGN KEY (department) REFERENCES public.department(code);

ALTER TABLE ONLY public.notice_read
    ADD CONSTRAINT notice_read_notice_fkey FOREIGN KEY (notice) REFERENCES public.notice(number);

ALTER TABLE ONLY public.officer
    ADD CONSTRAINT officer_department_fkey FOREIGN KEY (department) REFERENCES public.department(code);

ALTER TABLE ONLY public.registered_system
    ADD CONSTRAINT registered_system_department_fkey FOREIGN KEY (department) REFERENCES public.department(code);

ALTER TABLE ONLY public.scenario
    ADD CONSTRAINT scenario_department_fkey FOREIGN KEY (department) REFERENCES public.department(code);

ALTER TABLE ONLY public.share_application
    ADD CONSTRAINT share_application_department_fkey FOREIGN KEY (department) REFERENCES public.department(code);

ALTER TABLE ONLY public.share_application
    ADD CONSTRAINT share_application_renews_fkey FOREIGN KEY (renews) REFERENCES public.share_grant(id);

ALTER TABLE ONLY public.share_grant
    ADD CONSTRAINT share_grant_application_fkey FOREIGN KEY (application) REFERENCES public.share_application(id);

ALTER TABLE ONLY public.share_grant
    ADD CONSTRAINT share_grant_department_fkey FOREIGN KEY (department) REFERENCES public.department(code);

ALTER TABLE ONLY public.share_grant
    ADD CONSTRAINT share_grant_department_scenario_fkey FOREIGN KEY (department, scenario) REFERENCES public.scenario(department, code);

ALTER TABLE ONLY public.share_grant
    ADD CONSTRAINT share_grant_duty_fkey FOREIGN KEY (duty) REFERENCES public.duty(id);

ALTER TABLE ONLY public.use_seal
    ADD CONSTRAINT use_seal_department_fkey FOREIGN KEY (department) REFERENCES public.department(code);

