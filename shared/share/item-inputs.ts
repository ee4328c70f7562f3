import { stricter, type Coordinate, type ShareType } from '../kernel/index.js';
import type { ItemDrafts } from './item-drafts.js';
import type { FieldStatement, InputStatement, ShareStatement, SubgraphShares } from './statements.js';

/** An item that is no output field: an argument, an input field or an enum value with a share type of its own. */
export interface InputItem {
  readonly shareType: ShareType;
  readonly provider: string;
  /** Department whose own it is; absent where several state it. */
  readonly owner?: string;
  readonly subgraph: string;
  readonly basis: readonly string[];
  readonly condition?: string;
}
export type Filters = Readonly<Record<string, readonly Coordinate[]>>;

export interface ItemInputs {
  readonly items: ReadonlyMap<Coordinate, InputItem>;
  /** `InputType.field` and `Enum.VALUE` → items that using it reads. */
  readonly rules: ReadonlyMap<Coordinate, readonly Coordinate[]>;
  /** Argument → items that using it reads, of one output field. */
  readonly filtersOf: (at: Coordinate) => Filters;
}

/** Brings the statements on arguments, input fields and enum values together; the strictest counts, and an argument of
 *  an interface field reads whatever the same argument reads on any form of it.
 *  @source share-rules section 1, reading rules 3 and 4 */
export function draftInputs(
  subgraphs: readonly SubgraphShares[],
  statements: ReadonlyMap<Coordinate, readonly FieldStatement[]>,
  drafts: ItemDrafts,
): ItemInputs {
  const items = new Map<Coordinate, InputItem>();
  const rules = new Map<Coordinate, Coordinate[]>();

  const state = (at: Coordinate, subgraph: string, provider: string, share: ShareStatement): Coordinate => {
    const next: InputItem = { ...share, provider, owner: provider, subgraph };
    const known = items.get(at);
    const owner = known && known.owner !== provider ? undefined : provider;
    const counts = known && stricter(known.shareType, next.shareType) === known.shareType ? known : next;
    items.set(at, { ...counts, owner });
    return at;
  };
  const readsOf = (at: Coordinate, subgraph: string, provider: string, input: InputStatement): Coordinate[] => [
    ...(input.filters as Coordinate[]),
    ...(input.share ? [state(at, subgraph, input.share.provider ?? provider, input.share)] : []),
  ];

  for (const { subgraph, enumValues, inputs } of subgraphs) {
    for (const [at, share] of enumValues) rules.set(at, [state(at, subgraph, share.provider, share)]);
    for (const [at, input] of inputs) {
      const reads = readsOf(at, subgraph, input.provider, input);
      rules.set(at, [...new Set([...(rules.get(at) ?? []), ...reads])]);
    }
  }

  const stated = new Map<Coordinate, ReadonlyMap<string, readonly Coordinate[]>>();
  for (const [at, fields] of statements) {
    const filters = new Map<string, Coordinate[]>();
    for (const { subgraph, provider, arguments: inputs } of fields)
      for (const input of inputs) {
        const reads = readsOf(`${at}(${input.name}:)`, subgraph, provider, input);
        filters.set(input.name, [...(filters.get(input.name) ?? []), ...reads]);
      }
    if (filters.size > 0) stated.set(at, filters);
  }

  // An implementation is asked through the interface, and the interface's provider may have said it there.
  const alike = new Map<Coordinate, Set<Coordinate>>();
  const link = (at: Coordinate, other: Coordinate) => alike.set(at, (alike.get(at) ?? new Set()).add(other));
  for (const { coordinate, forms } of drafts.values())
    for (const form of forms) {
      link(coordinate, form);
      link(form, coordinate);
    }

  const filtersOf = (at: Coordinate): Filters => {
    const filters = Object.create(null) as Record<string, readonly Coordinate[]>;
    for (const form of [at, ...(alike.get(at) ?? [])])
      for (const [name, reads] of stated.get(form) ?? [])
        filters[name] = [...new Set([...(filters[name] ?? []), ...reads])];
    return filters;
  };
  return { items, rules, filtersOf };
}
