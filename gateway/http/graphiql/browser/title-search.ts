import { isInputObjectType, isInterfaceType, isObjectType, type GraphQLNamedType, type GraphQLSchema } from 'graphql';

/** A type, or a field of it, by its title in the catalogue. */
export interface Titled {
  readonly title: string;
  readonly type: GraphQLNamedType;
  /** Name of the field; absent for the type itself. */
  readonly field?: string;
}

/** The first line of a description is a title. */
const titleOf = (description: string | null | undefined): string => description?.split('\n', 1)[0] ?? '';

/** Finds types and fields whose title or name holds a text. */
export function findByTitle(schema: GraphQLSchema, text: string): readonly Titled[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [];
  const holds = (...texts: readonly string[]) => texts.some((each) => each.toLowerCase().includes(wanted));
  return Object.values(schema.getTypeMap())
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap((type): readonly Titled[] => {
      const title = titleOf(type.description);
      const fields =
        isObjectType(type) || isInterfaceType(type) || isInputObjectType(type) ? Object.values(type.getFields()) : [];
      return [
        ...(holds(title, type.name) ? [{ title, type }] : []),
        ...fields
          .map((field) => ({ title: titleOf(field.description), type, field: field.name }))
          .filter((each) => holds(each.title, each.field)),
      ];
    });
}
