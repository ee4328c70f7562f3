CREATE TABLE public.household (
    household_number text NOT NULL,
    division_code text NOT NULL,
    size integer NOT NULL,
    head_id_number text NOT NULL,
    address text
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

CREATE TABLE public.resident (
    id_number text NOT NULL,
    name text NOT NULL,
    sex text NOT NULL,
    birth_date date NOT NULL,
    division_code text NOT NULL,
    phone text,
    registered_address text,
    household_role text,
    household_number text NOT NULL,
    annual_income integer,
    criminal_record boolean
);

ALTER TABLE ONLY public.mikro_orm_migrations ALTER COLUMN id SET DEFAULT nextval('public.mikro_orm_migrations_id_seq'::regclass);

INSERT INTO public.mikro_orm_migrations VALUES (1, '001-residents', '2026-11-27 05:46:40.341237+00');

SELECT pg_catalog.setval('public.mikro_orm_migrations_id_seq', 1, true);

ALTER TABLE ONLY public.household
    ADD CONSTRAINT household_pkey PRIMARY KEY (household_number);

ALTER TABLE ONLY public.mikro_orm_migrations
    ADD CONSTRAINT mikro_orm_migrations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.resident
    ADD CONSTRAINT resident_pkey PRIMARY KEY (id_number);

CREATE INDEX resident_birth_date_id_number_idx ON public.resident USING btree (birth_date, id_number);

CREATE INDEX resident_division_code_id_number_idx ON public.resident USING btree (division_code, id_number);

CREATE INDEX resident_household_number_id_number_idx ON public.resident USING btree (household_number, id_number);

CREATE INDEX resident_name_id_number_idx ON public.resident USING btree (name, id_number);

CREATE INDEX resident_phone_id_number_idx ON public.resident USING btree (phone, id_number);

