import type { FederatedSchema, LocalField, LocalType } from './federated-schema.js';
import { collectItems, type Selections } from './selection.js';

/** An object as one subgraph holds it at some place: what can be asked of it there without leaving the subgraph. */
export interface Node {
  readonly id: string;
  readonly graph: string;
  /** The type that the subgraph gives the object: an object type, an interface or a union. */
  readonly type: string;
  /** An object type; an interface or union; or an interface that the subgraph has as `@interfaceObject`. */
  readonly kind: 'object' | 'abstract' | 'opaque';
  /** External fields that the path to the object provides (`@provides`). */
  readonly provided: readonly Selections[];
  readonly local: LocalType;
}

const NO_LABELS: ReadonlySet<string> = new Set();

/** Nodes of a supergraph, each of them once. */
export class Nodes {
  private readonly nodes = new Map<string, Node>();
  private readonly ids = new WeakMap<Selections, number>();
  private lists = 0;

  /** @param active  labels of `@override` under which moving fields have moved */
  constructor(
    readonly schema: FederatedSchema,
    private readonly active: ReadonlySet<string> = NO_LABELS,
  ) {}

  /** The node of a type in a subgraph. @throws Error when the subgraph does not have the type */
  at(graph: string, type: string, provided: readonly Selections[] = []): Node {
    const id = `${graph} ${type} ${this.idOf(provided)}`;
    const known = this.nodes.get(id);
    if (known) return known;
    const federated = this.schema.types.get(type);
    const local = federated?.in.get(graph);
    if (!federated || !local) throw new Error(`subgraph ${graph} has no type ${type}`);
    const kind = local.interfaceObject ? 'opaque' : federated.kind === 'object' ? 'object' : 'abstract';
    const node: Node = { id, graph, type, kind, provided, local };
    this.nodes.set(id, node);
    return node;
  }

  /** Identity of selection lists, as text. */
  idOf(lists: readonly Selections[]): string {
    return lists
      .map((list) => {
        let id = this.ids.get(list);
        if (id === undefined) this.ids.set(list, (id = ++this.lists));
        return id;
      })
      .join(',');
  }

  /** The field as the node's subgraph can answer it here; undefined when it cannot. */
  fieldOf(node: Node, name: string): LocalField | undefined {
    const field = this.schema.types.get(node.type)?.fields.get(name)?.in.get(node.graph);
    if (!field || (field.moving && this.active.has(field.moving.label) !== field.moving.whenActive)) return undefined;
    return !field.external || this.provides(node, name) ? field : undefined;
  }

  /** The node below a composite field. */
  below(node: Node, name: string, field: LocalField): Node {
    const provided = this.collectProvided(node).items.get(name)?.below ?? [];
    return this.at(node.graph, field.named, field.provides ? [...provided, field.provides] : provided);
  }

  /** The node of one runtime type of an abstract node. */
  narrow(node: Node, type: string): Node {
    return this.at(node.graph, type, node.provided);
  }

  private provides(node: Node, name: string): boolean {
    return node.provided.length > 0 && this.collectProvided(node).items.has(name);
  }

  private collectProvided(node: Node) {
    return collectItems(node.provided, (condition) => this.schema.meets(node.type, condition));
  }
}
