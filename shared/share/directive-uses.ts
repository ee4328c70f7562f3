import { Kind, visit, type ASTNode, type DirectiveNode, type DocumentNode } from 'graphql';
import { shareDirectives } from './directive-definitions.js';
import type { ShareProblem } from './share-index.js';
import type { ShareNames } from './share-spec.js';

const DEFINITIONS = new Map(shareDirectives.map((directive) => [directive.name, directive]));

/** Directive locations by the kind of node they stand on; arguments and input fields are the same kind. */
const LOCATIONS: Readonly<Record<string, string>> = {
  [Kind.SCHEMA_DEFINITION]: 'SCHEMA',
  [Kind.SCHEMA_EXTENSION]: 'SCHEMA',
  [Kind.SCALAR_TYPE_DEFINITION]: 'SCALAR',
  [Kind.SCALAR_TYPE_EXTENSION]: 'SCALAR',
  [Kind.OBJECT_TYPE_DEFINITION]: 'OBJECT',
  [Kind.OBJECT_TYPE_EXTENSION]: 'OBJECT',
  [Kind.FIELD_DEFINITION]: 'FIELD_DEFINITION',
  [Kind.INTERFACE_TYPE_DEFINITION]: 'INTERFACE',
  [Kind.INTERFACE_TYPE_EXTENSION]: 'INTERFACE',
  [Kind.UNION_TYPE_DEFINITION]: 'UNION',
  [Kind.UNION_TYPE_EXTENSION]: 'UNION',
  [Kind.ENUM_TYPE_DEFINITION]: 'ENUM',
  [Kind.ENUM_TYPE_EXTENSION]: 'ENUM',
  [Kind.ENUM_VALUE_DEFINITION]: 'ENUM_VALUE',
  [Kind.INPUT_OBJECT_TYPE_DEFINITION]: 'INPUT_OBJECT',
  [Kind.INPUT_OBJECT_TYPE_EXTENSION]: 'INPUT_OBJECT',
};

/** Statements that stand where they say nothing, or say what the specification does not know: refused, so that no
 *  provider believes an item restricted that is not. The composer never sees these directives, so nobody else checks them.
 *  @source share-rules section 1, reading rule 2 */
export function checkDirectiveUses(subgraph: string, document: DocumentNode, names: ShareNames): ShareProblem[] {
  const problems: ShareProblem[] = [];
  const problem = (code: string, message: string) => problems.push({ code, severity: 'error', message, subgraph });

  const check = (directive: DirectiveNode, location: string, on: string, before: readonly DirectiveNode[]): void => {
    const canonical = names.directives.get(directive.name.value);
    const definition = canonical && DEFINITIONS.get(canonical);
    if (!definition) return;
    const label = `@${directive.name.value} on ${on} of subgraph ${subgraph}`;
    if (!(definition.locations as readonly string[]).includes(location))
      problem('STATEMENT_MISPLACED', `${label} says nothing there; it belongs on ${definition.locations.join(', ')}.`);
    for (const { name } of directive.arguments ?? []) {
      if (!definition.args.some((arg) => arg.name === name.value))
        problem('STATEMENT_UNREADABLE', `${label} has no argument ${name.value}.`);
    }
    if (!definition.isRepeatable && before.some((other) => names.directives.get(other.name.value) === canonical))
      problem('STATEMENT_UNREADABLE', `${label} is given more than once.`);
  };

  visit(document, {
    enter(node, _key, _parent, _path, ancestors) {
      if (!('directives' in node) || !node.directives) return;
      const location = node.kind === Kind.INPUT_VALUE_DEFINITION ? inputLocation(ancestors) : LOCATIONS[node.kind];
      if (location === undefined) return;
      const on = 'name' in node && node.name ? node.name.value : 'schema';
      node.directives.forEach((directive, i) =>
        check(directive, location, on, (node.directives as readonly DirectiveNode[]).slice(0, i)),
      );
    },
  });
  return problems;
}

function inputLocation(ancestors: readonly (ASTNode | readonly ASTNode[])[]): string {
  const owner = ancestors.filter((ancestor) => 'kind' in ancestor).at(-1);
  return owner?.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION || owner?.kind === Kind.INPUT_OBJECT_TYPE_EXTENSION
    ? 'INPUT_FIELD_DEFINITION'
    : 'ARGUMENT_DEFINITION';
}
