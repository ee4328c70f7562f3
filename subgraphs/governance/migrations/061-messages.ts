import { Migration } from '@mikro-orm/migrations';

/** Messages beyond the hub: the choices of persons and departments, and the outbox; and notices in English too. */
export class Messages extends Migration {
  override up(): void {
    this.addSql('alter table notice add text_en text');
    this.addSql(`
      create table message_channel (
        number bigint primary key generated always as identity,
        id text not null unique generated always as ('M-' || lpad(number::text, greatest(6, length(number::text)), '0')) stored,
        department text not null references department,
        -- Whose mail it is; null for the robot of a department.
        officer text,
        kind text not null check (kind in ('MAIL', 'DINGTALK', 'WECOM', 'ZHEZHENGDING')),
        name text,
        -- Of a robot only its origin; the address itself is a secret.
        address text not null,
        sealed text,
        kinds text[] not null,
        timing text not null check (timing in ('AT_ONCE', 'DAILY')),
        language text not null check (language in ('zh', 'en')),
        state text not null check (state in ('UNCONFIRMED', 'ACTIVE', 'STOPPED', 'ENDED')),
        -- Hash of the code that shows that a mail address is the officer's own.
        code text,
        code_until timestamptz,
        code_tries int not null default 0,
        failure text,
        failures int not null default 0,
        next_at timestamptz not null,
        lease_until timestamptz,
        sent_at timestamptz,
        added_at timestamptz not null,
        added_by text not null,
        check ((kind = 'MAIL') = (officer is not null))
      )`);
    this.addSql(`create unique index on message_channel (officer) where state <> 'ENDED'`);
    this.addSql(`create index on message_channel (department) where state <> 'ENDED'`);
    this.addSql(`
      create table message (
        number bigint primary key generated always as identity,
        channel bigint not null references message_channel,
        kind text not null check (kind in ('NOTICE', 'CODE', 'TRIAL')),
        notice bigint references notice,
        -- The code of a message that carries one.
        sealed text,
        -- Messages that are sent as one, under this id.
        batch text,
        state text not null check (state in ('WAITING', 'SENT', 'GIVEN_UP', 'DROPPED')),
        at timestamptz not null,
        settled_at timestamptz,
        check ((kind = 'NOTICE') = (notice is not null)),
        unique (channel, notice)
      )`);
    this.addSql(`create index on message (channel, number) where state = 'WAITING'`);
    this.addSql(`create index on message (settled_at) where state <> 'WAITING'`);
    this.addSql(
      `create table message_cursor (one boolean primary key default true check (one), number bigint not null)`,
    );
    // What was told before there were messages is sent to nobody.
    this.addSql(`insert into message_cursor (number) select coalesce(max(number), 0) from notice`);
  }
}
