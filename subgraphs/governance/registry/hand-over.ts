import type { HandOver } from '../core/index.js';
import { registryTables } from './tables.js';

/** Hands over the versions of subgraphs that are in force or on their way to it, of departments that end. Earlier ones keep the
 *  department that submitted them. */
export async function handOverVersions({ database, moves, moved }: HandOver): Promise<void> {
  for (const [from, to] of moves.ended) {
    const versions = await registryTables(database)
      .updateTable('subgraph_version')
      .set({ department: to })
      .where('department', '=', from)
      .where('state', 'in', ['PENDING', 'CHECKED', 'PUBLISHED'])
      .returning('id')
      .execute();
    for (const { id } of versions) moved('VERSION', `subgraph-version/${id}`, from, to);
  }
}
