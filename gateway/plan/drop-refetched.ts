import type { FederatedSchema } from './federated-schema.js';
import { levelsOf, waitsFor, type FetchGroup, type Path, type SetBuilder } from './fetch-group.js';
import type { Selections } from './selection.js';

/** A leaf that a group brings to one place in the data. */
interface Leaf {
  readonly group: FetchGroup;
  /** Response keys that lead to it from the root. */
  readonly place: string;
  /** Sets from the group's own down to the one that has the leaf, and in each the key that leads on. */
  readonly way: readonly { readonly set: SetBuilder; readonly key: string }[];
  /** Conditions on the type at each object on the way from the root; undefined where all objects are meant. */
  readonly types: Types;
}
type Types = readonly (string | undefined)[];

/** Where two groups bring one leaf of the same objects, leaves it to one of them. An item, and an input that it also is, are
 *  planned each by itself, so that both may be taken from different subgraphs. No group comes later by this than before.
 *  Two groups of which neither waits for the other both keep a part of a key, so that a failure of one leaves the jumps
 *  from the other. A group of entities that is left nothing to ask is not made: it would still be sent its keys.
 *  @param kept  groups that stay whatever is left of them */
export function dropRefetched(schema: FederatedSchema, groups: FetchGroup[], kept: ReadonlySet<FetchGroup>): void {
  if (groups.length < 2) return;
  const levels = levelsOf(groups);
  const reads = new Map(groups.map((group) => [group, readPlaces(group)]));
  const readersOf = ({ group, place }: Leaf) =>
    groups.filter((each) => each.parents.has(group) && reads.get(each)!.has(place));
  const known = new Map<string, Leaf[]>();
  const emptied = new Set<FetchGroup>();
  for (const group of [...groups].sort((a, b) => levels.get(a)! - levels.get(b)!)) {
    for (const leaf of leavesOf(group)) {
      const others = known.get(leaf.place) ?? known.set(leaf.place, []).get(leaf.place)!;
      const first = others.find((other) => other.group !== group && covers(schema, other, leaf));
      if (first && settle(first, leaf)) continue;
      others.push(leaf);
    }
  }
  for (const group of emptied) if (group.entry && !group.decidesType && !kept.has(group)) remove(groups, group);

  /** @returns true when the later leaf is dropped */
  function settle(first: Leaf, later: Leaf): boolean {
    const readers = waitsFor(later.group, first.group) ? [] : readersOf(later);
    if (readers.length > 0) {
      if (readersOf(first).length === 0 && covers(schema, later, first)) {
        drop(first, later);
        if (first.group.set.isEmpty) emptied.add(first.group);
        known.get(first.place)!.splice(known.get(first.place)!.indexOf(first), 1);
        return false;
      }
      if (readers.some((each) => reads.get(each)!.get(later.place) === 'key')) return false;
      for (const each of readers) each.parents.add(first.group);
    }
    drop(later, first);
    if (later.group.set.isEmpty) emptied.add(later.group);
    return true;
  }
}

/** Places of what a group sends: parts of its key, and inputs. */
function readPlaces({ path, entry }: FetchGroup): ReadonlyMap<string, 'key' | 'input'> {
  const places = new Map<string, 'key' | 'input'>();
  const read = (selections: Selections, at: string, as: 'key' | 'input'): void => {
    for (const each of selections) {
      if (each.kind === 'fragment') read(each.selections, at, as);
      else if (each.selections) read(each.selections, `${at}.${each.key}`, as);
      else places.set(`${at}.${each.key}`, as);
    }
  };
  const { place } = readPath(path);
  read(entry?.inputs?.selections ?? [], place, 'input');
  read(entry?.key.selections ?? [], place, 'key');
  return places;
}

function leavesOf(group: FetchGroup): Leaf[] {
  const { place, types } = readPath(group.path);
  const leaves: Leaf[] = [];
  const walk = (set: SetBuilder, at: string, way: Leaf['way'], on: Types): void => {
    for (const { key, isLeaf, below } of set.list()) {
      const [deeper, next] = [[...way, { set, key }], `${at}.${key}`];
      if (isLeaf) leaves.push({ group, place: next, way: deeper, types: on });
      else walk(below, next, deeper, [...on, undefined]);
    }
    for (const [type, fragment] of set.conditions()) walk(fragment, at, way, [...on.slice(0, -1), type]);
  };
  walk(group.set, place, [], group.entry ? [...types.slice(0, -1), group.entry.type] : types);
  return leaves;
}

function readPath(path: Path): { readonly place: string; readonly types: Types } {
  let place = '';
  const types: (string | undefined)[] = [undefined];
  for (const each of path) {
    if (each === '@') continue;
    if ('TypeCondition' in each) types[types.length - 1] = each.TypeCondition[0];
    else {
      place += `.${each.Field}`;
      types.push(undefined);
    }
  }
  return { place, types };
}

/** True when every object that one leaf is brought for gets the other. */
const covers = (schema: FederatedSchema, other: Leaf, leaf: Leaf): boolean =>
  other.types.every(
    (type, i) => type === undefined || (leaf.types[i] !== undefined && schema.meets(leaf.types[i], type)),
  );

/** Takes a leaf out of its group, and objects on the way to it of which nothing else is asked.
 *  @param other  the leaf that stays, which is then fetched for both */
function drop({ way }: Leaf, other: Leaf): void {
  const { set: from, key: fromKey } = way.at(-1)!;
  for (const { set, key } of other.way) set.takePurpose(key, from, fromKey);
  for (const { set, key } of way.toReversed()) if (!set.drop(key)) break;
}

/** Takes a group out. Those that waited for it wait for what it waited for. */
function remove(groups: FetchGroup[], group: FetchGroup): void {
  groups.splice(groups.indexOf(group), 1);
  for (const { parents } of groups) if (parents.delete(group)) for (const parent of group.parents) parents.add(parent);
}
