import { Kind, parse, print, visit, type DocumentNode, type SelectionNode, type TypeNode } from 'graphql';
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
  let parent = '';
  const enter = (node: { readonly name: { readonly value: string } }): undefined => {
    parent = node.name.value;
  };
  return visit(typeDefs, {
    ObjectTypeDefinition: { enter },
    ObjectTypeExtension: { enter },
    InterfaceTypeDefinition: { enter },
    InterfaceTypeExtension: { enter },
    FieldDefinition: (field) => {
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
      return changed ? { ...field, directives: rewritten } : undefined;
    },
  });
}

export const namedType = (type: TypeNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);

function parseSet(text: string): FieldSet | undefined {
  try {
    const [operation] = parse(`{${text}}`, { noLocation: true }).definitions;
    return operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet.selections : undefined;
  } catch {
    return undefined;
  }
}

const printSet = (selections: FieldSet): string => selections.map((each) => print(each).replace(/\s+/g, ' ')).join(' ');
