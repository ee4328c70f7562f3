import { type EvidenceTables, listGraphItems, listGraphProviders } from '../../../../shared/evidence/store/index.js';
import { type Database, openTables } from '../../core/index.js';
import { listPublishedCoordinates } from '../publish/published-item.store.js';
import type { CatalogueCoverage } from './catalogue-coverage.js';

/** Most uncatalogued items that are named for one department. */
const MOST_MISSING = 500;

export interface CoverageRequest {
  /** This department alone. */
  readonly provider?: string | undefined;
  /** Code of the department after which the list begins. */
  readonly after: string;
  readonly limit: number;
}

/** Measures which items of the graph in force have a published entry, by the department that serves them. @source QZ-4.1a */
export async function measureCoverage(
  database: Database,
  { provider, after, limit }: CoverageRequest,
): Promise<CatalogueCoverage[]> {
  const graph = openTables<EvidenceTables>(database);
  const providers = provider === undefined ? await listGraphProviders(graph, { after, limit }) : [provider];
  const items = Map.groupBy(await listGraphItems(graph, providers), (item) => item.provider);
  const published = await listPublishedCoordinates(database, providers);
  return providers
    .filter((each) => each > after && items.has(each))
    .map((each) => {
      const served = items.get(each)!;
      const missing = served.filter(({ coordinate }) => !published.get(each)?.has(coordinate));
      return {
        provider: each,
        items: served.length,
        entered: served.length - missing.length,
        missing: missing.slice(0, MOST_MISSING).map(({ coordinate, resource }) => ({ coordinate, resource })),
      };
    });
}
