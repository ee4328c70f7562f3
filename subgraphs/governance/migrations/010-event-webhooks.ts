import { Migration } from '@mikro-orm/migrations';
import { STREAM_SCHEMA } from '../delivery/push-schema.js';

/** Departments can be told of acts of governance, too. */
export class EventWebhooks extends Migration {
  override up(): void {
    for (const statement of STREAM_SCHEMA) this.addSql(statement);
  }
}
