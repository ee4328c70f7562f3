import { Migration } from '@mikro-orm/migrations';

/** For which departments each subgraph may publish, and what the owners of items have consented to. The gateway reads both
 *  again only when one of them has changed. */
export class PublishersAndConsents extends Migration {
  override up(): void {
    this.addSql(`
      create table subgraph_publisher (
        id text primary key,
        subgraph text not null,
        department text not null references department,
        given_at timestamptz not null,
        given_by text,
        reason text,
        basis jsonb not null default '[]',
        withdrawn_at timestamptz,
        withdrawn_by text,
        withdrawal text
      )`);
    this.addSql('create unique index on subgraph_publisher (subgraph, department) where withdrawn_at is null');
    this.addSql('create index on subgraph_publisher (department, id)');
    this.addSql('create sequence subgraph_publisher_number');
    this.addSql(`
      create table owner_consent (
        id text primary key,
        item text not null,
        identity text,
        owner text not null references department,
        receiver text not null references department check (receiver <> owner),
        receiver_subgraph text not null,
        use text not null check (use in
          ('KEY', 'REQUIRES', 'ARGUMENT', 'OVERRIDE', 'SHAREABLE', 'PROVIDES', 'ROOT_FIELD', 'TYPE')),
        coordinate text not null,
        purpose text not null,
        until_at timestamptz not null,
        proposed_at timestamptz not null,
        proposed_by text not null,
        proposing_department text not null references department,
        first_at timestamptz,
        first_by text,
        second_at timestamptz,
        second_by text check (second_by <> first_by and second_by <> proposed_by and first_by <> proposed_by),
        refused_at timestamptz,
        refused_by text,
        refusal text,
        revoked_at timestamptz,
        revoked_by text,
        revocation text
      )`);
    this.addSql('create index on owner_consent (owner, id)');
    this.addSql('create index on owner_consent (receiver, id)');
    this.addSql('create sequence owner_consent_number');

    this.addSql('alter table read_model add column releases bigint not null default 1');
    this.addSql(`
      create function next_releases() returns trigger language plpgsql as $$
      declare next bigint;
      begin
        update read_model set version = version + 1, releases = version + 1 returning version into next;
        perform pg_notify('sharehub_governance', next::text);
        return null;
      end $$`);
    for (const table of ['subgraph_publisher', 'owner_consent'])
      this.addSql(`
        create trigger version before insert or update or delete or truncate on ${table}
        for each statement execute function next_releases()`);

    // Databases that have a reviewed catalogue go on with the publishers that it names.
    this.addSql(`
      insert into subgraph_publisher (id, subgraph, department, given_at, reason)
      select 'P-' || lpad(nextval('subgraph_publisher_number')::text, 6, '0'), subgraph, provider, now(), '目录已登记'
        from (select distinct subgraph, provider from catalogue_resource
               where subgraph is not null and state in ('PUBLISHED', 'SUSPENDED') and superseded_at is null
               order by subgraph, provider) as known`);
  }
}
