import type { GraphItems, GraphRecord } from '../../shared/evidence/index.js';
import type { ShareIndex, ShareItem } from '../../shared/share/share-index.js';
import type { Graph } from '../supergraph/graph.js';

/** Evidence that a graph comes into force: whose items it has. An item that no provider states for itself, such as an
 *  interface's, belongs to the providers of what it shows. */
export function toGraphRecord({ version, shares }: Graph, now: Date, variant?: GraphRecord['variant']): GraphRecord {
  const groups = new Map<string, GraphItems & { readonly coordinates: string[] }>();
  for (const item of shares?.items ?? []) {
    for (const provider of providersOf(item, shares!)) {
      const { coordinate, resource, shareType } = item;
      const key = `${provider}|${resource?.code ?? ''}|${shareType}`;
      let group = groups.get(key);
      if (!group) {
        group = { provider, ...(resource && { resource: resource.code }), shareType, coordinates: [] };
        groups.set(key, group);
      }
      group.coordinates.push(coordinate);
    }
  }
  return {
    kind: 'graph',
    time: now.toISOString(),
    version,
    items: [...groups.values()],
    ...(variant && { variant }),
  };
}

function providersOf({ provider, needs }: ShareItem, { byCoordinate }: ShareIndex): readonly string[] {
  if (provider !== '') return [provider];
  const shown = new Set(needs.map((need) => byCoordinate.get(need)?.provider ?? '').filter((each) => each !== ''));
  return shown.size > 0 ? [...shown] : [''];
}
