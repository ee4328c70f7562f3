import { Migration } from '@mikro-orm/migrations';
import { PUSH_SCHEMA } from '../delivery/push-schema.js';

/** What is pushed to providers, and how far. */
export class EvidencePush extends Migration {
  override up(): void {
    for (const statement of PUSH_SCHEMA) this.addSql(statement);
  }
}
