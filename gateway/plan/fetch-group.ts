import type { Requires, Key } from './federated-schema.js';
import { writeArguments, type Item } from './selection.js';

/** A step of a path in the data: a response key, every item of a list, or the objects of some types only. */
export type PathSegment = { readonly Field: string } | { readonly TypeCondition: readonly string[] } | '@';
export type Path = readonly PathSegment[];

/** A jump that a field is fetched for, as a part of its key or as an input, though the operation may not ask for it. */
export interface Need {
  readonly id: number;
  readonly isKey: boolean;
}

/** A field of a set. */
interface FieldEntry {
  readonly item: Item;
  readonly below: SetBuilder;
  isAsked: boolean;
  readonly needs: Set<Need>;
}

/** A selection set that is being put together. */
export class SetBuilder {
  typename = false;
  private readonly fields = new Map<string, FieldEntry>();
  private readonly fragments = new Map<string, SetBuilder>();

  /** The set below a field, which is added where it is not there yet.
   *  @param need  the jump that it is fetched for; undefined where the operation asks for it */
  field(item: Item, need?: Need): SetBuilder {
    let entry = this.fields.get(item.key);
    if (!entry) {
      entry = { item, below: new SetBuilder(), isAsked: false, needs: new Set() };
      this.fields.set(item.key, entry);
    }
    if (need) entry.needs.add(need);
    else entry.isAsked = true;
    return entry.below;
  }

  /** Takes over what a field of another set is fetched for. */
  takePurpose(key: string, from: SetBuilder, fromKey: string): void {
    const [entry, other] = [this.fields.get(key), from.fields.get(fromKey)];
    if (!entry || !other) return;
    entry.isAsked ||= other.isAsked;
    for (const need of other.needs) entry.needs.add(need);
  }

  entries(): Iterable<[key: string, field: Pick<FieldEntry, 'isAsked' | 'needs' | 'below'>]> {
    return this.fields;
  }

  fragment(type: string): SetBuilder {
    return this.fragments.get(type) ?? this.fragments.set(type, new SetBuilder()).get(type)!;
  }

  list(): { readonly key: string; readonly isLeaf: boolean; readonly below: SetBuilder }[] {
    return [...this.fields].map(([key, { item, below }]) => ({ key, isLeaf: item.below.length === 0, below }));
  }

  /** Fragments by their condition on the type. */
  conditions(): Iterable<[type: string, set: SetBuilder]> {
    return this.fragments;
  }

  /** Takes a field out. @returns true when nothing is left */
  drop(key: string): boolean {
    this.fields.delete(key);
    return this.isEmpty;
  }

  get isEmpty(): boolean {
    return !this.typename && this.fields.size === 0 && [...this.fragments.values()].every((each) => each.isEmpty);
  }

  /** The set as text, with its braces.
   *  @param items  called with every field */
  write(items: (item: Item) => void): string {
    const body = this.writeBody(items);
    return `{${body === '' ? '__typename' : body}}`;
  }

  private writeBody(items: (item: Item) => void): string {
    const parts = this.typename ? ['__typename'] : [];
    for (const [key, { item, below }] of this.fields) {
      items(item);
      const name = key === item.name ? key : `${key}:${item.name}`;
      parts.push(`${name}${writeArguments(item.args)}${item.below.length > 0 ? below.write(items) : ''}`);
    }
    for (const [type, set] of this.fragments) {
      const body = set.writeBody(items);
      if (body !== '') parts.push(`...on ${type}{${body}}`);
    }
    return parts.join(' ');
  }
}

/** The objects of one type for which a group fetches, and what identifies them. */
export interface Entry {
  /** The type they are held as before. */
  readonly type: string;
  readonly key: Key;
  readonly inputs: Requires | undefined;
}

/** What is asked of one subgraph for the objects at one place, when everything it needs is there. A group is for one
 *  subgraph, place, type and set of inputs. */
export interface FetchGroup {
  readonly graph: string;
  /** Place of the objects, without the condition on their type; empty at the root of the operation. */
  readonly path: Path;
  /** Undefined for root fields: those of the operation, or of the root type below a payload. */
  readonly entry: Entry | undefined;
  /** Type of the objects in the subgraph. */
  readonly type: string;
  readonly set: SetBuilder;
  /** Groups that bring the objects, their keys and inputs. */
  readonly parents: Set<FetchGroup>;
  /** True when it finds out the runtime type of objects that their first subgraph does not know. */
  decidesType: boolean;
}

/** The number of groups that are carried out one after the other before each group. */
export function levelsOf(groups: readonly FetchGroup[]): ReadonlyMap<FetchGroup, number> {
  const levels = new Map<FetchGroup, number>();
  const levelOf = (group: FetchGroup): number => {
    const known = levels.get(group);
    if (known !== undefined) return known;
    const level = Math.max(-1, ...[...group.parents].map(levelOf)) + 1;
    levels.set(group, level);
    return level;
  };
  groups.forEach(levelOf);
  return levels;
}

/** True when a group waits for the other, directly or over further groups. */
export function waitsFor(group: FetchGroup, other: FetchGroup, seen = new Set<FetchGroup>()): boolean {
  if (group === other) return true;
  if (seen.has(group)) return false;
  seen.add(group);
  for (const parent of group.parents) if (waitsFor(parent, other, seen)) return true;
  return false;
}
