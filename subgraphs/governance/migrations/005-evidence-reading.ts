import { Migration } from '@mikro-orm/migrations';

/** What reading evidence needs beyond what writing it does. Counts by day are updated far more often than added, so their
 *  indexes cost little; the one on systems is written with every record. */
export class EvidenceReading extends Migration {
  override up(): void {
    this.addSql('create index on evidence.record (system, at desc, position desc) where system is not null');
    this.addSql('create index on evidence.daily (department, day)');
    this.addSql('create index on evidence.daily (department, items, day)');
    this.addSql(`create index on evidence.daily (scenario, day) where scenario <> ''`);
    this.addSql(`create index on evidence.daily (outcome, mode, day)`);
    this.addSql(`
      create table use_seal (
        id text primary key,
        department text not null references department,
        scenario text,
        grant_id text,
        from_at timestamptz not null,
        until_at timestamptz not null check (until_at > from_at),
        reason text not null,
        basis jsonb not null,
        lifted_at timestamptz
      )`);
    this.addSql('create index on use_seal (department, until_at) where lifted_at is null');
    this.addSql('create sequence use_seal_number');
  }
}
