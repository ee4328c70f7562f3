import { Kind, type ConstDirectiveNode, type DocumentNode } from 'graphql';
import { parseOnce } from '../../shared/share/parse-once.js';
import type { FederatedField, FederatedSchema } from './federated-schema.js';
import type { Node } from './node.js';
import { explainUnreachable } from './explain-unreachable.js';
import { OverrideLabels } from './override-labels.js';
import { readFederatedSchema } from './read-federated-schema.js';
import { Search } from './search.js';
import type { Item } from './selection.js';

/** A field that consumers could ask for and that no plan answers. */
export interface UnreachableField {
  /** `Type.field`. */
  readonly coordinate: string;
  /** Fields from a root field down to the object, e.g. `["Query.person", "Person.spouse"]`. */
  readonly entry: readonly string[];
  /** One reason for each subgraph that has the field. */
  readonly reasons: readonly string[];
}

/** Steps of the whole check. A graph of 100 subgraphs and 2,000 types takes some 30,000, in about a second. */
const BUDGET = 1_000_000;
/** Fields reported; whoever sees more has the same fault many times. */
const REPORTED = 20;

/** Plans every field from every entry: from each object that a root field leads to, as the subgraphs that can lead there hold
 *  it. Objects that are held alike are looked at once, so that the work grows with the graph and not with its paths.
 *  @param supergraph  a composed supergraph
 *  @throws Error when it is none; HubError PLAN_TOO_COSTLY when it is too large to check */
export function findUnreachable(supergraph: string): UnreachableField[] {
  const document = parseOnce(supergraph);
  const schema = readFederatedSchema(document);
  const inaccessible = readInaccessible(document);
  const { labels } = schema;
  // Labels that an operator switches: all off, and all on.
  const choices = [...new OverrideLabels(labels).all(), ...(labels.size > 0 ? [labels] : [])];
  for (const active of choices) {
    const found = new Check(schema, inaccessible, active).run();
    if (found.length > 0) return found;
  }
  return [];
}

/** The objects of one position, by the nodes that may hold them. */
interface Position {
  readonly nodes: readonly Node[];
  readonly entry: Entry | undefined;
}

/** The way to a position, last field first. */
interface Entry {
  readonly coordinate: string;
  readonly before: Entry | undefined;
}

class Check {
  private readonly search: Search;
  private readonly seen = new Set<string>();
  private readonly pending: Position[] = [];
  private readonly found = new Map<string, UnreachableField>();
  private readonly items = new Map<string, Item>();

  constructor(
    private readonly schema: FederatedSchema,
    private readonly inaccessible: ReadonlySet<string>,
    activeLabels: ReadonlySet<string>,
  ) {
    this.search = new Search(schema, { activeLabels, budget: BUDGET });
  }

  run(): UnreachableField[] {
    for (const root of ['Query', 'Mutation', 'Subscription']) {
      const graphs = [...(this.schema.types.get(root)?.in.keys() ?? [])];
      const nodes = graphs.map((graph) => this.search.nodes.at(graph, root));
      if (nodes.length > 0) this.visitObjects(root, nodes, undefined);
    }
    for (let next = this.pending.pop(); next && this.found.size < REPORTED; next = this.pending.pop()) this.visit(next);
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
        for (const { node: origin } of this.search.originsOf(node)) if (origin.kind === 'abstract') narrow(origin);
      }
    }
    for (const [type, held] of byType) this.visitObjects(type, held, entry);
  }

  /** Fields of an interface whose objects a subgraph has as `@interfaceObject`. Where the types can be found out, each type is
   *  looked at by itself. */
  private visitOpaque(node: Node, nodes: readonly Node[], entry: Entry | undefined): void {
    const held = nodes.filter(({ kind, type }) => kind === 'opaque' && type === node.type);
    if (!this.isNew(node.type, held)) return;
    const origins = this.search.originsOf(node).map((origin) => origin.node);
    const isTyped = origins.some(({ kind }) => kind === 'abstract');
    this.visitFields(node.type, held, entry, !isTyped);
  }

  private visitObjects(type: string, nodes: readonly Node[], entry: Entry | undefined): void {
    if (this.isNew(type, nodes)) this.visitFields(type, nodes, entry, true);
  }

  private visitFields(type: string, nodes: readonly Node[], entry: Entry | undefined, isReported: boolean): void {
    // Every subgraph's root leads to every other one, so each place is looked at once, and not once for each way to it.
    const reached = new Map<Node, Node[]>();
    for (const from of nodes)
      for (const at of [from, ...this.search.originsOf(from).map((origin) => origin.node)])
        (reached.get(at) ?? reached.set(at, []).get(at)!).push(from);
    for (const field of this.schema.types.get(type)?.fields.values() ?? []) {
      const coordinate = `${type}.${field.name}`;
      if (field.name.startsWith('__') || this.inaccessible.has(type) || this.inaccessible.has(coordinate)) continue;
      const below = new Map<string, Node>();
      let isAnswered = false;
      for (const [at, ways] of reached) {
        const local = at.kind === 'abstract' ? undefined : this.search.nodes.fieldOf(at, field.name);
        if (!local || (local.requires && !ways.some((from) => this.hasInputs(from, at, field.name)))) continue;
        isAnswered = true;
        if (this.schema.types.get(local.named)?.kind === 'leaf' || !this.schema.types.has(local.named)) continue;
        const child = this.search.nodes.below(at, field.name, local);
        below.set(child.id, child);
      }
      if (!isAnswered && isReported) this.report(coordinate, field, nodes, entry);
      if (below.size > 0) this.pending.push({ nodes: [...below.values()], entry: { coordinate, before: entry } });
    }
  }

  private hasInputs(from: Node, at: Node, name: string): boolean {
    const requires = this.search.nodes.fieldOf(at, name)?.requires;
    const item = this.items.get(name) ?? { name, key: name, args: [], below: [] };
    this.items.set(name, item);
    return this.search.originsOf(from, [item]).some((origin) => origin.node === at && origin.inputs === requires);
  }

  private isNew(type: string, nodes: readonly Node[]): boolean {
    const key = `${type}: ${[...new Set(nodes.map(({ id }) => id))].sort().join(';')}`;
    if (this.seen.has(key)) return false;
    this.seen.add(key);
    return true;
  }

  private report(coordinate: string, field: FederatedField, nodes: readonly Node[], entry: Entry | undefined): void {
    if (this.found.has(coordinate)) return;
    const path: string[] = [];
    for (let at = entry; at; at = at.before) path.unshift(at.coordinate);
    const reasons = explainUnreachable(this.schema, field, nodes);
    this.found.set(coordinate, { coordinate, entry: path, reasons });
  }
}

/** Types and fields that consumers do not see, as `Type` and `Type.field`. */
function readInaccessible(document: DocumentNode): Set<string> {
  const inaccessible = new Set<string>();
  const isMarked = ({ directives = [] }: { readonly directives?: readonly ConstDirectiveNode[] | undefined }) =>
    directives.some(({ name }) => name.value === 'inaccessible');
  for (const each of document.definitions) {
    if (each.kind !== Kind.OBJECT_TYPE_DEFINITION && each.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    if (isMarked(each)) inaccessible.add(each.name.value);
    for (const field of each.fields ?? [])
      if (isMarked(field)) inaccessible.add(`${each.name.value}.${field.name.value}`);
  }
  return inaccessible;
}
