import {
  buildASTSchema,
  Kind,
  parse,
  type ConstDirectiveNode,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import type { IsKeyField } from './representation.js';
import { typeNames, type TypeNames } from './type-names.js';

/** What the executor reads off a supergraph, once per graph version. */
export interface SupergraphFacts {
  /** Every type and field, also inaccessible ones. Not for consumers. */
  readonly schema: GraphQLSchema;
  readonly types: TypeNames;
  readonly keyFields: (subgraph: string) => IsKeyField;
  /** Interfaces that some subgraph knows only as `@interfaceObject`. */
  readonly opaque: ReadonlySet<string>;
}

/** Reads a composed supergraph.
 *  @source Federation join specification v0.3: `join__Graph`, `join__type(graph, key, isInterfaceObject)` */
export function supergraphFacts(supergraph: string): SupergraphFacts {
  const document = parse(supergraph, { noLocation: true });
  const schema = buildASTSchema(document, { assumeValidSDL: true });
  const graphs = new Map<string, string>();
  const keys = new Map<string, Set<string>>();
  const opaque = new Set<string>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === 'join__Graph') {
      for (const value of definition.values ?? []) {
        const graph = value.directives?.find(({ name }) => name.value === 'join__graph');
        graphs.set(value.name.value, (graph && argument(graph, 'name')) ?? value.name.value);
      }
    }
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const directive of definition.directives ?? []) {
      if (directive.name.value !== 'join__type') continue;
      const type = definition.name.value;
      if (argument(directive, 'isInterfaceObject') === 'true') opaque.add(type);
      const key = argument(directive, 'key');
      if (key === undefined) continue;
      const at = `${argument(directive, 'graph')}\0${type}`;
      for (const field of topFields(key)) (keys.get(at) ?? keys.set(at, new Set()).get(at)!).add(field);
    }
  }
  const enumNames = new Map([...graphs].map(([value, name]) => [name, value]));
  return {
    schema,
    types: typeNames(schema),
    opaque,
    keyFields: (subgraph) => {
      const graph = graphs.has(subgraph) ? subgraph : (enumNames.get(subgraph) ?? subgraph);
      return (type, field) => keys.get(`${graph}\0${type}`)?.has(field) ?? false;
    },
  };
}

function argument(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((each) => each.name.value === name)?.value;
  if (!value || !('value' in value)) return undefined;
  return String(value.value);
}

function topFields(key: string): string[] {
  const set: SelectionSetNode | undefined = parse(`{${key}}`, { noLocation: true }).definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? [definition.selectionSet] : [],
  )[0];
  return (set?.selections ?? []).flatMap((selection) => (selection.kind === Kind.FIELD ? [selection.name.value] : []));
}
