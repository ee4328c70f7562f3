import {
  getNamedType,
  getNullableType,
  isEnumType,
  isListType,
  isObjectType,
  isAbstractType,
  type GraphQLFieldResolver,
} from 'graphql';

/** Resolves every field of a subgraph: repeats what the hub sent, and makes up the rest.
 *  @param name     the subgraph; its made-up texts name it
 *  @param scalars  values by GraphQL type, for scalars other than texts */
export const madeValues =
  (
    name: string,
    scalars: Readonly<Record<string, unknown>>,
  ): GraphQLFieldResolver<Record<string, unknown> | undefined, unknown> =>
  (parent, _args, _context, { fieldName, returnType, schema }) => {
    const given = parent?.[fieldName];
    if (given !== undefined) return given;
    const type = getNamedType(returnType);
    const value = isEnumType(type)
      ? type.getValues()[0]!.value
      : isObjectType(type)
        ? {}
        : isAbstractType(type)
          ? { __typename: schema.getPossibleTypes(type)[0]!.name }
          : (scalars[type.name] ?? `made by ${name}`);
    return isListType(getNullableType(returnType)) ? [value] : value;
  };
