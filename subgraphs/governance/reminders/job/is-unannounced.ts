import { expressionBuilder, type Expression, type SqlBool } from 'kysely';
import type { DeadlineContext } from '../../core/index.js';
import type { ReminderTables } from '../tables.js';

/** Condition for the query of a deadline source. */
export const isUnannounced: DeadlineContext['isUnannounced'] = (subject, due, stage): Expression<SqlBool> => {
  const eb = expressionBuilder<ReminderTables>();
  return eb.not(
    eb.exists(
      eb
        .selectFrom('job_done')
        .select('job_done.subject')
        .where('job_done.subject', '=', subject)
        .where('job_done.due', '=', due)
        .where('job_done.stage', '=', stage),
    ),
  );
};
