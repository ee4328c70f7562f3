import type { FederatedField, FederatedSchema } from './federated-schema.js';
import type { Node } from './node.js';
import { Search } from './search.js';
import type { Item } from './selection.js';
import type { FindStopped } from './stop-keys.js';

/** Steps of the whole check. A graph of 100 subgraphs and 2,000 types takes some 30,000, in about a second. */
const BUDGET = 1_000_000;

/** A field that no plan answers for the objects of a position. */
export interface UnansweredField {
  /** `Type.field`. */
  readonly coordinate: string;
  readonly field: FederatedField;
  readonly nodes: readonly Node[];
  readonly entry: Entry | undefined;
}

export interface ReachOptions {
  readonly activeLabels: ReadonlySet<string>;
  /** Types and fields that consumers do not see, as `Type` and `Type.field`. */
  readonly inaccessible: ReadonlySet<string>;
  /** Tells which keys must not be sent to a subgraph; everything may be when absent. Positions that only such a key leads to
   *  are looked at all the same. */
  readonly findStopped?: FindStopped | undefined;
  /** Number of fields after which the check ends. */
  readonly most?: number;
}

/** The objects of one position, by the nodes that may hold them. */
interface Position {
  readonly nodes: readonly Node[];
  readonly entry: Entry | undefined;
}

/** The way to a position, last field first. */
export interface Entry {
  readonly coordinate: string;
  readonly before: Entry | undefined;
}

/** Plans every field from every entry: from each object that a root field leads to, as the subgraphs that can lead there hold
 *  it. Objects that are held alike are looked at once, so that the work grows with the graph and not with its paths. */
export class ReachCheck {
  private readonly search: Search;
  /** The search in which everything may be sent; absent where that is the case anyway. */
  private readonly open: Search | undefined;
  private readonly seen = new Set<string>();
  private readonly pending: Position[] = [];
  private readonly found = new Map<string, UnansweredField>();
  private readonly items = new Map<string, Item>();
  /** Fields that lead to objects whose type cannot be found out. */
  readonly untyped = new Set<string>();

  constructor(
    private readonly schema: FederatedSchema,
    private readonly options: ReachOptions,
  ) {
    const { activeLabels, findStopped } = options;
    this.search = new Search(schema, { activeLabels, findStopped, budget: BUDGET });
    this.open = findStopped && new Search(schema, { activeLabels, budget: BUDGET, nodes: this.search.nodes });
  }

  /** @throws HubError PLAN_TOO_COSTLY when the graph is too large to check */
  run(): readonly UnansweredField[] {
    const { most = Infinity } = this.options;
    for (const root of ['Query', 'Mutation', 'Subscription']) {
      const graphs = [...(this.schema.types.get(root)?.in.keys() ?? [])];
      const nodes = graphs.map((graph) => this.search.nodes.at(graph, root));
      if (nodes.length > 0) this.visitObjects(root, nodes, undefined);
    }
    for (let next = this.pending.pop(); next && this.found.size < most; next = this.pending.pop()) this.visit(next);
    return [...this.found.values()];
  }

  private visit({ nodes, entry }: Position): void {
    const byType = new Map<string, Node[]>();
    const add = (node: Node) => (byType.get(node.type) ?? byType.set(node.type, []).get(node.type)!).push(node);
    const narrow = (node: Node) => {
      for (const type of this.schema.possibleTypesIn(node.graph, node.type)) add(this.search.nodes.narrow(node, type));
    };
    for (const node of nodes) {
      if (node.kind === 'object') add(node);
      else if (node.kind === 'abstract') narrow(node);
      else {
        this.visitOpaque(node, nodes, entry);
        typingOrigins(this.search, node).forEach(narrow);
      }
    }
    for (const [type, held] of byType) this.visitObjects(type, held, entry);
  }

  /** Fields of an interface whose objects a subgraph has as `@interfaceObject`. Where the types can be found out, each type is
   *  looked at by itself. */
  private visitOpaque(node: Node, nodes: readonly Node[], entry: Entry | undefined): void {
    const held = nodes.filter(({ kind, type }) => kind === 'opaque' && type === node.type);
    if (!this.isNew(node.type, held)) return;
    const isTyped = typingOrigins(this.search, node).length > 0;
    this.visitFields(node.type, held, entry, !isTyped);
    if (isTyped || !this.open) return;
    const typing = typingOrigins(this.open, node);
    if (typing.length > 0 && entry) this.untyped.add(entry.coordinate);
    for (const origin of typing) this.pending.push({ nodes: [origin], entry });
  }

