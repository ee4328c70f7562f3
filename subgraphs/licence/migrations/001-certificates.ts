import { Migration } from '@mikro-orm/migrations';

export class Certificates extends Migration {
  override up(): void {
    this.addSql(`
      create table certificate (
        certificate_number text primary key,
        kind text not null,
        issuer text not null,
        issued_on date not null,
        valid_until date,
        status text not null,
        division_code text not null,
        holder_kind text not null,
        holder_identifier text not null,
        holder_name text,
        seal_serial text
      )`);
    this.addSql('create index on certificate (division_code, certificate_number)');
    this.addSql('create index on certificate (kind, certificate_number)');
    this.addSql('create index on certificate (holder_identifier, certificate_number)');
  }
}
