import { HubError } from '../../shared/kernel/index.js';
import { assignItems, type Answers } from './assign.js';
import type { FederatedSchema } from './federated-schema.js';
import type { InputKeys } from './input-keys.js';
import { Nodes, type Node } from './node.js';
import {
  measureDepth,
  NO_PLAN,
  REFUSED,
  UNREACHABLE,
  type FieldPlan,
  type NodePlan,
  type Origin,
  type RefusedPart,
  type TypePlan,
  type Use,
} from './node-plan.js';
import { Origins } from './origins.js';
import type { FindStopped } from './stop-keys.js';
import { collectItems, toSelections, TYPENAME, type Item, type Selection, type Selections } from './selection.js';
import { say } from '../request/messages/index.js';

/** Objects inside objects, those of inputs and keys included. The stack holds more. */
const DEPTH_LIMIT = 400;
/** Steps of one search, some 300 ms. An operation of the demo takes a hundred, 200 fields of 20 subgraphs take 4,000. */
const BUDGET = 300_000;

export interface SearchOptions {
  /** Tells which keys must not be sent to a subgraph; everything may be when absent. */
  readonly findStopped?: FindStopped | undefined;
  /** Labels of `@override` under which fields have moved. */
  readonly activeLabels?: ReadonlySet<string> | undefined;
  /** Subgraphs that are taken only where no other does as well. */
  readonly avoided?: ReadonlySet<string> | undefined;
  /** Keys under which inputs are fetched; those of the schema when absent. */
  readonly inputKeys?: InputKeys | undefined;
  /** Nodes of another search of the same graph under the same labels; its own when absent. */
  readonly nodes?: Nodes | undefined;
  /** Most steps. */
  readonly budget?: number | undefined;
}

/** Searches the plan of one operation: for each object where its fields come from. Results are remembered, so that the
 *  search grows with the operation and the number of subgraphs, not with the number of combinations. */
export class Search implements Answers {
  readonly nodes: Nodes;
  private readonly origins: Origins;
  private readonly plans = new Map<string, NodePlan>();
  private readonly budget: number;
  readonly preferred = new Set<string>();
  readonly inputKeys: InputKeys | undefined;
  private steps = 0;
  private depth = 0;
  /** Fields looked for in subgraphs so far, which is where the time goes. */
  looked = 0;

  constructor(
    readonly schema: FederatedSchema,
    { findStopped, activeLabels, avoided, inputKeys, nodes, budget = BUDGET }: SearchOptions = {},
  ) {
    this.budget = budget;
    this.inputKeys = inputKeys;
    this.nodes = nodes ?? new Nodes(schema, activeLabels);
    this.origins = new Origins(this, findStopped, avoided);
  }

  /** Plans the root fields of an operation.
   *  @throws HubError FIELD_UNREACHABLE naming the field, PLAN_TOO_COSTLY when the search does not end */
  planRoot(type: string, selections: Selections): NodePlan {
    const { items } = this.collect([selections], type);
    const { cost, uses, missing } = assignItems(this, undefined, items.values(), this.origins.roots(type));
    if (missing) throw unreachable(`${type}.${missing.name}`);
    return { cost, depth: measureDepth(uses), uses, typename: false, types: [] };
  }

  /** Plans selections of an object that a subgraph holds. */
  plan(node: Node, lists: readonly Selections[]): NodePlan {
    const key = `${node.id}:${this.nodes.idOf(lists)}`;
    const known = this.plans.get(key);
    if (known) return known;
    this.countStep();
    if (this.depth >= DEPTH_LIMIT) throw new HubError('PLAN_TOO_COSTLY', say('operation.planTooDeep'));
    this.depth++;
    const { value, certain } = this.origins.track(() => this.planNode(node, lists));
    this.depth--;
    if (certain) this.plans.set(key, value);
    return value;
  }

  planItems(node: Node, items: Iterable<Item>, origins: readonly Origin[], typename = false): NodePlan {
    const { cost, uses, refused } = assignItems(this, node, items, origins);
    return { cost, depth: measureDepth(uses), uses, typename, types: [], refused };
  }

