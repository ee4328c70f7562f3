import { Kind, visit, type ConstDirectiveNode, type DocumentNode } from 'graphql';
import { federationNames, type FederationDirective } from './federation-names.js';
import type { ShareProblem } from './share-index.js';
import { argument, schemaLinks } from './share-spec.js';

const ESTIMATED = 'Leave it out: the hub estimates an operation by its lists and their arguments (MAX_COST).';
/** Directives of federation that would restrict a field, fill an argument or weigh an operation, and that this hub does
 *  not carry out. */
const NOT_CARRIED_OUT: Partial<Readonly<Record<FederationDirective, string>>> = {
  authenticated: 'Everybody who asks this hub is authenticated; state who may read the item with @share.',
  requiresScopes: 'State who may read the item with @share.',
  policy: 'State who may read the item with @share.',
  fromContext: 'Use @requires.',
  cost: ESTIMATED,
  listSize: ESTIMATED,
};
/** Features for security that the composer carries out. */
const CARRIED_OUT =
  /^https:\/\/specs\.apollo\.dev\/(inaccessible|federation|link|join)\/|^https:\/\/sharehub\.dev\/share/;

/** Refuses what would be ignored although somebody relies on it: directives for security or cost and arguments from a context,
 *  under whatever name they were imported or even without an import, and every feature linked `for: SECURITY` that is
 *  not carried out.
 *  @source share-rules section 1, rule 11; specs.apollo.dev/link/v1.0 "for" */
export function checkCarriedOut(subgraph: string, document: DocumentNode): ShareProblem[] {
  const problems: ShareProblem[] = [];
  const refuse = (message: string, coordinate?: string) =>
    problems.push({
      code: 'DIRECTIVE_NOT_CARRIED_OUT',
      severity: 'error',
      subgraph,
      message,
      ...(coordinate !== undefined && { coordinate }),
    });

  for (const link of schemaLinks(document)) {
    const url = String(argument(link, 'url'));
    if (argument(link, 'for') === 'SECURITY' && !CARRIED_OUT.test(url))
      refuse(`Subgraph ${subgraph} links ${url} for: SECURITY, and this hub does not carry that out. Leave it out.`);
  }
  const names = federationNames(document);
  const path: string[] = [];
  visit(document, {
    enter(node) {
      if (node.kind === Kind.DIRECTIVE_DEFINITION) return false;
      if ('name' in node && node.name && DEFINES.test(node.kind)) path.push(node.name.value);
      if (node.kind !== Kind.DIRECTIVE) return undefined;
      const name = names.get(node.name.value) ?? bareName(node as ConstDirectiveNode);
      const advice = name && NOT_CARRIED_OUT[name];
      if (advice === undefined) return undefined;
      const at = placeOf(path);
      const as = node.name.value === name ? '' : ` (named @${node.name.value} here)`;
      refuse(`@${name}${as} on ${at} of subgraph ${subgraph} is not carried out by this hub. ${advice}`, at);
      return undefined;
    },
    leave(node) {
      if ('name' in node && node.name && DEFINES.test(node.kind)) path.pop();
    },
  });
  return problems;
}

const DEFINES = /(Type(Definition|Extension)|FieldDefinition|InputValueDefinition|EnumValueDefinition)$/;

/** `Type`, `Type.field` or `Type.field(argument:)`. */
const placeOf = ([type = 'schema', field, argument]: readonly string[]): string =>
  `${type}${field === undefined ? '' : `.${field}`}${argument === undefined ? '' : `(${argument}:)`}`;

/** The name as it stands, for a document that imported nothing: whoever writes `@authenticated` means it. */
const bareName = (directive: ConstDirectiveNode): FederationDirective | undefined => {
  const name = directive.name.value.replace(/^(federation__|authenticated__|requiresScopes__|policy__|cost__)/, '');
  return Object.hasOwn(NOT_CARRIED_OUT, name) ? (name as FederationDirective) : undefined;
};
