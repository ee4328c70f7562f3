import { REFUSED, type NodePlan, type Origin } from './node-plan.js';
import type { Release } from '../../shared/share/releases/release.js';
import type { Key, Requires } from './federated-schema.js';
import type { Node, Nodes } from './node.js';
import type { FederatedSchema } from './federated-schema.js';
import type { InputKeys } from './input-keys.js';
import type { Collected, Item, Selections } from './selection.js';
import type { FindStopped } from './stop-keys.js';

/** The search as the origins see it. */
interface PlanItems {
  readonly schema: FederatedSchema;
  readonly nodes: Nodes;
  readonly inputKeys: InputKeys | undefined;
  countStep(): void;
  plan(node: Node, lists: readonly Selections[]): NodePlan;
  collect(lists: readonly Selections[], type: string): Collected;
  planItems(node: Node, items: Iterable<Item>, origins: readonly Origin[]): NodePlan;
}

/** A place where an object could be held besides, by a key. */
interface Target {
  readonly node: Node;
  /** Undefined for the root of a subgraph's queries, which needs none. */
  readonly key: Key | undefined;
}

/** Finds the ways from an object to other subgraphs: entity jumps by every key that can be put together from what the
 *  object gives, directly or over further jumps. */
export class Origins {
  private readonly known = new Map<string, readonly Origin[]>();
  /** Searches under way: none asks for itself, which ends rings of keys and of inputs. */
  private readonly active = new Set<string>();
  /** Searches that met themselves: a result found meanwhile holds only inside of them. */
  private readonly met = new Set<string>();
  /** Jumps that must not be made. */
  private readonly barred: { readonly type: string; readonly to: Node; readonly release: Release }[] = [];

  constructor(
    private readonly search: PlanItems,
    private readonly findStopped: FindStopped | undefined,
    private readonly avoided: ReadonlySet<string> = NONE_AVOIDED,
  ) {}

  /** Runs a part of the search. @returns its value, and whether it holds wherever it is asked for */
  track<T>(work: () => T): { readonly value: T; readonly certain: boolean } {
    const before = [...this.met];
    this.met.clear();
    const value = work();
    const certain = this.met.size === 0;
    before.forEach((id) => this.met.add(id));
    return { value, certain };
  }

  /** The root of every subgraph that has the root type. */
  roots(type: string): Origin[] {
    const graphs = [...(this.search.schema.types.get(type)?.in.keys() ?? [])];
    return graphs.map((graph) => ({
      id: graph,
      node: this.search.nodes.at(graph, type),
      key: undefined,
      inputs: undefined,
      needs: [],
      ...this.costOf(graph, []),
    }));
  }

  /** Jumps from a node, and jumps that bring along inputs which some of the items require. */
  all(node: Node, items: Iterable<Item>): readonly Origin[] {
    const wanted = [...items];
    const base = this.base(node);
    const withInputs = [...this.withInputs(node, base, wanted)];
    return withInputs.length === 0 ? base : [...base, ...withInputs];
  }

  /** Jumps from a node, the cheapest way to each subgraph. */
  base(node: Node): readonly Origin[] {
    const known = this.known.get(node.id);
    if (known) return known;
    const { value, certain } = this.track(() => this.guard(node.id, [], () => this.reach(node)));
    if (certain) this.known.set(node.id, value);
    return value;
  }

  /** Widens the set of subgraphs in which the object is held, by the cheapest jumps first. */
  private reach(node: Node): Origin[] {
    const reached: Origin[] = [];
    let targets = this.targets(node);
    for (;;) {
      const open = targets.flatMap((target) => this.jump(node, target, undefined, reached) ?? []);
      if (open.length === 0) return reached;
      const lowest = Math.min(...open.map(({ cost }) => cost));
      for (const origin of open)
        if (origin.cost === lowest && !reached.some(({ id }) => id === origin.id)) reached.push(origin);
      targets = targets.filter((target) => !reached.some((origin) => origin.node === target.node));
    }
  }

  /** Entities that other subgraphs could make of the object: its own type, and interfaces that they have as
   *  `@interfaceObject`. From an interface object, the interface wherever it has a key. */
  private targets(node: Node): Target[] {
    const { schema, nodes } = this.search;
    const type = schema.types.get(node.type);
    const targets: Target[] = [];
    const add = (name: string, only: (interfaceObject: boolean) => boolean): void => {
      for (const [graph, { keys, interfaceObject }] of schema.types.get(name)?.in ?? []) {
        if ((graph === node.graph && name === node.type) || !only(interfaceObject)) continue;
        for (const key of keys) targets.push({ node: nodes.at(graph, name), key });
      }
    };
    if (node.type === QUERY)
      for (const graph of type?.in.keys() ?? [])
        if (graph !== node.graph) targets.push({ node: nodes.at(graph, QUERY), key: undefined });
    add(node.type, () => true);
    if (node.kind === 'object')
      for (const each of type?.interfaces ?? []) add(each, (interfaceObject) => interfaceObject);
    return targets;
  }

