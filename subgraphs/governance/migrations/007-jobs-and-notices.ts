import { Migration } from '@mikro-orm/migrations';
import { JOB_SCHEMA } from '../job/job-schema.js';
import { NOTICE_SCHEMA } from '../notice/notice-schema.js';

/** What was told when its time had come, and the inboxes. */
export class JobsAndNotices extends Migration {
  override up(): void {
    for (const statement of [...JOB_SCHEMA, ...NOTICE_SCHEMA]) this.addSql(statement);
  }
}
