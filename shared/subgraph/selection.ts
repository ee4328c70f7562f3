import {
  getDirectiveValues,
  getNamedType,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  Kind,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** Fields of one object type that the operation asks for below a resolver's field.
 *  @param path  fields between the resolver's field and the object, e.g. `['edges', 'node']` for a connection */
export function selectedFields(
  info: GraphQLResolveInfo,
  type: GraphQLObjectType,
  path: readonly string[] = [],
): ReadonlySet<string> {
  let nodes: readonly FieldNode[] = info.fieldNodes;
  let parent = getNamedType(info.returnType) as GraphQLObjectType;
  for (const step of path) {
    nodes = fieldsBelow(nodes, parent, info).filter((node) => node.name.value === step);
    parent = getNamedType(parent.getFields()[step]!.type) as GraphQLObjectType;
  }
  return new Set(fieldsBelow(nodes, type, info).map((node) => node.name.value));
}

function fieldsBelow(nodes: readonly FieldNode[], type: GraphQLObjectType, info: GraphQLResolveInfo): FieldNode[] {
  const found: FieldNode[] = [];
  for (const node of nodes) if (node.selectionSet) collect(node.selectionSet, type, info, found);
  return found;
}

function collect(set: SelectionSetNode, type: GraphQLObjectType, info: GraphQLResolveInfo, found: FieldNode[]): void {
  for (const node of set.selections) {
    if (!included(node, info)) continue;
    if (node.kind === Kind.FIELD) {
      found.push(node);
      continue;
    }
    const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : info.fragments[node.name.value]!;
    const condition = fragment.typeCondition && info.schema.getType(fragment.typeCondition.name.value);
    const applies =
      !condition || condition === type || (isAbstractType(condition) && info.schema.isSubType(condition, type));
    if (applies) collect(fragment.selectionSet, type, info, found);
  }
}

const included = (node: SelectionNode, { variableValues }: GraphQLResolveInfo): boolean =>
  getDirectiveValues(GraphQLSkipDirective, node, variableValues)?.['if'] !== true &&
  getDirectiveValues(GraphQLIncludeDirective, node, variableValues)?.['if'] !== false;
