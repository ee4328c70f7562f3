import { stricter, type Coordinate, type ShareType } from '../kernel/index.js';
import type { ItemDrafts } from './item-drafts.js';
import type { InputRules, InputUse } from './share-index.js';
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
export type ArgumentUses = Readonly<Record<string, readonly InputUse[]>>;

export interface ItemInputs {
  readonly items: ReadonlyMap<Coordinate, InputItem>;
  readonly rules: InputRules;
  /** Argument → uses that giving it makes of items, for one output field. */
  readonly usesOf: (at: Coordinate) => ArgumentUses;
}

/** Brings the statements on arguments, input fields and enum values together; the strictest counts, and an argument of
 *  an interface field uses whatever the same argument uses on any form of it.
 *  @source share-rules section 1, reading rules 3 and 4 */
export function draftInputs(
  subgraphs: readonly SubgraphShares[],
  statements: ReadonlyMap<Coordinate, readonly FieldStatement[]>,
  drafts: ItemDrafts,
): ItemInputs {
  const items = new Map<Coordinate, InputItem>();
  const rules = new Map<Coordinate, readonly InputUse[]>();

  const state = (at: Coordinate, subgraph: string, provider: string, share: ShareStatement): InputUse => {
    const next: InputItem = { ...share, provider, owner: provider, subgraph };
    const known = items.get(at);
    const owner = known && known.owner !== provider ? undefined : provider;
    const counts = known && stricter(known.shareType, next.shareType) === known.shareType ? known : next;
    items.set(at, { ...counts, owner });
    return { item: at, by: 'share' };
  };
  const usesOfInput = (at: Coordinate, subgraph: string, provider: string, input: InputStatement): InputUse[] => [
    ...input.uses,
    ...(input.share ? [state(at, subgraph, input.share.provider ?? provider, input.share)] : []),
  ];
  const addRule = (at: Coordinate, uses: readonly InputUse[]) => rules.set(at, mergeUses(rules.get(at), uses));

  for (const { subgraph, enumValues, valueUses, inputs } of subgraphs) {
    for (const [at, share] of enumValues) addRule(at, [state(at, subgraph, share.provider, share)]);
    for (const [at, uses] of valueUses) addRule(at, uses);
    for (const [at, input] of inputs) addRule(at, usesOfInput(at, subgraph, input.provider, input));
  }

  const stated = new Map<Coordinate, ReadonlyMap<string, readonly InputUse[]>>();
  for (const [at, fields] of statements) {
    const uses = new Map<string, readonly InputUse[]>();
    for (const { subgraph, provider, arguments: inputs } of fields)
      for (const input of inputs) {
        const own = usesOfInput(`${at}(${input.name}:)`, subgraph, provider, input);
        uses.set(input.name, mergeUses(uses.get(input.name), own));
      }
    if (uses.size > 0) stated.set(at, uses);
  }

  // An implementation is asked through the interface, and the interface's provider may have said it there.
  const alike = new Map<Coordinate, Set<Coordinate>>();
  const link = (at: Coordinate, other: Coordinate) => alike.set(at, (alike.get(at) ?? new Set()).add(other));
  for (const { coordinate, forms } of drafts.values())
    for (const form of forms) {
      link(coordinate, form);
      link(form, coordinate);
    }

  const usesOf = (at: Coordinate): ArgumentUses => {
    const uses = Object.create(null) as Record<string, readonly InputUse[]>;
    for (const form of [at, ...(alike.get(at) ?? [])])
      for (const [name, own] of stated.get(form) ?? []) uses[name] = mergeUses(uses[name], own);
    return uses;
  };
  return { items, rules, usesOf };
}

/** Both lists, each use once. */
function mergeUses(known: readonly InputUse[] = [], more: readonly InputUse[]): readonly InputUse[] {
  const merged = new Map([...known, ...more].map((use) => [`${use.by} ${use.item}`, use]));
  return [...merged.values()];
}
