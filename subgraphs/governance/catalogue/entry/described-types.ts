import { Kind, print, visit, type DocumentNode, type FieldDefinitionNode } from 'graphql';
import { coordinate, type Coordinate } from '../../../../shared/kernel/index.js';

export interface DescribedTypes {
  /** Type of a field as the SDL writes it; '' for one that it has not. */
  fieldType(at: Coordinate): string;
  /** What a type's description says beyond its first line, which is its name; undefined where that is nothing. */
  abstractOf(type: string): string | undefined;
}

/** What an SDL says of its types beside the share directives. */
export function describedTypes(document: DocumentNode): DescribedTypes {
  const roots = new Map<string, string>();
  const types = new Map<string, string>();
  const abstracts = new Map<string, string>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION)
      for (const { operation, type } of definition.operationTypes ?? [])
        roots.set(type.name.value, `${operation[0]!.toUpperCase()}${operation.slice(1)}`);
  const add = (type: string, fields: readonly FieldDefinitionNode[] = []) => {
    for (const field of fields) types.set(coordinate(roots.get(type) ?? type, field.name.value), print(field.type));
  };
  visit(document, {
    ObjectTypeDefinition: ({ name, description, fields }) => {
      add(name.value, fields);
      const [, ...rest] = (description?.value ?? '').split('\n');
      if (rest.join('').trim() !== '') abstracts.set(name.value, rest.join('\n').trim());
    },
    ObjectTypeExtension: ({ name, fields }) => add(name.value, fields),
  });
  return { fieldType: (at) => types.get(at) ?? '', abstractOf: (type) => abstracts.get(type) };
}
