import { Kind, type FieldNode, type SelectionNode, type SelectionSetNode } from 'graphql';
import { takesPart, type Decided, type Model, type Request, type Variables } from './model.js';
import { divisionOf, facadeValue, hidden, linkValue, membersOf, textValue, typeOfId, type World } from './world.js';

export type Fragments = ReadonlyMap<string, { readonly type: string; readonly set: SelectionSetNode }>;

/** The answer that a decision leads to, computed straight from the records, as if there were one subgraph. */
export class Answering {
  private readonly byNode: ReadonlyMap<FieldNode, Request>;

  constructor(
    private readonly model: Model,
    private readonly decided: Decided,
    requests: readonly Request[],
    private readonly fragments: Fragments,
    private readonly variables: Variables,
  ) {
    const asked = requests.filter(({ skipped }) => !skipped);
    this.byNode = new Map(asked.map((request) => [request.node, request]));
  }

  get world(): World {
    return this.model.world;
  }

  data(set: SelectionSetNode): Record<string, unknown> {
    return this.object('Query', 'Query', [set]);
  }

  /** Requests that the conditions leave in, parents before children. */
  active(set: SelectionSetNode): Request[] {
    return set.selections.flatMap((selection): Request[] => {
      if (!takesPart(selection, this.variables)) return [];
      if (selection.kind !== Kind.FIELD) return this.active(this.inner(selection).set);
      const request = this.byNode.get(selection);
      return [...(request ? [request] : []), ...(selection.selectionSet ? this.active(selection.selectionSet) : [])];
    });
  }

  private object(type: string, id: string, sets: readonly SelectionSetNode[]): Record<string, unknown> {
    const groups = new Map<string, FieldNode[]>();
    for (const set of sets) this.collect(set, type, groups);
    return Object.fromEntries([...groups].map(([key, nodes]) => [key, this.field(type, id, nodes)]));
  }

  private collect(set: SelectionSetNode, type: string, groups: Map<string, FieldNode[]>): void {
    for (const selection of set.selections) {
      if (!takesPart(selection, this.variables)) continue;
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        groups.set(key, [...(groups.get(key) ?? []), selection]);
      } else {
        const { type: condition, set: inner } = this.inner(selection, type);
        if (condition === type || membersOf(this.world, condition).includes(type)) this.collect(inner, type, groups);
      }
    }
  }

  private field(type: string, id: string, nodes: readonly FieldNode[]): unknown {
    const name = nodes[0]!.name.value;
    if (name === '__typename') return type;
    // One refused request under a key is enough to withhold it.
    if (nodes.some((node) => this.decided.refused.has(this.byNode.get(node)!))) return null;
    const at = name === 'io' ? `${this.world.interface!.name}.io` : `${type}.${name}`;
    const scope = this.decided.scopes[at];
    if (scope && !scope.some((prefix) => divisionOf(id).startsWith(prefix))) return null;
    const link = this.model.link(at);
    if (link) {
      const below = nodes.map((node) => node.selectionSet!);
      const record = (to: string) => this.object(typeOfId(to), to, below);
      const target = linkValue(this.world, link, id);
      if (typeof target === 'string') return this.isCut(target) ? null : record(target);
      return target?.filter((to) => !this.isCut(to)).map(record) ?? null;
    }
    const value = name === 'io' ? facadeValue(id) : name === 'id' ? id : this.text(type, name, id);
    return at in this.decided.masks ? hidden(value) : value;
  }

  /** True for a record outside the rows of an item that the operation filters by. */
  private isCut(id: string): boolean {
    const rows = this.decided.rows[typeOfId(id)];
    return rows !== undefined && !rows.some((prefix) => divisionOf(id).startsWith(prefix));
  }

  /** A text as its provider has it: whole, whatever the caller may have of its inputs. */
  private text(type: string, name: string, id: string): string {
    const field = this.model.text(`${type}.${name}`);
    if (!field) return divisionOf(id);
    return textValue(
      type,
      field,
      id,
      field.requires.map((required) => this.text(type, required, id)),
    );
  }

  private inner(selection: Exclude<SelectionNode, FieldNode>, type = ''): { type: string; set: SelectionSetNode } {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return this.fragments.get(selection.name.value)!;
    return { type: selection.typeCondition?.name.value ?? type, set: selection.selectionSet };
  }
}
