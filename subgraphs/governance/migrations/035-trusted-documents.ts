import { Migration } from '@mikro-orm/migrations';

/** Operations that are registered for a system, by hash, and whether it may run nothing else. */
export class TrustedDocuments extends Migration {
  override up(): void {
    this.addSql(`
      alter table registered_system
        add column trusted_documents jsonb not null default '[]',
        add column trusted_documents_only boolean not null default false`);
  }
}
