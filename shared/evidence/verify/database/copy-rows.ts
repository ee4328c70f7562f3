import { escapeIdentifier, type ClientBase } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { ROW_COLUMNS } from './copied-row.js';

/** The rows of a partition for `CopiedRow`, in the order of their positions, which is that of its index.
 *  @param partition  its name in the schema `evidence` */
export const copyRows = (client: ClientBase, partition: string): AsyncIterable<Buffer> =>
  client.query(
    copyTo(
      `copy (select ${ROW_COLUMNS.join(', ')} from evidence.${escapeIdentifier(partition)}
              order by month, position) to stdout (format binary)`,
    ),
  );
