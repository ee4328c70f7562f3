import { Migration } from '@mikro-orm/migrations';

/** Hosted tables that are filled from a source by a schedule. What is pulled follows from published declarations. */
export class Pulls extends Migration {
  override up(): void {
    this.addSql(`
      create table pull (
        id text primary key,
        subgraph text not null,
        type text not null,
        department text not null references department,
        source text not null,
        every text not null,
        definition text not null,
        next_at timestamptz not null,
        load text,
        pending double precision,
        watermark double precision,
        tried_at timestamptz,
        checked_at timestamptz,
        loaded_at timestamptz,
        failures int not null default 0,
        fault_code text,
        fault_detail text,
        told_code text
      )`);
    this.addSql('create index on pull (department, id)');
  }
}
