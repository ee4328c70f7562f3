import type { Release } from '../releases/release.js';
import type { ShareIndex } from '../share-index.js';
import { currentProvider, interfaceCode, typeAt, type Successions } from './succession.js';

/** Finds the department that provides something now.
 *  @param at        coordinate or type
 *  @param subgraph  the subgraph that gives it
 *  @param provider  the department as the graph has it */
type FindProvider = (at: string, subgraph: string, provider: string) => string;

/** The items and resources of a graph as the register has them now, where a reform came after the graph was made: until it is
 *  made anew, they are given as if it had been. @returns the same index where nothing has moved */
export function succeedIndex(index: ShareIndex, successions: Successions): ShareIndex {
  if (successions.length === 0) return index;
  const now = providerFinder(index, successions);
  return {
    ...index,
    items: index.items.map((item) => ({
      ...item,
      provider: now(item.coordinate, item.source, item.provider),
      ...(item.owner !== undefined && { owner: now(item.coordinate, item.source, item.owner) }),
    })),
    resources: index.resources.map((each) => ({
      ...each,
      provider: currentProvider(each.provider, each.code, successions),
      stated: each.stated ?? each.provider,
    })),
    ...(index.namedProviders && {
      namedProviders: new Map(
        [...index.namedProviders].map(([subgraph, names]) => {
          const heirs = successions.filter(({ from }) => names.has(from)).map(({ to }) => to);
          return [subgraph, new Set([...names, ...heirs])];
        }),
      ),
    }),
  };
}

/** The parties of a release as the register has them now. */
export function releaseSuccession(index: ShareIndex, successions: Successions): (release: Release) => Release {
  if (successions.length === 0) return (release) => release;
  const now = providerFinder(index, successions);
  return (release) => {
    const { item, owner, receiverSubgraph, receiverDepartments, forCoordinate } = release;
    const source =
      index.byCoordinate.get(item)?.source ?? index.resources.find(({ type }) => type === typeAt(item))?.subgraph ?? '';
    return {
      ...release,
      owner: now(item, source, owner),
      receiverDepartments: [...new Set(receiverDepartments.map((each) => now(forCoordinate, receiverSubgraph, each)))],
    };
  };
}

function providerFinder({ resources }: Pick<ShareIndex, 'resources'>, successions: Successions): FindProvider {
  const left = new Set(successions.map(({ from }) => from));
  const codes = new Map(resources.map(({ subgraph, type, code }) => [`${subgraph} ${type}`, code]));
  return (at, subgraph, provider) =>
    left.has(provider)
      ? currentProvider(
          provider,
          codes.get(`${subgraph} ${typeAt(at)}`) ?? interfaceCode(subgraph, provider),
          successions,
        )
      : provider;
}
