import { Migration } from '@mikro-orm/migrations';

/** Answers of verification that a grant allows beyond one outcome for all claims together. */
export class VerificationDetails extends Migration {
  override up(): void {
    this.addSql(`
      alter table share_grant add column verification_details jsonb
        check (verification_details is null or mode = 'VERIFY' and jsonb_array_length(verification_details) > 0)`);
  }
}
