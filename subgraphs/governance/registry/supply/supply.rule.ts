import type { SourceKind } from '../../../../shared/declaration/index.js';

/** How a resource reaches the hub. */
export type SupplyMode = 'HOSTED' | 'DATABASE' | 'SERVICE' | 'SUBGRAPH' | 'NONE';

/** What a published version of a subgraph serves: the kind of source of each type that the hub serves from a declaration, or the types
 *  of one that its department runs. */
export interface ServedTypes {
  readonly kinds?: ReadonlyMap<string, SourceKind>;
  readonly types?: ReadonlySet<string>;
}

const MODES: Readonly<Record<SourceKind, SupplyMode>> = { hosted: 'HOSTED', database: 'DATABASE', service: 'SERVICE' };

/** Says how a resource with a published entry is supplied: kept by the hub, read from a database or through an interface, or by a
 *  subgraph of its department's; or that it is a gap, for its entry stands for no type that is served.
 *  @param listed  subgraphs on the operator's list, whose entries come from their schemas
 *  @source CZ-4h, CZ-9.1b, HZ-7.2a, JL-19a, JL-19b, QZ-2.3c, YN-15a */
export function supplyOf(
  { subgraph, typeName }: { readonly subgraph: string | null; readonly typeName: string | null },
  listed: ReadonlySet<string>,
  published: ReadonlyMap<string, ServedTypes>,
): SupplyMode {
  if (subgraph === null || typeName === null) return 'NONE';
  if (listed.has(subgraph)) return 'SUBGRAPH';
  const served = published.get(subgraph);
  const kind = served?.kinds?.get(typeName);
  if (kind) return MODES[kind];
  return served?.types?.has(typeName) ? 'SUBGRAPH' : 'NONE';
}
