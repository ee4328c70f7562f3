import type { FederatedSchema } from '../../../gateway/plan/federated-schema.js';
import type { Nodes } from '../../../gateway/plan/node.js';
import { collectItems, mergeItem, type Item, type Selections } from '../../../gateway/plan/selection.js';

/** A place of an answer: the value of a field, or of each entry of its list. */
export interface Place {
  readonly id: string;
  /** True where its declared type is an interface or union, so that the type of an object has to be found out. */
  readonly open: boolean;
  /** The objects that can be there, by type. */
  readonly objects: ReadonlyMap<string, ObjectAt>;
}

export interface ObjectAt {
  readonly id: string;
  readonly type: string;
  readonly place: Place;
  readonly items: ReadonlyMap<string, ItemAt>;
}

export interface ItemAt {
  readonly id: string;
  readonly name: string;
  /** False where only objects of some types are asked for it, and it is no part of a key or an input. */
  readonly common: boolean;
  readonly child: Place | undefined;
}

/** Places inside keys and inputs whose own keys and inputs are looked at. */
const DEPTH = 2;

/** Everything that may be worth fetching for an operation: what it asks for, and keys and inputs of the objects on the way. */
export class OperationTree {
  readonly places: Place[] = [];
  /** What the operation asks for: leaves, types, and places that are there or null. */
  readonly needed = new Set<string>();
  readonly root: Place;

  constructor(
    private readonly schema: FederatedSchema,
    private readonly nodes: Nodes,
    selections: Selections,
  ) {
    this.root = this.place('', 'Query', ['Query'], [selections], [], 0);
  }

  private place(
    id: string,
    declared: string,
    types: readonly string[],
    asked: readonly Selections[],
    further: readonly Selections[],
    depth: number,
  ): Place {
    const objects = new Map<string, ObjectAt>();
    const place: Place = { id, open: this.schema.types.get(declared)?.kind !== 'object', objects };
    this.places.push(place);
    const wanted = new Map(types.map((type) => [type, collectItems(asked, (on) => this.schema.meets(type, on))]));
    if (asked.length > 0) this.needed.add(`${id}#`);
    if ([...wanted.values()].some(({ typename }) => typename)) this.needed.add(`${id}#type`);
    for (const [type, { items }] of wanted) {
      const isCommon = (key: string) => [...wanted.values()].every((each) => each.items.has(key));
      objects.set(type, this.object(place, type, items, isCommon, further, depth));
    }
    return place;
  }

  private object(
    place: Place,
    type: string,
    asked: ReadonlyMap<string, Item>,
    isCommon: (key: string) => boolean,
    further: readonly Selections[],
    depth: number,
  ): ObjectAt {
    const id = `${place.id}<${type}>`;
    const helping = this.helping(type, asked, further, depth);
    const items = new Map<string, ItemAt>();
    for (const key of new Set([...asked.keys(), ...helping.keys()])) {
      const [own, other] = [asked.get(key), helping.get(key)];
      const item = own ?? other!;
      const at = `${id}.${key}`;
      const isLeaf = item.below.length === 0;
      if (own && isLeaf) this.needed.add(at);
      const below = () =>
        this.place(
          at,
          this.declaredType(type, item.name),
          this.typesBelow(type, item.name),
          own?.below ?? [],
          other?.below ?? [],
          own ? depth : depth + 1,
        );
      const child = isLeaf ? undefined : below();
      items.set(key, { id: at, name: item.name, common: other !== undefined || isCommon(key), child });
    }
    return { id, type, place, items };
  }

  /** Keys of an object, and inputs of what is fetched of it. */
  private helping(
    type: string,
    asked: ReadonlyMap<string, Item>,
    further: readonly Selections[],
    depth: number,
  ): Map<string, Item> {
    const federated = this.schema.types.get(type)!;
    const lists = [...further];
    const within = [type, ...federated.interfaces];
    if (depth < DEPTH)
      for (const name of within)
        for (const { keys } of this.schema.types.get(name)?.in.values() ?? [])
          lists.push(...keys.map(({ selections }) => selections));
    const items = new Map<string, Item>();
    for (let done = 0; ;) {
      for (; done < lists.length; done++)
        for (const [key, item] of collectItems([lists[done]!], (on) => this.schema.meets(type, on)).items)
          items.set(key, mergeItem(items.get(key), item));
      const names = new Set([...asked.values(), ...items.values()].map(({ name }) => name));
      const inputs = [...names].flatMap((name) => this.inputsOf(within, name)).filter((list) => !lists.includes(list));
      if (inputs.length === 0) return items;
      lists.push(...inputs);
    }
  }

  private inputsOf(types: readonly string[], name: string): Selections[] {
    return types.flatMap((type) =>
      [...(this.schema.types.get(type)?.fields.get(name)?.in.values() ?? [])].flatMap(({ requires }) =>
        requires ? [requires.selections] : [],
      ),
    );
  }

  /** The widest type that a subgraph gives a field. */
  private declaredType(type: string, name: string): string {
    const named = this.fieldsOf(type, name).map((field) => field.named);
    return named.find((each) => this.schema.types.get(each)?.kind !== 'object') ?? named[0] ?? '';
  }

  /** Types of the objects that every subgraph with the field can give there. */
  private typesBelow(type: string, name: string): string[] {
    const sets = this.fieldsOf(type, name).map(({ graph, named }) =>
      this.nodes.at(graph, named).kind === 'opaque'
        ? [...this.schema.possibleTypes(named)]
        : this.schema.types.get(named)?.kind === 'object'
          ? [named]
          : [...this.schema.possibleTypesIn(graph, named)],
    );
    const all = [...new Set(sets.flat())];
    const common = all.filter((each) => sets.every((set) => set.includes(each)));
    return common.length > 0 ? common : all;
  }

  private fieldsOf(type: string, name: string): { readonly graph: string; readonly named: string }[] {
    const { interfaces = [] } = this.schema.types.get(type) ?? {};
    const fields = [type, ...interfaces].flatMap((each) =>
      [...(this.schema.types.get(each)?.in.keys() ?? [])].flatMap((graph) => {
        const field = this.nodes.fieldOf(this.nodes.at(graph, each), name);
        return field && (each === type || this.nodes.at(graph, each).kind === 'opaque')
          ? [{ graph, named: field.named }]
          : [];
      }),
    );
    if (fields.length > 0) return fields;
    // Only external, where a path provides it.
    const external = this.schema.types.get(type)?.fields.get(name)?.in ?? new Map();
    return [...external].map(([graph, { named }]) => ({ graph, named }));
  }
}