  private visitObjects(type: string, nodes: readonly Node[], entry: Entry | undefined): void {
    if (this.isNew(type, nodes)) this.visitFields(type, nodes, entry, true);
  }

  private visitFields(type: string, nodes: readonly Node[], before: Entry | undefined, isReported: boolean): void {
    const reached = new ReachedPlaces(this.search, type, nodes);
    const open = this.open && new ReachedPlaces(this.open, type, nodes);
    for (const field of this.schema.types.get(type)?.fields.values() ?? []) {
      const coordinate = `${type}.${field.name}`;
      if (field.name.startsWith('__') || this.isHidden(type, coordinate)) continue;
      const entry = { coordinate, before };
      const below = this.below(reached, field);
      if (below) {
        if (below.length > 0) this.pending.push({ nodes: below, entry });
      } else if (isReported) {
        if (!this.found.has(coordinate)) this.found.set(coordinate, { coordinate, field, nodes, entry: before });
        // Where it is sent after all, perhaps one of its subgraphs alone can be asked.
        const reachable = (open && this.below(open, field)) ?? [];
        for (const node of reachable) this.pending.push({ nodes: [node], entry });
      }
    }
  }

  /** Nodes that a field leads to, none for a leaf; undefined where nobody answers it. */
  private below({ search, ways, placesWith }: ReachedPlaces, field: FederatedField): readonly Node[] | undefined {
    const { name } = field;
    const below = new Map<string, Node>();
    let isAnswered = false;
    for (const at of placesWith(field)) {
      const local = search.nodes.fieldOf(at, name);
      if (!local || (local.requires && !ways.get(at)!.some((from) => this.hasInputs(search, from, at, name)))) continue;
      isAnswered = true;
      if (this.schema.types.get(local.named)?.kind === 'leaf' || !this.schema.types.has(local.named)) continue;
      const child = search.nodes.below(at, name, local);
      below.set(child.id, child);
    }
    return isAnswered ? [...below.values()] : undefined;
  }

  private hasInputs(search: Search, from: Node, at: Node, name: string): boolean {
    const requires = search.nodes.fieldOf(at, name)?.requires;
    const item = this.items.get(name) ?? { name, key: name, args: [], below: [] };
    this.items.set(name, item);
    return search.originsOf(from, [item]).some((origin) => origin.node === at && origin.inputs === requires);
  }

  private isNew(type: string, nodes: readonly Node[]): boolean {
    const key = `${type}: ${[...new Set(nodes.map(({ id }) => id))].sort().join(';')}`;
    if (this.seen.has(key)) return false;
    this.seen.add(key);
    return true;
  }

  private isHidden = (type: string, coordinate: string): boolean =>
    this.options.inaccessible.has(type) || this.options.inaccessible.has(coordinate);
}

/** Places where an object can be held. Every subgraph's root leads to every other one, so each place is looked at once, and not
 *  once for each way to it. */
class ReachedPlaces {
  /** Nodes that lead to each place. */
  readonly ways: ReadonlyMap<Node, readonly Node[]>;
  private readonly own: ReadonlyMap<string, readonly Node[]>;
  /** An interface that is an object there, with fields of its own. */
  private readonly others: readonly Node[];

  constructor(
    readonly search: Search,
    type: string,
    nodes: readonly Node[],
  ) {
    const ways = new Map<Node, Node[]>();
    for (const from of nodes)
      for (const at of [from, ...search.originsOf(from).map((origin) => origin.node)])
        (ways.get(at) ?? ways.set(at, []).get(at)!).push(from);
    const places = [...ways.keys()].filter(({ kind }) => kind !== 'abstract');
    this.ways = ways;
    this.own = Map.groupBy(
      places.filter((at) => at.type === type),
      ({ graph }) => graph,
    );
    this.others = places.filter((at) => at.type !== type);
  }

  /** Places that may have a field. */
  placesWith = (field: FederatedField): readonly Node[] => [
    ...[...field.in.keys()].flatMap((graph) => this.own.get(graph) ?? []),
    ...this.others,
  ];
}

/** Subgraphs that can tell the type of an object behind an `@interfaceObject`. */
const typingOrigins = (search: Search, node: Node): readonly Node[] =>
  search.originsOf(node).flatMap(({ node: origin }) => (origin.kind === 'abstract' ? [origin] : []));