  planField(node: Node, item: Item, inputs: string | undefined): FieldPlan | undefined {
    this.looked++;
    this.countStep();
    const field = this.nodes.fieldOf(node, item.name);
    if (!field || field.requires?.text !== inputs) return undefined;
    if (node.kind === 'abstract' && !this.isSameInAllTypes(node, item.name)) return undefined;
    if (item.below.length === 0) return { item, field, child: undefined };
    const child = this.nodes.below(node, item.name, field);
    const plan = this.plan(child, item.below);
    return plan.cost < UNREACHABLE ? { item, field, child: { node: child, plan } } : undefined;
  }

  planRest(node: Node, items: readonly Item[]): NodePlan {
    return this.plan(node, items.length === 1 ? [this.selectionsOf(items[0]!)] : [toSelections(items)]);
  }

  /** Ways from a node to other subgraphs; with those that bring the inputs which some of the items require. */
  originsOf(node: Node, items: readonly Item[] = []): readonly Origin[] {
    return items.length === 0 ? this.origins.base(node) : this.origins.all(node, items);
  }

  planBeside(node: Node, selections: Selections, opened: readonly Origin[], limit: number): NodePlan | undefined {
    if (node.kind === 'abstract') return undefined;
    const { items, typename, rest } = this.collect([selections], node.type);
    if (rest.length > 0 || (typename && node.kind === 'opaque')) return undefined;
    this.countStep();
    const byId = new Map(opened.map((origin) => [origin.id, origin]));
    const origins = this.origins.all(node, items.values()).flatMap((origin) => {
      const known = byId.get(origin.id);
      return known ?? (origin.cost < limit ? origin : []);
    });
    const { cost, uses } = assignItems(this, node, items.values(), origins, opened);
    return cost < REFUSED ? { cost, depth: measureDepth(uses), uses, typename, types: [] } : undefined;
  }

  refuse(node: Node, item: Item): RefusedPart | undefined {
    const release = this.origins.findBarrier(node, item.name);
    return release && { keys: keysOf(item), release };
  }

  countStep(): void {
    if (++this.steps > this.budget) throw new HubError('PLAN_TOO_COSTLY', say('operation.planTooLong'));
  }

  collect(lists: readonly Selections[], type: string) {
    return collectItems(lists, (condition) => this.schema.meets(type, condition));
  }

  private planNode(node: Node, lists: readonly Selections[]): NodePlan {
    if (node.kind === 'abstract') return this.planAbstract(node, lists);
    if (node.kind === 'opaque') return this.planOpaque(node, lists);
    const { items, typename } = this.collect(lists, node.type);
    return this.planItems(node, items.values(), this.origins.all(node, items.values()), typename);
  }

  /** An interface or union: what every type of it answers alike is asked of all together, the rest of each type. */
  private planAbstract(node: Node, lists: readonly Selections[]): NodePlan {
    const types = this.schema.possibleTypesIn(node.graph, node.type);
    // What is asked of another type than the interface is asked of that type, also where all objects are of it: whether it
    // may be asked for is decided for that type.
    const { items, typename, rest } = collectItems(lists, (condition) => condition === node.type);
    const fields: FieldPlan[] = [];
    const expanded: Selection[] = [...rest];
    for (const item of items.values()) {
      const field = this.planField(node, item, undefined);
      if (field && (field.child?.plan.cost ?? 0) < REFUSED) fields.push(field);
      // A subgraph that knows no type of it can have no object either.
      else if (types.length === 0) return NO_PLAN;
      else expanded.push(...this.selectionsOf(item));
    }
    const plans = expanded.length === 0 ? [] : types.flatMap((type) => this.planType(node, type, expanded));
    const costs = plans.map(({ plan }) => plan.cost);
    const below = fields.reduce((sum, { child }) => sum + (child?.plan.cost ?? 0), 0);
    const uses = fields.length > 0 ? [{ origin: undefined, fields, rest: undefined }] : [];
    return {
      // Jumps of several types to one subgraph become one fetch.
      cost: below + Math.max(0, ...costs) + 0.1 * costs.filter((cost) => cost > 0).length,
      typename: typename || expanded.length > 0,
      depth: measureDepth(uses, plans),
      uses,
      types: plans,
    };
  }

