CREATE TABLE public.living_allowance (
    case_number text NOT NULL,
    recipient_id_number text NOT NULL,
    status text NOT NULL,
    division_code text NOT NULL,
    since date NOT NULL,
    monthly_amount integer,
    hardship text
);

CREATE TABLE public.medical_insurance (
    card_number text NOT NULL,
    insured_id_number text NOT NULL,
    scheme text NOT NULL,
    status text NOT NULL,
    division_code text NOT NULL,
    account_balance integer,
    chronic_disease boolean
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

CREATE TABLE public.pension_insurance (
    insurance_number text NOT NULL,
    insured_id_number text NOT NULL,
    status text NOT NULL,
    division_code text NOT NULL,
    insured_since date,
    months_paid integer,
    employer_code text,
    account_balance integer
);

ALTER TABLE ONLY public.mikro_orm_migrations ALTER COLUMN id SET DEFAULT nextval('public.mikro_orm_migrations_id_seq'::regclass);

INSERT INTO public.mikro_orm_migrations VALUES (1, '001-insurances', '2026-11-27 05:46:41.996711+00');

SELECT pg_catalog.setval('public.mikro_orm_migrations_id_seq', 1, true);

ALTER TABLE ONLY public.living_allowance
    ADD CONSTRAINT living_allowance_pkey PRIMARY KEY (case_number);

ALTER TABLE ONLY public.living_allowance
    ADD CONSTRAINT living_allowance_recipient_id_number_key UNIQUE (recipient_id_number);

ALTER TABLE ONLY public.medical_insurance
    ADD CONSTRAINT medical_insurance_insured_id_number_key UNIQUE (insured_id_number);

ALTER TABLE ONLY public.medical_insurance
    ADD CONSTRAINT medical_insurance_pkey PRIMARY KEY (card_number);

ALTER TABLE ONLY public.mikro_orm_migrations
    ADD CONSTRAINT mikro_orm_migrations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.pension_insurance
    ADD CONSTRAINT pension_insurance_insured_id_number_key UNIQUE (insured_id_number);

ALTER TABLE ONLY public.pension_insurance
    ADD CONSTRAINT pension_insurance_pkey PRIMARY KEY (insurance_number);

CREATE INDEX living_allowance_division_code_case_number_idx ON public.living_allowance USING btree (division_code, case_number);

CREATE INDEX medical_insurance_division_code_card_number_idx ON public.medical_insurance USING btree (division_code, card_number);

CREATE INDEX pension_insurance_division_code_insurance_number_idx ON public.pension_insurance USING btree (division_code, insurance_number);

CREATE INDEX pension_insurance_employer_code_insurance_number_idx ON public.pension_insurance USING btree (employer_code, insurance_number);

CREATE INDEX pension_insurance_status_insurance_number_idx ON public.pension_insurance USING btree (status, insurance_number);

