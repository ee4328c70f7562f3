import { itemIdentity } from '../../../shared/share/item-identity.js';
import { firstProvider } from '../../../shared/share/succession/succession.js';
import { findPublishedItemSources } from '../catalogue/index.js';
import type { Database } from '../core/index.js';
import { readSuccessions } from '../register/index.js';

/** Identities of items as they are published now, by coordinate. A grant is good for no other. */
export async function findItemIdentities(
  database: Database,
  coordinates: readonly string[],
): Promise<Record<string, string>> {
  const items = await findPublishedItemSources(database, coordinates);
  const successions = await readSuccessions(database);
  return Object.fromEntries(
    items.map(({ coordinate, kind, provider, subgraph, code, type, name }) => {
      const isData = kind === 'DATA';
      const home = isData ? firstProvider(provider, code, successions) : (subgraph ?? '');
      return [coordinate, itemIdentity({ home, resource: isData ? code : '', type, title: name })];
    }),
  );
}
