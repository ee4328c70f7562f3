import { Kind, visit, type ConstDirectiveNode, type DefinitionNode, type DocumentNode } from 'graphql';
import { argument, readShareNames, schemaLinks, SHARE_SPEC } from './share-spec.js';

/** A document without anything of the share specification: its `@link`, its directives' uses and definitions under
 *  whatever name they were imported, `@composeDirective` of them, and the types that only those definitions used.
 *  A composer never sees what it does not understand, and the supergraph never carries what the share index says.
 *  The document given is not changed; one without the link comes back as it is.
 *  @source share-rules section 1, reading rule 2 */
export function stripShareDirectives(document: DocumentNode): DocumentNode {
  if (!schemaLinks(document).some(isShareLink)) return document;
  const { names } = readShareNames(document, '');
  const ours = (name: string) => names.directives.has(name);
  // Imported types, and whatever the removed definitions' arguments mention: a subgraph may print them without a link.
  const orphans = new Set(names.types.keys());
  for (const definition of document.definitions) {
    if (definition.kind === Kind.DIRECTIVE_DEFINITION && ours(definition.name.value)) {
      for (const name of namedTypes(definition)) orphans.add(name);
    }
  }
  const stripped = visit(document, {
    Directive: (node) => (isOurs(node as ConstDirectiveNode, ours) ? null : undefined),
    DirectiveDefinition: (node) => (ours(node.name.value) ? null : undefined),
  });
  const definitions = stripped.definitions.filter((definition) => !isEmptySchemaExtension(definition));
  const used = new Set(definitions.flatMap((definition) => [...namedTypes(definition)]));
  return {
    ...stripped,
    definitions: definitions.filter((definition) => {
      const isEnum = definition.kind === Kind.ENUM_TYPE_DEFINITION || definition.kind === Kind.ENUM_TYPE_EXTENSION;
      return !(isEnum && orphans.has(definition.name.value) && !used.has(definition.name.value));
    }),
  };
}

function isShareLink(directive: ConstDirectiveNode): boolean {
  if (directive.name.value !== 'link') return false;
  const url = argument(directive, 'url');
  return typeof url === 'string' && (url === SHARE_SPEC || url.startsWith(`${SHARE_SPEC}/`));
}

const isOurs = (node: ConstDirectiveNode, ours: (name: string) => boolean): boolean =>
  ours(node.name.value) || isShareLink(node) || composesOurs(node, ours);

/** `@composeDirective(name: "@share")`, however it is imported: asks the composer to keep one of ours. */
function composesOurs(directive: ConstDirectiveNode, ours: (name: string) => boolean): boolean {
  if (directive.arguments?.length !== 1) return false;
  const name = argument(directive, 'name');
  return typeof name === 'string' && name.startsWith('@') && ours(name.slice(1));
}

const isEmptySchemaExtension = (node: DefinitionNode): boolean =>
  node.kind === Kind.SCHEMA_EXTENSION && !node.directives?.length && !node.operationTypes?.length;

function namedTypes(definition: DefinitionNode): Set<string> {
  const names = new Set<string>();
  visit(definition, { NamedType: (node) => void names.add(node.name.value) });
  return names;
}
