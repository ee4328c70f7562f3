import { Migration } from '@mikro-orm/migrations';
import { LIST_SCHEMA } from '../list/list-schema.js';

/** The lists as they were published, and those of a higher level. */
export class Lists extends Migration {
  override up(): void {
    for (const statement of LIST_SCHEMA) this.addSql(statement);
  }
}