  private *withInputs(node: Node, base: readonly Origin[], items: readonly Item[]): Generator<Origin> {
    const seen = new Set<string>();
    for (const target of [node, ...base.map((origin) => origin.node)]) {
      for (const item of items) {
        const requires = this.search.nodes.fieldOf(target, item.name)?.requires;
        const id = requires && originId(target, requires);
        if (id === undefined || seen.has(id)) continue;
        seen.add(id);
        const inputs = this.search.inputKeys?.of(target.type, requires!) ?? requires!;
        const origin = this.guard(`${node.id}>${id}`, undefined, () => this.jumpWithInputs(node, target, base, inputs));
        if (origin) yield origin;
      }
    }
  }

  private jumpWithInputs(node: Node, to: Node, base: readonly Origin[], requires: Requires): Origin | undefined {
    const origins = to.local.keys.flatMap((key) => this.jump(node, { node: to, key }, requires, base) ?? []);
    return origins.sort((a, b) => a.cost - b.cost)[0];
  }

  /** A jump by one key; undefined when a part of the key or of the inputs cannot be had. */
  private jump(
    node: Node,
    { node: to, key }: Target,
    inputs: Requires | undefined,
    base: readonly Origin[],
  ): Origin | undefined {
    this.search.countStep();
    if (!key) return { id: originId(to, inputs), node: to, key, inputs, needs: [], ...this.costOf(to.graph, []) };
    if (!this.isAllowed(to, node.type, key)) return undefined;
    const keyPlan = this.planKey(node, key.selections, base);
    if (keyPlan.cost >= REFUSED) return undefined;
    const needs = [keyPlan];
    if (inputs) {
      const plan = this.search.plan(node, [inputs.selections]);
      if (plan.cost >= REFUSED) return undefined;
      needs.push(plan);
    }
    return { id: originId(to, inputs), node: to, key, inputs, needs, ...this.costOf(to.graph, needs) };
  }

  private costOf(graph: string, needs: readonly NodePlan[]): Pick<Origin, 'ownCost' | 'cost' | 'depth'> {
    const ownCost = this.avoided.has(graph) ? AVOIDED : 1;
    return {
      ownCost,
      cost: needs.reduce((sum, { cost }) => sum + cost, ownCost),
      depth: 1 + Math.max(0, ...needs.map(({ depth }) => depth)),
    };
  }

  private planKey(node: Node, selections: Selections, origins: readonly Origin[]): NodePlan {
    const { items, typename } = this.search.collect([selections], node.type);
    const plan = this.search.planItems(node, items.values(), origins);
    return typename ? { ...plan, typename } : plan;
  }

  /** The release that keeps a field of an object from being fetched. */
  findBarrier(node: Node, name: string): Release | undefined {
    const leading = this.barred.filter(({ to }) => this.search.nodes.fieldOf(to, name));
    return (leading.find(({ type }) => type === node.type) ?? leading[0] ?? this.barred[0])?.release;
  }

  private isAllowed(to: Node, type: string, key: Key): boolean {
    if (!this.findStopped) return true;
    const subgraph = this.search.schema.subgraphs.get(to.graph) ?? to.graph;
    const release = this.findStopped(subgraph, to.type, this.itemsOf(type, key.selections));
    if (release) this.barred.push({ type, to, release });
    return release === undefined;
  }

  private itemsOf(type: string, selections: Selections): string[] {
    const { schema } = this.search;
    const objects = schema.types.get(type)?.kind === 'object' ? [type] : [...schema.possibleTypes(type)];
    return selections.flatMap((each): string[] => {
      if (each.kind === 'fragment') return this.itemsOf(each.on ?? type, each.selections);
      if (each.name === '__typename') return [];
      const own = objects.map((object) => `${object}.${each.name}`);
      if (!each.selections) return own;
      const fields = objects.flatMap((object) => [
        ...(schema.types.get(object)?.fields.get(each.name)?.in.values() ?? []),
      ]);
      const below = [...new Set(fields.map(({ named }) => named))];
      return [...own, ...below.flatMap((one) => this.itemsOf(one, each.selections!))];
    });
  }

  private guard<T>(id: string, otherwise: T, work: () => T): T {
    if (this.active.has(id)) {
      this.met.add(id);
      return otherwise;
    }
    this.active.add(id);
    try {
      return work();
    } finally {
      this.active.delete(id);
      this.met.delete(id);
    }
  }
}

/** Below a payload (`save { query { … } }`) the root type is an object like others, held by every subgraph that has one. */
const QUERY = 'Query';

const NONE_AVOIDED: ReadonlySet<string> = new Set();
/** Cost of a fetch from a subgraph that is avoided: it decides ties, and outweighs no fetch. */
const AVOIDED = 1.02;

const originId = ({ graph, type }: Node, inputs: Requires | undefined): string =>
  inputs ? `${graph} ${type} ${inputs.text}` : `${graph} ${type}`;
