import { Migration } from '@mikro-orm/migrations';
import { EVIDENCE_SCHEMA } from '../../../shared/evidence/store/schema.js';

/** The records of every use and every act; written by what `shared/evidence/store` declares. */
export class Evidence extends Migration {
  override up(): void {
    for (const statement of EVIDENCE_SCHEMA) this.addSql(statement);
  }
}
