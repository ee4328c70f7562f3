CREATE TABLE public.certificate (
    certificate_number text NOT NULL,
    kind text NOT NULL,
    issuer text NOT NULL,
    issued_on date NOT NULL,
    valid_until date,
    status text NOT NULL,
    division_code text NOT NULL,
    holder_kind text NOT NULL,
    holder_identifier text NOT NULL,
    holder_name text,
    seal_serial text
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

INSERT INTO public.mikro_orm_migrations VALUES (1, '001-certificates', '2026-11-27 05:46:41.412769+00');

SELECT pg_catalog.setval('public.mikro_orm_migrations_id_seq', 1, true);

ALTER TABLE ONLY public.certificate
    ADD CONSTRAINT certificate_pkey PRIMARY KEY (certificate_number);

ALTER TABLE ONLY public.mikro_orm_migrations
    ADD CONSTRAINT mikro_orm_migrations_pkey PRIMARY KEY (id);

CREATE INDEX certificate_division_code_certificate_number_idx ON public.certificate USING btree (division_code, certificate_number);

CREATE INDEX certificate_holder_identifier_certificate_number_idx ON public.certificate USING btree (holder_identifier, certificate_number);

CREATE INDEX certificate_kind_certificate_number_idx ON public.certificate USING btree (kind, certificate_number);

