import { Migration } from '@mikro-orm/migrations';

export class Organisations extends Migration {
  override up(): void {
    this.addSql(`
      create table enterprise (
        credit_code text primary key,
        licence_number text not null unique,
        name text not null,
        division_code text not null,
        address text not null,
        representative_id_number text not null,
        established_on date not null,
        status text not null,
        registered_capital double precision not null,
        phone text,
        annual_revenue double precision,
        bank_account text
      )`);
    this.addSql('create index on enterprise (division_code, credit_code)');
    this.addSql('create index on enterprise (name, credit_code)');
    this.addSql('create index on enterprise (status, credit_code)');
    this.addSql('create index on enterprise (representative_id_number, credit_code)');
    this.addSql(`
      create table institution (
        credit_code text primary key,
        name text not null,
        purpose text not null,
        division_code text not null,
        representative_id_number text not null,
        phone text,
        staffing int
      )`);
    this.addSql('create index on institution (division_code, credit_code)');
    this.addSql('create index on institution (name, credit_code)');
  }
}
