import {
  Kind,
  parse,
  print,
  type DocumentNode,
  type FieldDefinitionNode,
  type InlineFragmentNode,
  type ObjectTypeDefinitionNode,
  type SelectionNode,
  type TypeNode,
} from 'graphql';
import { federationNames, type FederationDirective } from '../../../shared/share/federation-names.js';

export type FieldSet = readonly SelectionNode[];

/** Rewrites the field sets of some federation directives on fields. A set that becomes empty takes its directive along; one
 *  that is no field set is left for the composer to refuse.
 *  @param rewrite  gets the set and the type whose fields it names */
export function rewriteFieldSets(
  typeDefs: DocumentNode,
  directives: readonly FederationDirective[],
  rewrite: (set: FieldSet, on: string) => FieldSet,
): DocumentNode {
  const names = federationNames(typeDefs);
  const rewriteField = (field: FieldDefinitionNode, parent: string): FieldDefinitionNode => {
    let changed = false;
    const rewritten = field.directives?.flatMap((directive) => {
      const name = names.get(directive.name.value);
      if (!name || !directives.includes(name)) return [directive];
      const fields = directive.arguments?.find((each) => each.name.value === 'fields');
      const set = fields?.value.kind === Kind.STRING ? parseSet(fields.value.value) : undefined;
      if (!fields || !set) return [directive];
      const result = rewrite(set, name === 'provides' ? namedType(field.type) : parent);
      const text = printSet(result);
      if (text === printSet(set)) return [directive];
      changed = true;
      if (result.length === 0) return [];
      const value = { kind: Kind.STRING, value: text } as const;
      return [{ ...directive, arguments: [{ ...fields, value }] }];
    });
    return changed ? { ...field, directives: rewritten } : field;
  };
  // Written out, since a visitor looks at every node, and a graph has a million.
  const definitions = typeDefs.definitions.map((definition) => {
    if (!FIELDS.has(definition.kind)) return definition;
    const type = definition as ObjectTypeDefinitionNode;
    const fields = type.fields?.map((field) => rewriteField(field, type.name.value));
    return fields?.some((field, at) => field !== type.fields?.[at]) ? { ...type, fields } : definition;
  });
  return definitions.some((definition, at) => definition !== typeDefs.definitions[at])
    ? { ...typeDefs, definitions }
    : typeDefs;
}

const FIELDS: ReadonlySet<Kind> = new Set([
  Kind.OBJECT_TYPE_DEFINITION,
  Kind.OBJECT_TYPE_EXTENSION,
  Kind.INTERFACE_TYPE_DEFINITION,
  Kind.INTERFACE_TYPE_EXTENSION,
]);

export const namedType = (type: TypeNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);

export const withSelections = <T extends SelectionNode>(node: T, selections: FieldSet): T => ({
  ...node,
  selectionSet: { kind: Kind.SELECTION_SET, selections },
});

export const onType = (type: string, selections: FieldSet): InlineFragmentNode => ({
  kind: Kind.INLINE_FRAGMENT,
  typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type } },
  selectionSet: { kind: Kind.SELECTION_SET, selections },
});

function parseSet(text: string): FieldSet | undefined {
  try {
    const [operation] = parse(`{${text}}`, { noLocation: true }).definitions;
    return operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet.selections : undefined;
  } catch {
    return undefined;
  }
}

const printSet = (selections: FieldSet): string => selections.map((each) => print(each).replace(/\s+/g, ' ')).join(' ');
