import { Kind, parse, print, visit, type ConstDirectiveNode, type DocumentNode } from 'graphql';
import { HubError } from '../../shared/kernel/index.js';
import type { PlanNode, QueryPlan } from '@graphql-hive/router-query-planner';

/** A supergraph as the planner is given it, and the way back. */
export interface OrderedSupergraph {
  readonly supergraph: string;
  /** Puts the subgraphs' own names back into a plan. */
  readonly restore: (plan: QueryPlan) => QueryPlan;
}

/** Renames subgraphs so that by name those that define an interface come before those that know it as `@interfaceObject`.
 *  The planner looks at subgraphs in the order of their names and finds no way from an interface object to a field of the
 *  real type ("No paths found") when it meets them the other way round. A graph without interface objects is left alone.
 *  @throws HubError COMPOSITION_FAILED when it is not GraphQL */
export function orderSubgraphs(supergraph: string): OrderedSupergraph {
  if (!supergraph.includes('isInterfaceObject')) return { supergraph, restore: (plan) => plan };
  const document = parseSupergraph(supergraph);
  const before = constraints(document);
  const names = graphNames(document);
  const renamed = new Map(
    inOrder([...names.keys()].sort(), before).map((graph, i) => [names.get(graph)!, `g${String(i).padStart(6, '0')}`]),
  );
  const original = new Map([...renamed].map(([name, given]) => [given, name]));
  return {
    supergraph: print(rename(document, renamed)),
    restore: (plan) => ({ ...plan, node: plan.node && restore(plan.node, original) }),
  };
}

function parseSupergraph(supergraph: string): DocumentNode {
  try {
    return parse(supergraph, { noLocation: true });
  } catch (cause) {
    throw new HubError('COMPOSITION_FAILED', 'The supergraph cannot be served: it is not GraphQL.', {}, { cause });
  }
}

/** For each graph with interface objects, the graphs that define those interfaces. */
function constraints(document: DocumentNode): ReadonlyMap<string, ReadonlySet<string>> {
  const before = new Map<string, Set<string>>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    const types = (definition.directives ?? []).filter(({ name }) => name.value === 'join__type');
    const [objects, definers] = [types.filter(isInterfaceObject), types.filter((type) => !isInterfaceObject(type))];
    for (const object of objects.map((type) => argument(type, 'graph')!)) {
      const set = before.get(object) ?? before.set(object, new Set()).get(object)!;
      for (const definer of definers) set.add(argument(definer, 'graph')!);
    }
  }
  return before;
}

const isInterfaceObject = (type: ConstDirectiveNode): boolean => argument(type, 'isInterfaceObject') === 'true';

/** Subgraph name by `join__Graph` value. */
function graphNames(document: DocumentNode): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== 'join__Graph') continue;
    for (const value of definition.values ?? []) {
      const graph = value.directives?.find(({ name }) => name.value === 'join__graph');
      names.set(value.name.value, (graph && argument(graph, 'name')) ?? value.name.value);
    }
  }
  return names;
}

/** Depth-first order; where the constraints form a ring, no order can please all of them. */
function inOrder(graphs: readonly string[], before: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const placed = new Set<string>();
  const open = new Set<string>();
  const place = (graph: string): void => {
    if (placed.has(graph) || open.has(graph)) return;
    open.add(graph);
    for (const earlier of [...(before.get(graph) ?? [])].sort()) place(earlier);
    placed.add(graph);
  };
  graphs.forEach(place);
  return [...placed];
}

/** Names stand in `@join__graph(name:)` and `@join__field(override:)`. */
function rename(document: DocumentNode, names: ReadonlyMap<string, string>): DocumentNode {
  return visit(document, {
    Directive(node) {
      const key =
        node.name.value === 'join__graph' ? 'name' : node.name.value === 'join__field' ? 'override' : undefined;
      if (key === undefined) return undefined;
      const given = node.arguments?.map((each) => {
        const name =
          each.name.value === key && each.value.kind === Kind.STRING ? names.get(each.value.value) : undefined;
        return name === undefined ? each : { ...each, value: { kind: Kind.STRING as const, value: name } };
      });
      return { ...node, arguments: given };
    },
  });
}

function restore(node: PlanNode, names: ReadonlyMap<string, string>): PlanNode {
  switch (node.kind) {
    case 'Fetch':
    case 'BatchFetch':
      return { ...node, serviceName: names.get(node.serviceName) ?? node.serviceName };
    case 'Flatten':
      return { ...node, node: restore(node.node, names) };
    case 'Sequence':
    case 'Parallel':
      return { ...node, nodes: node.nodes.map((inner) => restore(inner, names)) };
    default:
      return node;
  }
}

function argument(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((each) => each.name.value === name)?.value;
  return value && 'value' in value ? String(value.value) : undefined;
}
