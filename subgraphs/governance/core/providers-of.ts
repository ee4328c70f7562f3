import { NEWEST_GRAPH, type Query } from '../../../shared/evidence/store/index.js';
import { recorded } from './audit-log/recorded.js';

/** Departments that provide items, by the newest graph; none for what is in no graph.
 *  @throws HubError EVIDENCE_UNAVAILABLE */
export async function providersOf(query: Query, coordinates: readonly string[]): Promise<string[]> {
  const rows = await recorded(() =>
    query(
      `select distinct provider from evidence.graph_item
      where graph = ${NEWEST_GRAPH}
        and coordinate = any($1::text[]) and provider <> ''
      order by provider`,
      [coordinates],
    ),
  );
  return rows.map(({ provider }) => String(provider));
}
