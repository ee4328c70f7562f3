import type { Declaration, DeclaredRelation } from '../declaration-schema.js';

/** A type of another department that a declaration refers to or adds relations to. */
export interface OtherType {
  readonly name: string;
  /** Key field → its type in the graph. */
  readonly keys: readonly Readonly<Record<string, string>>[];
  readonly relations: Readonly<Record<string, DeclaredRelation>>;
}

/** Other departments' types, in the order of their names. */
export function otherTypes({ types, extends: extended }: Declaration): OtherType[] {
  const found = new Map<
    string,
    { keys: Map<string, Readonly<Record<string, string>>>; relations: OtherType['relations'] }
  >(
    Object.entries(extended).map(([name, { key, relations }]) => [
      name,
      { keys: new Map([[fieldsOf(key), key]]), relations },
    ]),
  );
  for (const { items, relations } of Object.values(types))
    for (const { type, key } of Object.values(relations)) {
      if (!key || Object.hasOwn(types, type) || Object.hasOwn(extended, type)) continue;
      const entry = found.get(type) ?? { keys: new Map<string, Readonly<Record<string, string>>>(), relations: {} };
      const typed = Object.entries(key).map(([field, item]): [string, string] => [
        field,
        items[item]!.type === 'Int' ? 'Int' : 'String',
      ]);
      if (!entry.keys.has(fieldsOf(key))) entry.keys.set(fieldsOf(key), Object.fromEntries(typed));
      found.set(type, entry);
    }
  return [...found]
    .map(([name, { keys, relations }]) => ({ name, keys: [...keys.values()], relations }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

const fieldsOf = (key: Readonly<Record<string, string>>): string => Object.keys(key).toSorted().join(' ');
