CREATE TABLE public.enterprise (
    credit_code text NOT NULL,
    licence_number text NOT NULL,
    name text NOT NULL,
    division_code text NOT NULL,
    address text NOT NULL,
    representative_id_number text NOT NULL,
    established_on date NOT NULL,
    status text NOT NULL,
    registered_capital double precision NOT NULL,
    phone text,
    annual_revenue double precision,
    bank_account text
);

CREATE TABLE public.institution (
    credit_code text NOT NULL,
    name text NOT NULL,
    purpose text NOT NULL,
    division_code text NOT NULL,
    representative_id_number text NOT NULL,
    phone text,
    staffing integer
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

ALTER TABLE ONLY public.mikro_orm_migrations ALTER COLUMN id SET DEFAULT nextval('public.mikro_orm_migrations_id_seq'::regclass);

INSERT INTO public.mikro_orm_migrations VALUES (1, '001-organisations', '2026-11-27 05:46:41.00887+00');

SELECT pg_catalog.setval('public.mikro_orm_migrations_id_seq', 1, true);

ALTER TABLE ONLY public.enterprise
    ADD CONSTRAINT enterprise_licence_number_key UNIQUE (licence_number);

ALTER TABLE ONLY public.enterprise
    ADD CONSTRAINT enterprise_pkey PRIMARY KEY (credit_code);

ALTER TABLE ONLY public.institution
    ADD CONSTRAINT institution_pkey PRIMARY KEY (credit_code);

ALTER TABLE ONLY public.mikro_orm_migrations
    ADD CONSTRAINT mikro_orm_migrations_pkey PRIMARY KEY (id);

CREATE INDEX enterprise_division_code_credit_code_idx ON public.enterprise USING btree (division_code, credit_code);

CREATE INDEX enterprise_name_credit_code_idx ON public.enterprise USING btree (name, credit_code);

CREATE INDEX enterprise_representative_id_number_credit_code_idx ON public.enterprise USING btree (representative_id_number, credit_code);

CREATE INDEX enterprise_status_credit_code_idx ON public.enterprise USING btree (status, credit_code);

CREATE INDEX institution_division_code_credit_code_idx ON public.institution USING btree (division_code, credit_code);

CREATE INDEX institution_name_credit_code_idx ON public.institution USING btree (name, credit_code);