  private planType(node: Node, type: string, selections: readonly Selection[]): TypePlan[] {
    const { items } = this.collect([selections], type);
    if (items.size === 0) return [];
    const narrowed = this.nodes.narrow(node, type);
    const origins = this.origins.all(narrowed, items.values());
    return [{ node: narrowed, plan: this.planItems(narrowed, items.values(), origins) }];
  }

  /** An interface of which the subgraph does not know the types. Where the type matters, it is found out in a subgraph that
   *  does, and everything that depends on it is planned from there. */
  private planOpaque(node: Node, lists: readonly Selections[]): NodePlan {
    const { items, typename, rest } = this.collect(lists, node.type);
    const common = this.planItems(node, items.values(), this.origins.all(node, items.values()));
    // A leaf that is asked of every object need not be asked of some of them again: the call for those would ask for
    // nothing in the end, and still be sent its inputs.
    const further = rest.flatMap((each) => withoutLeaves(each, items));
    if (!typename && further.length === 0) return common;
    const typed: Selections = typename ? [TYPENAME, ...further] : further;
    let best: Use | undefined;
    let lowest = UNREACHABLE;
    for (const origin of this.origins.base(node)) {
      if (origin.node.kind !== 'abstract') continue;
      const plan = this.plan(origin.node, [typed]);
      if (origin.cost + plan.cost < lowest) {
        lowest = origin.cost + plan.cost;
        best = { origin, fields: [], rest: { ...plan, typename: true } };
      }
    }
    if (!best) return this.refuseType(node, common);
    const uses = [...common.uses, best];
    return { ...common, cost: common.cost + lowest, depth: measureDepth(uses), uses };
  }

  private refuseType(node: Node, common: NodePlan): NodePlan {
    const release = this.origins.findBarrier(node, '__typename');
    if (!release || common.cost === UNREACHABLE) return NO_PLAN;
    const refused = [...(common.refused ?? []), { keys: ['__typename'], release }];
    return { ...common, cost: common.cost + REFUSED, refused };
  }

  /** True when each type of an abstract node answers the field like the interface does. */
  private isSameInAllTypes(node: Node, name: string): boolean {
    const provided = new Set<unknown>();
    for (const type of this.schema.possibleTypesIn(node.graph, node.type)) {
      const field = this.nodes.fieldOf(this.nodes.narrow(node, type), name);
      if (!field || field.requires) return false;
      provided.add(field.provides);
    }
    const [only] = provided;
    return provided.size <= 1 && (only === undefined || only === this.nodes.fieldOf(node, name)?.provides);
  }

  private readonly lists = new Map<Item, Selections>();
  private selectionsOf(item: Item): Selections {
    return this.lists.get(item) ?? this.lists.set(item, toSelections([item])).get(item)!;
  }
}

function withoutLeaves(selection: Selection, known: ReadonlyMap<string, Item>): Selection[] {
  if (selection.kind === 'field') return !selection.selections && known.has(selection.key) ? [] : [selection];
  const selections = selection.selections.flatMap((each) => withoutLeaves(each, known));
  return selections.length > 0 ? [{ ...selection, selections }] : [];
}

/** Response keys that lead to an item, or to the only leaf that is asked of it. */
function keysOf({ key, below }: Item): string[] {
  const keys = [key];
  for (let lists = below; lists.length === 1 && lists[0]!.length === 1;) {
    const [only] = lists[0]!;
    if (only!.kind === 'field') keys.push(only!.key);
    lists = only!.selections ? [only!.selections] : [];
  }
  return keys;
}

const unreachable = (coordinate: string) =>
  new HubError('FIELD_UNREACHABLE', say('operation.unreachable', { coordinate }), { coordinate });
