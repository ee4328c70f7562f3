import {
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';

/** The same numbers for the same seed. @returns a whole number from 0 up to, and not including, `below` */
export type Draw = (below: number) => number;
/** @source mulberry32 */
export function drawFrom(seed: number): Draw {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

export interface RandomOperationOptions {
  readonly schema: GraphQLSchema;
  /** Root fields that are asked for. */
  readonly roots: readonly string[];
  readonly draw: Draw;
  /** A text or number for an argument or input field, as a literal; undefined leaves an optional one out. */
  readonly literal: (argument: string, field: string, type: GraphQLNamedType) => string | undefined;
}

/** Writes a random query: roots under aliases, fragments, nested records, arguments of every kind. */
export function writeRandomQuery(options: RandomOperationOptions): string {
  const { schema, roots, draw } = options;
  const query = schema.getQueryType()!;
  const asked = Array.from({ length: 1 + draw(3) }, (_, i) => {
    const name = roots[draw(roots.length)]!;
    return `r${i}: ${writeField(query.getFields()[name]!, 4, options)}`;
  });
  return `{ ${asked.join(' ')} }`;
}

type Field = ReturnType<Extract<GraphQLNamedType, { getFields: unknown }>['getFields']>[string];

function writeField(field: Field, depth: number, options: RandomOperationOptions): string {
  const args = 'args' in field ? field.args.flatMap((argument) => writeArgument(argument, field.name, options)) : [];
  const type = getNamedType(field.type as GraphQLInputType) as GraphQLNamedType;
  const below = isLeafType(type) ? '' : ` ${writeSelection(type as GraphQLCompositeType, depth - 1, options)}`;
  return `${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''}${below}`;
}

function writeSelection(type: GraphQLCompositeType, depth: number, options: RandomOperationOptions): string {
  const { schema, draw } = options;
  const parts = isAbstractType(type)
    ? [
        '__typename',
        ...schema
          .getPossibleTypes(type)
          .filter(() => draw(3) > 0)
          .map((object) => `... on ${object.name} ${writeSelection(object, depth, options)}`),
      ]
    : [];
  if (isObjectType(type)) {
    const fields = Object.values(type.getFields());
    const leaves = fields.filter((field) => isLeafType(getNamedType(field.type)));
    const records = fields.filter((field) => !isLeafType(getNamedType(field.type)));
    for (const leaf of leaves) if (draw(leaves.length + 1) < 3) parts.push(writeField(leaf, depth, options));
    // Pages hold nothing else.
    const wanted = leaves.length === 0 ? 2 : draw(3);
    for (let i = 0; i < wanted && depth > 0 && records.length > 0; i++)
      parts.push(`n${i}: ${writeField(records[draw(records.length)]!, depth, options)}`);
  }
  return `{ ${parts.length > 0 ? parts.join(' ') : '__typename'} }`;
}

function writeArgument({ name, type }: GraphQLArgument, field: string, options: RandomOperationOptions): string[] {
  if (!isNonNullType(type) && options.draw(2) === 0) return [];
  const value = writeValue(type, name, field, options);
  return value === undefined ? [] : [`${name}: ${value}`];
}

function writeValue(
  type: GraphQLInputType,
  name: string,
  field: string,
  options: RandomOperationOptions,
): string | undefined {
  const { draw, literal } = options;
  const nullable = isNonNullType(type) ? type.ofType : type;
  if (isListType(nullable)) {
    const elements = Array.from({ length: draw(5) }, () => writeValue(nullable.ofType, name, field, options));
    return `[${elements.filter((element) => element !== undefined).join(', ')}]`;
  }
  if (isEnumType(nullable)) return nullable.getValues()[draw(nullable.getValues().length)]!.name;
  if (isInputObjectType(nullable)) {
    const fields = Object.values(nullable.getFields());
    const chosen = fields.filter(({ type: own }) => isNonNullType(own));
    if (chosen.length === 0) chosen.push(fields[draw(fields.length)]!);
    const members = chosen.flatMap((each) => {
      const value = writeValue(each.type, each.name, field, options);
      return value === undefined ? [] : [`${each.name}: ${value}`];
    });
    return `{ ${members.join(', ')} }`;
  }
  return literal(name, field, nullable);
}
