import { Kind, type ConstDirectiveNode, type DocumentNode, type FieldDefinitionNode, type TypeNode } from 'graphql';
import { print } from 'graphql';
import { argument } from '../../../shared/share/share-spec.js';

/** Value of `join__Graph` by subgraph name. */
export function readGraphIds(supergraph: DocumentNode): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  for (const each of supergraph.definitions) {
    if (each.kind !== Kind.ENUM_TYPE_DEFINITION || each.name.value !== 'join__Graph') continue;
    for (const { name, directives } of each.values ?? []) {
      const graph = directives?.find((directive) => directive.name.value === 'join__graph');
      ids.set(String(graph && argument(graph, 'name')), name.value);
    }
  }
  return ids;
}

export const isJoinField = ({ name }: ConstDirectiveNode): boolean => name.value === 'join__field';

/** The `@join__field` of a field for one subgraph. */
export const joinOf = ({ directives = [] }: FieldDefinitionNode, graph: string): ConstDirectiveNode | undefined =>
  directives.find((each) => isJoinField(each) && argument(each, 'graph') === graph);

export const joinField = (graph: string, also: { external?: true; type?: TypeNode } = {}): ConstDirectiveNode => ({
  kind: Kind.DIRECTIVE,
  name: { kind: Kind.NAME, value: 'join__field' },
  arguments: [
    toArgument('graph', { kind: Kind.ENUM, value: graph }),
    ...(also.type ? [toArgument('type', { kind: Kind.STRING, value: print(also.type) })] : []),
    ...(also.external ? [toArgument('external', { kind: Kind.BOOLEAN, value: true })] : []),
  ],
});

/** The directive with one argument set. */
export const withArgument = (
  directive: ConstDirectiveNode,
  name: string,
  value: ArgumentValue,
): ConstDirectiveNode => ({
  ...directive,
  arguments: [...(directive.arguments ?? []).filter((each) => each.name.value !== name), toArgument(name, value)],
});

type ArgumentValue = NonNullable<ConstDirectiveNode['arguments']>[number]['value'];
const toArgument = (name: string, value: ArgumentValue) =>
  ({ kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: name }, value }) as const;
