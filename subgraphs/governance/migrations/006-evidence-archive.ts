import { Migration } from '@mikro-orm/migrations';
import { ARCHIVE_SCHEMA } from '../../../shared/evidence/archive/schema.js';

/** Months of records that were archived, or deleted when their retention was over. */
export class EvidenceArchive extends Migration {
  override up(): void {
    for (const statement of ARCHIVE_SCHEMA) this.addSql(statement);
  }
}
