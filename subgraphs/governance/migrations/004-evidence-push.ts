import { Migration } from '@mikro-orm/migrations';

/** What is pushed to providers, and how far. */
export class EvidencePush extends Migration {
  override up(): void {
    // What the operator's settings allow, as the worker that holds them states it: which origins a webhook may have,
    // whether files may be written, and the key under which secrets are enveloped for the worker.
    this.addSql(`create table evidence.push_offer (
     one boolean primary key default true check (one),
     origins text[] not null,
     files boolean not null,
     key jsonb not null,
     stated_at timestamptz not null default now()
   )`);
    this.addSql(`create table evidence.subscription (
     number int primary key generated always as identity,
     id text not null unique generated always as ('U-' || lpad(number::text, greatest(6, length(number::text)), '0')) stored,
     department text not null references department,
     kind text not null check (kind in ('webhook', 'file')),
     target text not null,
     -- A webhook's signing secret, enveloped for the worker.
     secret text,
     -- All records up to it have been looked at; those up to delivered_to have been delivered.
     position bigint not null,
     delivered_to bigint not null,
     -- What is being delivered: fixed before it is sent, so that whoever sends it again sends the same.
     pending_from bigint,
     pending_to bigint,
     pending_id text,
     state text not null default 'active' check (state in ('active', 'paused', 'failing', 'disabled')),
     reason text,
     since timestamptz not null default now(),
     failures int not null default 0,
     retry_at timestamptz,
     created_by text not null,
     created_at timestamptz not null default now(),
     ended_at timestamptz,
     check ((pending_id is null) = (pending_from is null) and (pending_id is null) = (pending_to is null)),
     check (delivered_to <= position and position < coalesce(pending_to, position + 1))
   )`);
    this.addSql(`create index on evidence.subscription (department) where ended_at is null`);
    // One folder takes the files of one subscription.
    this.addSql(`create unique index subscription_folder on evidence.subscription (department, target)
     where kind = 'file' and ended_at is null`);
    this.addSql(`create table evidence.delivery (
     number bigint primary key generated always as identity,
     subscription int not null references evidence.subscription,
     at timestamptz not null,
     id text not null,
     from_position bigint not null,
     to_position bigint not null,
     records int not null,
     status int,
     milliseconds int not null,
     error text
   )`);
    this.addSql(`create index on evidence.delivery (subscription, number desc)`);
  }
}
