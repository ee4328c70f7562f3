import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  getNamedType,
  getNullableType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  parse,
  type GraphQLField,
  type GraphQLObjectType,
} from 'graphql';
import { coordinate, type Coordinate, type Mask } from '../../shared/kernel/index.js';
import { readSubgraphShares } from '../../shared/share/read-subgraph.js';
import { stripShareDirectives } from '../../shared/share/strip.js';

/** One item that can be tried: a root field that lists its records without being given anything, and what to select. */
export interface ProbeTarget {
  readonly type: string;
  readonly item: Coordinate;
  /** Field of the type. */
  readonly field: string;
  /** Fields from the root to the records. */
  readonly path: readonly string[];
  /** Query for the item; what stands for the records of the type has `item` as its alias. */
  readonly query: string;
}
export interface ProbeTargets {
  readonly scoped: readonly ProbeTarget[];
  readonly masked: readonly (ProbeTarget & { readonly form: Mask })[];
  /** Types with a scope and items with a mask, to be named where they cannot be tried. */
  readonly stated: { readonly scopes: readonly string[]; readonly masks: readonly Coordinate[] };
}

type Field = GraphQLField<unknown, unknown>;
const needsNothing = (field: Field) => !field.args.some(isRequiredArgument);

/** Finds in a subgraph's SDL what row scopes and masks can be tried on.
 *  @throws Error when the SDL cannot be read */
export function findTargets(subgraph: string, sdl: string): ProbeTargets {
  const document = parse(sdl);
  const shares = readSubgraphShares(subgraph, document);
  const schema = buildSubgraphSchema([{ typeDefs: stripShareDirectives(document) }]);
  const lists = new Map<string, { path: readonly string[]; open: string; close: string }>();
  for (const root of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    if (!needsNothing(root) || root.name.startsWith('_')) continue;
    const type = getNamedType(root.type);
    const page = root.args.some(({ name, type }) => name === 'first' && String(type).startsWith('Int'))
      ? '(first: 5)'
      : '';
    if (!isObjectType(type)) continue;
    if (isListType(getNullableType(root.type))) {
      if (!lists.has(type.name))
        lists.set(type.name, { path: [root.name], open: `{ ${root.name}${page} {`, close: '} }' });
      continue;
    }
    const nodes = type.getFields()['nodes'];
    const node = nodes && isListType(getNullableType(nodes.type)) && needsNothing(nodes) && getNamedType(nodes.type);
    if (node && isObjectType(node) && !lists.has(node.name))
      lists.set(node.name, { path: [root.name, 'nodes'], open: `{ ${root.name}${page} { nodes {`, close: '} } }' });
  }
  const target = (type: GraphQLObjectType, field: string): ProbeTarget | undefined => {
    const list = lists.get(type.name);
    if (!list || !needsNothing(type.getFields()[field]!)) return undefined;
    const { path, open, close } = list;
    return {
      type: type.name,
      item: coordinate(type.name, field),
      field,
      path,
      query: `${open} item: ${field} ${close}`,
    };
  };
  const scoped: ProbeTarget[] = [];
  for (const [name, { path }] of shares.scopes) {
    const type = schema.getType(name);
    if (!isObjectType(type)) continue;
    const field = Object.values(type.getFields()).find(
      (each) => each.name !== path.split('.')[0] && isLeafType(getNullableType(each.type)) && !isNonNullType(each.type),
    );
    const found = field && target(type, field.name);
    if (found) scoped.push(found);
  }
  const masked = shares.fields.flatMap(({ coordinate: at, mask }) => {
    const [name, field] = at.split('.') as [string, string];
    const type = schema.getType(name);
    const found = mask && isObjectType(type) ? target(type, field) : undefined;
    return found ? [{ ...found, form: mask! }] : [];
  });
  const masks = shares.fields.filter(
    ({ mask, coordinate: at }) => mask && isObjectType(schema.getType(at.split('.')[0]!)),
  );
  return {
    scoped,
    masked,
    stated: { scopes: [...shares.scopes.keys()], masks: masks.map(({ coordinate: at }) => at) },
  };
}
