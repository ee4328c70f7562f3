import { validateSubgraph } from '@theguild/federation-composition';
import { Kind, visit, type ConstDirectiveNode, type DocumentNode } from 'graphql';
import { findKeyProblems } from '../share/key-problems.js';
import { argument } from '../share/share-spec.js';
import { checkCarriedOut } from '../share/unsupported-directives.js';
import { directivesOf } from '../share/directives-of.js';
import type { SubgraphProblem } from './problems.js';

/** Finds statements of federation that cannot work, before the hub composes: what the composer refuses of one subgraph
 *  alone, and what it lets pass although nobody would carry it out. Codes are the composer's own where it has one. */
export function findFederationProblems(subgraph: string, document: DocumentNode): SubgraphProblem[] {
  const hub = [...checkCarriedOut(subgraph, document), ...findKeyProblems(subgraph, document)].map(
    ({ code, coordinate = 'schema', message }) => ({
      code,
      at: coordinate,
      message,
    }),
  );
  const refused = validateSubgraph({ name: subgraph, typeDefs: document }).map(({ extensions, message }) => ({
    code: String(extensions['code']),
    at: /"([\w.]+)"/.exec(message)?.[1] ?? 'schema',
    message: message.replace(`[${subgraph}] `, ''),
  }));
  const problems = [...hub, ...refused];
  visit(document, {
    Directive(node) {
      problems.push(...directiveProblems(node as ConstDirectiveNode));
    },
    ObjectTypeDefinition({ name, directives, fields = [] }) {
      const hidden = directivesOf({ directives: directives ?? [] }, 'inaccessible').length > 0;
      if (!hidden && fields.length > 0 && fields.every((field) => directivesOf(field, 'inaccessible').length > 0))
        problems.push({
          code: 'ONLY_INACCESSIBLE_CHILDREN',
          at: name.value,
          message: `Every field of ${name.value} is @Inaccessible, so consumers would see a type without fields. Put @Inaccessible on the type.`,
        });
    },
  });
  return problems;
}

/** Rules of the federation specification on arguments that the composer does not check.
 *  @source specs.apollo.dev/federation/v2.3, "@tag" and "@override" */
function directiveProblems(directive: ConstDirectiveNode): SubgraphProblem[] {
  if (directive.kind !== Kind.DIRECTIVE) return [];
  const text = (name: string) => {
    const value = argument(directive, name);
    return typeof value === 'string' ? value : '';
  };
  if (directive.name.value === 'tag' && !/^[A-Za-z_][\w-]{0,127}$/.test(text('name')))
    return [
      {
        code: 'INVALID_TAG_NAME',
        at: `@tag(name: ${JSON.stringify(text('name'))})`,
        message: `@tag(name: ${JSON.stringify(text('name'))}) is no name of a tag: up to 128 letters, digits, underscores and hyphens, and no digit or hyphen in front.`,
      },
    ];
  if (directive.name.value === 'override' && text('from') === '')
    return [
      {
        code: 'OVERRIDE_FROM_NOBODY',
        at: '@override',
        message:
          '@override names no subgraph. Name the one that resolved the field until now: @Override("population").',
      },
    ];
  return [];
}
