import type { FederatedSchema, LocalField } from '../../../gateway/plan/federated-schema.js';
import { Nodes, type Node } from '../../../gateway/plan/node.js';
import { collectItems, type Selections } from '../../../gateway/plan/selection.js';
import { OperationTree, type ObjectAt, type Place } from './operation-tree.js';

/** Counts the fewest requests that bring everything a query asks for, by trying every order of subgraphs. Each request takes
 *  all that its subgraph can give by then, which is never worse: what is known grows only. So a plan is an order of requests.
 *  It shares the reading of the graph with the planner, and nothing of its search.
 *  @param most  where that many are not enough, undefined is returned */
export function countFewestRequests(
  schema: FederatedSchema,
  selections: Selections,
  most: number,
  active?: ReadonlySet<string>,
): number | undefined {
  const search = new OrderSearch(schema, selections, active);
  for (let length = 0; length <= most; length++) if (search.isEnough(length)) return length;
  return undefined;
}

/** Root fields, or entities, of one subgraph: one request has either. */
interface Action {
  readonly graph: string;
  readonly entities: boolean;
}

class OrderSearch {
  private readonly nodes: Nodes;
  private readonly tree: OperationTree;
  private readonly actions: Action[];
  private readonly tried = new Map<string, number>();

  constructor(
    private readonly schema: FederatedSchema,
    selections: Selections,
    active?: ReadonlySet<string>,
  ) {
    this.nodes = new Nodes(schema, active);
    this.tree = new OperationTree(schema, this.nodes, selections);
    const roots = [...(schema.types.get('Query')?.in.keys() ?? [])].map((graph) => ({ graph, entities: false }));
    this.actions = [...roots, ...[...schema.subgraphs.keys()].map((graph) => ({ graph, entities: true }))];
  }

  isEnough(length: number): boolean {
    return this.try(new Set(['#', '#type']), length);
  }

  private try(known: ReadonlySet<string>, left: number): boolean {
    if ([...this.tree.needed].every((id) => known.has(id))) return true;
    if (left === 0) return false;
    const state = [...known].sort().join(' ');
    if ((this.tried.get(state) ?? 0) >= left) return false;
    this.tried.set(state, left);
    return this.actions.some((action) => {
      const gained = new Request(this.schema, this.nodes, this.tree, known).make(action);
      return gained.size > known.size && this.try(gained, left - 1);
    });
  }
}

/** One request under way. */
class Request {
  private readonly gained: Set<string>;

  constructor(
    private readonly schema: FederatedSchema,
    private readonly nodes: Nodes,
    private readonly tree: OperationTree,
    private readonly known: ReadonlySet<string>,
  ) {
    this.gained = new Set(known);
  }

  /** @returns all that is known after it */
  make({ graph, entities }: Action): ReadonlySet<string> {
    if (!entities) this.reach(this.nodes.at(graph, 'Query'), this.tree.root);
    else for (const place of this.tree.places) if (this.known.has(`${place.id}#`)) this.enter(graph, place);
    return this.gained;
  }

  /** Asks for the objects of a place by each key that is known. */
  private enter(graph: string, place: Place): void {
    for (const object of place.objects.values()) {
      for (const name of [object.type, ...this.schema.types.get(object.type)!.interfaces]) {
        const local = this.schema.types.get(name)?.in.get(graph);
        if (!local?.keys.some(({ selections }) => this.has(object, selections))) continue;
        const node = this.nodes.at(graph, name);
        if (node.kind === 'object' && this.isTyped(place)) this.take(node, object, true);
        else if (node.kind === 'opaque') this.take(node, object, true);
        else if (node.kind === 'abstract') this.reach(node, place, object.type);
      }
    }
  }

  /** Comes to the objects of a place on the way, or by a key of their interface. */
  private reach(node: Node, place: Place, only?: string): void {
    this.gained.add(`${place.id}#`);
    if (node.kind !== 'opaque') this.gained.add(`${place.id}#type`);
    for (const object of place.objects.values()) {
      if (only !== undefined && object.type !== only) continue;
      if (node.kind === 'opaque') this.take(node, object, false);
      else if (node.kind === 'object' && node.type === object.type) this.take(node, object, false);
      else if (node.kind === 'abstract' && this.schema.possibleTypesIn(node.graph, node.type).includes(object.type))
        this.take(this.nodes.narrow(node, object.type), object, only !== undefined);
    }
  }

  private take(node: Node, object: ObjectAt, entered: boolean): void {
    for (const item of object.items.values()) {
      const field = this.nodes.fieldOf(node, item.name);
      if (!field || !this.mayAsk(field, object, entered)) continue;
      // A field of some types only is asked of the objects of these types, never of all.
      if (node.kind === 'opaque' && !item.common && !this.isTyped(object.place)) continue;
      if (item.child) this.reach(this.nodes.below(node, item.name, field), item.child);
      else this.gained.add(item.id);
    }
  }

  private mayAsk({ requires }: LocalField, object: ObjectAt, entered: boolean): boolean {
    return requires === undefined || (entered && this.has(object, requires.selections));
  }

  private isTyped({ id, open }: Place): boolean {
    return !open || this.known.has(`${id}#type`);
  }

  private has(object: ObjectAt, selections: Selections): boolean {
    const { items } = collectItems([selections], (on) => this.schema.meets(object.type, on));
    return [...items].every(([key, { below }]) => {
      const item = object.items.get(key);
      if (!item?.child) return item !== undefined && this.known.has(item.id);
      return (
        this.known.has(`${item.child.id}#`) &&
        [...item.child.objects.values()].every((each) => below.every((list) => this.has(each, list)))
      );
    });
  }
}
