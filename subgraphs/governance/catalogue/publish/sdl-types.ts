import { Kind, print, visit, type DocumentNode, type FieldDefinitionNode } from 'graphql';
import { coordinate, type Coordinate } from '../../../../shared/kernel/index.js';

/** Facts that an SDL states of its types beside the share directives. */
export interface SdlTypes {
  /** Types of fields as the SDL writes them, e.g. `[String!]`. */
  readonly fieldTypes: ReadonlyMap<Coordinate, string>;
  /** Descriptions of types beyond their first line, which is the name; only of types that have such text. */
  readonly abstracts: ReadonlyMap<string, string>;
}

/** Reads the types of fields and the descriptions of types from an SDL. */
export function readSdlTypes(document: DocumentNode): SdlTypes {
  const roots = new Map<string, string>();
  const fieldTypes = new Map<Coordinate, string>();
  const abstracts = new Map<string, string>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION)
      for (const { operation, type } of definition.operationTypes ?? [])
        roots.set(type.name.value, `${operation[0]!.toUpperCase()}${operation.slice(1)}`);
  const add = (type: string, fields: readonly FieldDefinitionNode[] = []) => {
    for (const field of fields)
      fieldTypes.set(coordinate(roots.get(type) ?? type, field.name.value), print(field.type));
  };
  visit(document, {
    ObjectTypeDefinition: ({ name, description, fields }) => {
      add(name.value, fields);
      const [, ...rest] = (description?.value ?? '').split('\n');
      if (rest.join('').trim() !== '') abstracts.set(name.value, rest.join('\n').trim());
    },
    ObjectTypeExtension: ({ name, fields }) => add(name.value, fields),
  });
  return { fieldTypes, abstracts };
}
