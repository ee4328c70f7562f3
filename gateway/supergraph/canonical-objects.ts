import {
  Kind,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type ObjectTypeDefinitionNode,
  type StringValueNode,
} from 'graphql';
import { federationNames } from '../../shared/share/federation-names.js';
import type { Objects } from '../../shared/share/record-keys.js';
import { readShareNames } from '../../shared/share/share-spec.js';
import { typesByName } from '../../shared/share/types-by-name.js';

/** Object types of a subgraph in any language, each with its extensions, under the directives' own names, and with descriptions that
 *  can stand in SDL as they are.
 *  @param isKept  false for a directive that is left out at its place, `Type` or `Type.field` */
export function canonicalObjects(
  subgraph: string,
  document: DocumentNode,
  isKept: (directive: string, type: string, field?: string) => boolean,
): Objects {
  const { directives: share } = readShareNames(document, subgraph).names;
  const federation = federationNames(document);
  const rename = (all: readonly ConstDirectiveNode[] = [], type: string, field?: string): ConstDirectiveNode[] =>
    all.flatMap((directive) => {
      const value = share.get(directive.name.value) ?? federation.get(directive.name.value);
      if (value === undefined || !isKept(value, type, field)) return [];
      return [{ ...directive, name: { kind: Kind.NAME, value } }];
    });
  return new Map(
    [...typesByName(document)].flatMap(([type, nodes]): [string, ObjectTypeDefinitionNode][] => {
      const objects = nodes.filter(
        (node) => node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION,
      );
      const [first] = objects;
      if (!first) return [];
      const { description } = objects.find((node) => node.kind === Kind.OBJECT_TYPE_DEFINITION) ?? {};
      const fields = objects
        .flatMap((node) => node.fields ?? [])
        .map(({ description, ...field }): FieldDefinitionNode => ({
          ...field,
          ...toPlain(description),
          directives: rename(field.directives, type, field.name.value),
        }));
      const directives = objects.flatMap((node) => rename(node.directives, type));
      const name = { kind: Kind.NAME, value: type } as const;
      return [[type, { kind: Kind.OBJECT_TYPE_DEFINITION, name, ...toPlain(description), directives, fields }]];
    }),
  );
}

/** The first line of a description, without what ends a text in SDL. */
function toPlain(description: StringValueNode | undefined): { readonly description?: StringValueNode } {
  const title = description?.value
    .trim()
    .split('\n')[0]!
    .replace(/["\\\p{Cc}]/gu, ' ')
    .trim();
  return title ? { description: { kind: Kind.STRING, value: title } } : {};
}
