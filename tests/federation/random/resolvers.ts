import {
  GraphQLError,
  isObjectType,
  Kind,
  valueFromASTUntyped,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { typeOfId, valueOf, type Args, type Row } from './data.js';
import { fieldOf, meets, namedOf, parseSet, typeNamed, type Field, type World } from './world.js';

/** An object as a subgraph holds it. */
interface HeldRow extends Row {
  /** As another subgraph sent it: key and inputs. */
  readonly sent?: Sent;
  /** What the path to it provides. */
  readonly provided?: readonly SelectionSetNode[];
}
type Sent = Readonly<Record<string, unknown>>;
type Resolvers = Record<string, Record<string, unknown>>;

/** Context of an execution: told of every field that is resolved. */
export type OnField = (info: GraphQLResolveInfo) => void;

/** Makes the fields of the one schema answer. */
export function resolveWhole(world: World, schema: GraphQLSchema, log: string[]): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields()))
      field.resolve = (source: Row | undefined, args: Args, onField: OnField | undefined, info) => {
        onField?.(info);
        if (type.name === 'Mutation') log.push(`${field.name}${JSON.stringify(args)}`);
        return trueValue(world, source ?? rootRow(type.name), field.name, args);
      };
  }
}

/** Resolvers of one subgraph: they know what it resolves, what it was sent, and what a path provides.
 *  @param world  with every field where it is now */
export function resolveSubgraph(world: () => World, subgraph: string, schema: GraphQLSchema, log: string[]): Resolvers {
  const resolvers: Resolvers = {};
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('_') || !('getFields' in type) || !('getInterfaces' in type)) continue;
    const isReferred = !['Query', 'Mutation'].includes(type.name);
    const fields: Record<string, unknown> = (resolvers[type.name] = isReferred ? { __resolveReference: referTo } : {});
    if (!isObjectType(type)) continue;
    for (const { name } of Object.values(type.getFields()))
      if (!name.startsWith('_'))
        fields[name] = (source: HeldRow | undefined, args: Args) => {
          if (type.name === 'Mutation') log.push(`${name}${JSON.stringify(args)}`);
          return answer(world(), subgraph, source ?? rootRow(type.name), type.name, name, args);
        };
  }
  return resolvers;
}

const rootRow = (name: string): Row => ({ __typename: name, id: name });

function referTo(sent: Sent): HeldRow {
  const id =
    (sent.id as string | undefined) ??
    (sent.code as string | undefined)?.slice(1) ??
    (sent.ref as { k: string } | undefined)?.k.slice(1) ??
    (sent.twin as { id: string } | undefined)?.id.slice(5) ??
    `${String(sent.__typename)}-0`;
  return { __typename: typeOfId(id), id, sent };
}

/** What one subgraph answers. What it must not be asked for has a value that is seen to be wrong. */
function answer(world: World, subgraph: string, held: HeldRow, type: string, name: string, args: Args): unknown {
  // A reference to an interface object has the interface's name; its identity says what it is.
  const of = typeNamed(world, type)?.kind;
  const row: Row = { __typename: of === 'root' || of === 'value' ? type : typeOfId(held.id), id: held.id };
  const field = fieldOf(world, row.__typename, name);
  if (name === 'id') return held.id;
  if (!field) throw new GraphQLError(`${subgraph} was asked for ${type}.${name}, which is not there`);
  const provided = (held.provided ?? []).flatMap((set) => selectionsOf(world, row.__typename, set, name));
  if (!field.in.includes(subgraph) && provided.length === 0)
    return field.type === 'String' ? `${subgraph} WAS ASKED` : new Error(`${subgraph} was asked for ${type}.${name}`);
  const inputs = field.requires === undefined ? '' : describeSent(world, row.__typename, held.sent, field.requires);
  const value = valueOf(world, row, name, args, inputs);
  const below = provided.flatMap(({ selectionSet }) => selectionSet ?? []);
  const own = field.provides?.[subgraph];
  return provide(value, own === undefined ? below : [...below, parseSet(own)]);
}

function provide(value: unknown, provided: readonly SelectionSetNode[]): unknown {
  if (provided.length === 0 || typeof value !== 'object' || value === null || value instanceof Error) return value;
  return Array.isArray(value) ? value.map((each) => provide(each, provided)) : { ...value, provided };
}

function selectionsOf(world: World, type: string, set: SelectionSetNode, name: string) {
  return set.selections.flatMap((each): { selectionSet?: SelectionSetNode | undefined }[] => {
    if (each.kind === Kind.FIELD) return each.name.value === name ? [each] : [];
    if (each.kind === Kind.FRAGMENT_SPREAD || !meets(world, type, each.typeCondition?.name.value)) return [];
    return selectionsOf(world, type, each.selectionSet, name);
  });
}

/** A field with the true values of its inputs. */
function trueValue(world: World, row: Row, name: string, args: Args): unknown {
  const requires = fieldOf(world, row.__typename, name)?.requires;
  return valueOf(world, row, name, args, requires === undefined ? '' : describeTrue(world, row, parseSet(requires)));
}

function describeTrue(world: World, row: Row, set: SelectionSetNode): string {
  return describe(world, row.__typename, set, (name, args, below) => {
    const field = fieldOf(world, row.__typename, name);
    const value = trueValue(world, row, name, withDefaults(field, args));
    const write = (each: unknown, type: string): string => {
      if (each instanceof Error) throw each;
      if (each === null && type.endsWith('!')) throw new GraphQLError('null where null is not allowed');
      if (Array.isArray(each)) return `[${each.map((one) => write(one, type.replace(/^\[(.*)\]!?$/, '$1'))).join()}]`;
      return below && each ? describeTrue(world, each as Row, below) : String(each);
    };
    return write(value, field!.type);
  });
}

function describeSent(world: World, type: string, sent: Sent | undefined, requires: string): string {
  const write = (of: string, object: Sent, set: SelectionSetNode): string =>
    describe(world, of, set, (name, _, below) => {
      if (!(name in object)) return 'NOT SENT';
      const named = namedOf(fieldOf(world, of, name)?.type ?? '');
      const text = (each: unknown): string => {
        if (Array.isArray(each)) return `[${each.map(text).join()}]`;
        const row = each as Sent | null;
        return below && row ? write((row.__typename as string | undefined) ?? named, row, below) : String(each);
      };
      return text(object[name]);
    });
  return write(type, sent ?? {}, parseSet(requires));
}

function describe(
  world: World,
  type: string,
  set: SelectionSetNode,
  write: (name: string, args: Args, below: SelectionSetNode | undefined) => string,
): string {
  const parts = set.selections.flatMap((each): string[] => {
    if (each.kind === Kind.FIELD) {
      const args = Object.fromEntries(
        (each.arguments ?? []).map((one) => [one.name.value, valueFromASTUntyped(one.value)]),
      );
      return [`${each.name.value}=${write(each.name.value, args, each.selectionSet)}`];
    }
    if (each.kind === Kind.FRAGMENT_SPREAD || !meets(world, type, each.typeCondition?.name.value)) return [];
    return [describe(world, type, each.selectionSet, write)];
  });
  return `(${parts.join()})`;
}

/** Arguments as a resolver gets them. */
function withDefaults(field: Field | undefined, args: Args): Args {
  const defaults = (field?.args ?? '').matchAll(/(\w+): \w+ = (\d+|"\w*")/g);
  return { ...Object.fromEntries([...defaults].map(([, name, value]) => [name, JSON.parse(value!)])), ...args };
}
