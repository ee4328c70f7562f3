import { Kind, parse, print, type ArgumentNode, type SelectionSetNode } from 'graphql';

/** A selection as the planner works with it. No directives (conditions are decided before) and no named fragments. */
export type Selection = FieldSelection | FragmentSelection;
/** Selections of one object. Its identity is what results are remembered by, so it is never changed. */
export type Selections = readonly Selection[];

export interface FieldSelection {
  readonly kind: 'field';
  readonly name: string;
  /** Response key. */
  readonly key: string;
  readonly args: readonly ArgumentNode[];
  /** Absent on a leaf. */
  readonly selections: Selections | undefined;
}
export interface FragmentSelection {
  readonly kind: 'fragment';
  readonly on: string | undefined;
  readonly selections: Selections;
}

export const TYPENAME: FieldSelection = {
  kind: 'field',
  name: '__typename',
  key: '__typename',
  args: [],
  selections: undefined,
};

/** Fields under one response key of one type, merged. */
export interface Item {
  readonly name: string;
  readonly key: string;
  readonly args: readonly ArgumentNode[];
  /** Selection lists below; empty on a leaf. */
  readonly below: readonly Selections[];
}

/** Selections as one type sees them. */
export interface Collected {
  readonly items: Map<string, Item>;
  readonly typename: boolean;
  /** Fragments whose condition the type does not meet for certain. */
  readonly rest: readonly FragmentSelection[];
}

/** Merges the fields that apply to a type.
 *  @param meets  true when the type meets a fragment's condition for certain
 *  @source GraphQL specification 6.3.2 "CollectFields" */
export function collectItems(lists: readonly Selections[], meets: (condition: string) => boolean): Collected {
  const items = new Map<string, Item>();
  const rest: FragmentSelection[] = [];
  let typename = false;
  const collect = (selections: Selections): void => {
    for (const each of selections) {
      if (each.kind === 'fragment') {
        if (each.on === undefined || meets(each.on)) collect(each.selections);
        else rest.push(each);
      } else if (each.name === '__typename') typename = true;
      else items.set(each.key, mergeItem(items.get(each.key), toItem(each)));
    }
  };
  lists.forEach(collect);
  return { items, typename, rest };
}

const toItem = ({ name, key, args, selections }: FieldSelection): Item => ({
  name,
  key,
  args,
  below: selections ? [selections] : [],
});

/** Two items under one response key: the same field with the same arguments, or the operation would not be valid. */
export const mergeItem = (known: Item | undefined, added: Item): Item =>
  known ? { ...known, below: [...known.below, ...added.below.filter((list) => !known.below.includes(list))] } : added;

/** Makes selections that are alike the same list, so that what is found out for one serves all of them.
 *  @returns  the selections, each list in them shared */
export function shareAlike(selections: Selections): Selections {
  const known = new Map<string, Selections>();
  const ids = new Map<Selections, number>();
  const share = (list: Selections): Selections => {
    const shared = list.map((each): Selection => {
      if (each.kind === 'fragment') return { ...each, selections: share(each.selections) };
      return each.selections ? { ...each, selections: share(each.selections) } : each;
    });
    const text = JSON.stringify(
      shared.map((each) => [
        each.kind === 'field' ? [each.name, each.key, writeArguments(each.args)] : [each.on],
        each.selections && ids.get(each.selections),
      ]),
    );
    const same = known.get(text);
    if (same) return same;
    known.set(text, shared);
    ids.set(shared, ids.size);
    return shared;
  };
  return share(selections);
}

/** The item as a selection list. */
export const toSelections = (items: Iterable<Item>): Selections =>
  [...items].map(({ name, key, args, below }) => ({
    kind: 'field',
    name,
    key,
    args,
    selections: below.length === 0 ? undefined : below.length === 1 ? below[0] : below.flat(),
  }));

/** The item as one item for each leaf below it, so that the leaves can come from different subgraphs. */
export function splitIntoLeaves(item: Item): Item[] {
  return item.below.flatMap((list) => leavesOf(list)).map((leaf) => ({ ...item, below: [[leaf]] }));
}

function leavesOf(selections: Selections): Selection[] {
  return selections.flatMap((each): Selection[] =>
    each.selections ? leavesOf(each.selections).map((leaf) => ({ ...each, selections: [leaf] })) : [each],
  );
}

/** Converts a selection set of a checked document.
 *  @param keyOf  response key of a field that has no alias */
export function toPlannerSelections(set: SelectionSetNode, keyOf: KeyOf = (name) => name): Selections {
  return set.selections.map((each): Selection => {
    if (each.kind === Kind.FIELD) {
      const name = each.name.value;
      const args = each.arguments ?? [];
      return {
        kind: 'field',
        name,
        key: each.alias?.value ?? keyOf(name, args),
        args,
        selections: each.selectionSet && toPlannerSelections(each.selectionSet, keyOf),
      };
    }
    if (each.kind === Kind.FRAGMENT_SPREAD) throw new Error('the operation has a named fragment');
    return {
      kind: 'fragment',
      on: each.typeCondition?.name.value,
      selections: toPlannerSelections(each.selectionSet, keyOf),
    };
  });
}
type KeyOf = (name: string, args: readonly ArgumentNode[]) => string;

/** Parses the `FieldSet` of a federation directive. A field with arguments gets a key of its own, because a plain key
 *  holds the field without arguments. */
export function parseFieldSet(text: string, keyOf: KeyOf): Selections {
  const document = parse(`{${text}}`, { noLocation: true });
  const [operation] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`"${text}" is not a field set`);
  return toPlannerSelections(operation.selectionSet, keyOf);
}

export const writeArguments = (args: readonly ArgumentNode[]): string =>
  args.length === 0 ? '' : `(${args.map((each) => print(each)).join(', ')})`;
