import { Migration } from '@mikro-orm/migrations';

export class Insurances extends Migration {
  override up(): void {
    this.addSql(`
      create table pension_insurance (
        insurance_number text primary key,
        insured_id_number text not null unique,
        status text not null,
        division_code text not null,
        insured_since date,
        months_paid int,
        employer_code text,
        account_balance int
      )`);
    this.addSql('create index on pension_insurance (division_code, insurance_number)');
    this.addSql('create index on pension_insurance (status, insurance_number)');
    this.addSql('create index on pension_insurance (employer_code, insurance_number)');
    this.addSql(`
      create table medical_insurance (
        card_number text primary key,
        insured_id_number text not null unique,
        scheme text not null,
        status text not null,
        division_code text not null,
        account_balance int,
        chronic_disease boolean
      )`);
    this.addSql('create index on medical_insurance (division_code, card_number)');
    this.addSql(`
      create table living_allowance (
        case_number text primary key,
        recipient_id_number text not null unique,
        status text not null,
        division_code text not null,
        since date not null,
        monthly_amount int,
        hardship text
      )`);
    this.addSql('create index on living_allowance (division_code, case_number)');
  }
}
