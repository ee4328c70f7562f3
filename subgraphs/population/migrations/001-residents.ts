import { Migration } from '@mikro-orm/migrations';

export class Residents extends Migration {
  override up(): void {
    this.addSql(`
      create table household (
        household_number text primary key,
        division_code text not null,
        size int not null,
        head_id_number text not null,
        address text
      )`);
    this.addSql(`
      create table resident (
        id_number text primary key,
        name text not null,
        sex text not null,
        birth_date date not null,
        division_code text not null,
        phone text,
        registered_address text,
        household_role text,
        household_number text not null,
        annual_income int,
        criminal_record boolean
      )`);
    // Every list is read along one of these: filter or order first, the primary key to break ties.
    this.addSql('create index on resident (division_code, id_number)');
    this.addSql('create index on resident (name, id_number)');
    this.addSql('create index on resident (birth_date, id_number)');
    this.addSql('create index on resident (phone, id_number)');
    this.addSql('create index on resident (household_number, id_number)');
  }
}
