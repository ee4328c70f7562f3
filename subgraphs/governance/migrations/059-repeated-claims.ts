import { Migration } from '@mikro-orm/migrations';

/** Claims name the run that counted them, and whether they were made again since: a run that comes to nothing takes back its own
 *  alone, whose outcome nobody else has been told. */
export class RepeatedClaims extends Migration {
  override up(): void {
    this.addSql(`
      alter table verification_try
        add column run text,
        add column repeated boolean not null default false`);
  }
}
