import { Kind, type SelectionSetNode } from 'graphql';
import { coordinate, type Coordinate } from '../kernel/index.js';
import { parseFieldSet } from './field-set.js';
import type { SubgraphShares } from './statements.js';

/** The types of all subgraphs together, as the subgraphs state them: what consumers cannot see (`@inaccessible`) is in it
 *  all the same. */
export class TypeGraph {
  readonly #returns = new Map<Coordinate, Set<string>>();
  readonly #members = new Map<string, Set<string>>();

  constructor(subgraphs: readonly SubgraphShares[]) {
    for (const { fields, implementations, unions } of subgraphs) {
      for (const { coordinate: at, returns } of fields) addTo(this.#returns, at, returns);
      for (const [type, objects] of [...implementations, ...unions])
        for (const object of objects) addTo(this.#members, type, object);
    }
  }

  /** Object types that a value of this type can be; an interface that nobody implements stands for itself. */
  objectsOf(type: string): ReadonlySet<string> {
    return this.#members.get(type) ?? new Set([type]);
  }

  /** Every item that a field set reads, on the object types that its values can be, nested ones and those behind
   *  fragments included. A field set that cannot be read has none; `checkFieldSets` refuses it. */
  readsOf(type: string, fields: string): ReadonlySet<Coordinate> {
    const reads = new Set<Coordinate>();
    this.#collect(type, this.objectsOf(type), parseFieldSet(fields), reads);
    return reads;
  }

  #collect(
    named: string,
    objects: ReadonlySet<string>,
    set: SelectionSetNode | undefined,
    reads: Set<Coordinate>,
  ): void {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const type = selection.typeCondition?.name.value ?? named;
        const narrowed = new Set([...this.objectsOf(type)].filter((object) => objects.has(object)));
        this.#collect(type, narrowed.size > 0 ? narrowed : this.objectsOf(type), selection.selectionSet, reads);
      } else if (selection.kind === Kind.FIELD && selection.name.value !== '__typename') {
        for (const object of objects) {
          const at = coordinate(object, selection.name.value);
          reads.add(at);
          const below = this.#returns.get(at) ?? this.#returns.get(coordinate(named, selection.name.value)) ?? [];
          for (const type of below) this.#collect(type, this.objectsOf(type), selection.selectionSet, reads);
        }
      }
    }
  }
}

function addTo<K>(map: Map<K, Set<string>>, key: K, value: string): void {
  const set = map.get(key);
  if (set) set.add(value);
  else map.set(key, new Set([value]));
}
