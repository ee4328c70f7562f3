import { Migration } from '@mikro-orm/migrations';

/** Consents that a schema proposes (`@derivable`): no person has proposed them, and they are withdrawn when it does so no more. */
export class ConsentProposals extends Migration {
  override up(): void {
    this.addSql(
      'alter table owner_consent alter column proposed_by drop not null, add column withdrawn_at timestamptz',
    );
  }
}
