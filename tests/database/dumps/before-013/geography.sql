CREATE TABLE public.division (
    code text NOT NULL,
    name text NOT NULL,
    level text NOT NULL,
    full_name text NOT NULL,
    parent_code text
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

CREATE TABLE public.parcel (
    parcel_number text NOT NULL,
    division_code text NOT NULL,
    land_use text NOT NULL,
    area integer NOT NULL,
    location text NOT NULL,
    boundary text,
    holder_code text,
    assessed_value double precision
);

CREATE TABLE public.place (
    place_code text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    division_code text NOT NULL,
    longitude double precision,
    latitude double precision
);

ALTER TABLE ONLY public.mikro_orm_migrations ALTER COLUMN id SET DEFAULT nextval('public.mikro_orm_migrations_id_seq'::regclass);

INSERT INTO public.mikro_orm_migrations VALUES (1, '001-geography', '2026-11-27 05:46:39.234154+00');

SELECT pg_catalog.setval('public.mikro_orm_migrations_id_seq', 1, true);

ALTER TABLE ONLY public.division
    ADD CONSTRAINT division_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.mikro_orm_migrations
    ADD CONSTRAINT mikro_orm_migrations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.parcel
    ADD CONSTRAINT parcel_pkey PRIMARY KEY (parcel_number);

ALTER TABLE ONLY public.place
    ADD CONSTRAINT place_pkey PRIMARY KEY (place_code);

CREATE INDEX division_level_code_idx ON public.division USING btree (level, code);

CREATE INDEX division_name_code_idx ON public.division USING btree (name, code);

CREATE INDEX division_parent_code_code_idx ON public.division USING btree (parent_code, code);

CREATE INDEX parcel_division_code_parcel_number_idx ON public.parcel USING btree (division_code, parcel_number);

CREATE INDEX parcel_holder_code_parcel_number_idx ON public.parcel USING btree (holder_code, parcel_number);

CREATE INDEX parcel_land_use_parcel_number_idx ON public.parcel USING btree (land_use, parcel_number);

CREATE INDEX place_division_code_place_code_idx ON public.place USING btree (division_code, place_code);

CREATE INDEX place_kind_place_code_idx ON public.place USING btree (kind, place_code);

CREATE INDEX place_name_place_code_idx ON public.place USING btree (name, place_code);

