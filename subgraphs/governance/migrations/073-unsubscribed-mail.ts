import { Migration } from '@mikro-orm/migrations';

/** Mail that was unsubscribed by the link in it: noted by the hub, ended by the worker. */
export class UnsubscribedMail extends Migration {
  override up(): void {
    this.addSql(`
      create table message_unsubscription (
        channel text primary key references message_channel (id),
        at timestamptz not null default now(),
        ended_at timestamptz
      )`);
    this.addSql('create index on message_unsubscription (at) where ended_at is null');
  }
}
