import { Migration } from '@mikro-orm/migrations';

/** Addresses at which services' access tokens are asked for by client credentials. */
export class SourceTokens extends Migration {
  override up(): void {
    this.addSql('alter table data_source add column token_address text, add column token_scope text');
    this.addSql(`
      create or replace function keep_data_source() returns trigger language plpgsql as $$
      begin
        if (new.id, new.department, new.name, new.kind, new.address, new.database_name, new.account, new.tls,
            new.ca_certificate, new.token_address, new.token_scope, new.submitted_by)
           is distinct from
           (old.id, old.department, old.name, old.kind, old.address, old.database_name, old.account, old.tls,
            old.ca_certificate, old.token_address, old.token_scope, old.submitted_by) then
          raise exception 'a source is changed by another one that replaces it';
        end if;
        return new;
      end $$`);
  }
}
