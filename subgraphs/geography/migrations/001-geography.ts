import { Migration } from '@mikro-orm/migrations';

export class Geography extends Migration {
  override up(): void {
    this.addSql(`
      create table division (
        code text primary key,
        name text not null,
        level text not null,
        full_name text not null,
        parent_code text
      )`);
    this.addSql('create index on division (parent_code, code)');
    this.addSql('create index on division (level, code)');
    this.addSql('create index on division (name, code)');
    this.addSql(`
      create table parcel (
        parcel_number text primary key,
        division_code text not null,
        land_use text not null,
        area int not null,
        location text not null,
        boundary text,
        holder_code text,
        assessed_value double precision
      )`);
    this.addSql('create index on parcel (division_code, parcel_number)');
    this.addSql('create index on parcel (land_use, parcel_number)');
    this.addSql('create index on parcel (holder_code, parcel_number)');
    this.addSql(`
      create table place (
        place_code text primary key,
        name text not null,
        kind text not null,
        division_code text not null,
        longitude double precision,
        latitude double precision
      )`);
    this.addSql('create index on place (division_code, place_code)');
    this.addSql('create index on place (kind, place_code)');
    this.addSql('create index on place (name, place_code)');
  }
}
