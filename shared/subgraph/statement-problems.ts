import type { DocumentNode } from 'graphql';
import { MASKS } from '../kernel/index.js';
import { findClaimProblems } from '../share/claims/claim-problems.js';
import { findLimitProblems } from '../share/limit-problems.js';
import { argument } from '../share/share-spec.js';
import { outputFields, typesByName } from '../share/types-by-name.js';
import { directivesOf } from '../share/directives-of.js';
import type { SubgraphProblem } from './problems.js';

/** Finds `@scope`, `@mask` and `@verifiable` statements that can give nothing, or too much, whatever the rows are.
 *  @param document  the SDL that the subgraph publishes */
export const findStatementProblems = (subgraph: string, document: DocumentNode): readonly SubgraphProblem[] => {
  const unknown = findUnknownWords(document);
  const places = new Set(unknown.map(({ at }) => at));
  const stated = [...findLimitProblems(subgraph, document), ...findClaimProblems(subgraph, document)];
  return [...unknown, ...stated.filter(({ at }) => !places.has(at))];
};

/** Decorators of the kit take any text; nobody would carry out what the hub does not know. */
function findUnknownWords(document: DocumentNode): SubgraphProblem[] {
  const problems: SubgraphProblem[] = [];
  for (const [type, nodes] of typesByName(document))
    for (const field of outputFields(nodes)) {
      const at = `${type}.${field.name.value}`;
      for (const scope of directivesOf(field, 'scope')) {
        const by = argument(scope, 'by');
        if (by !== 'division')
          problems.push({
            code: 'SCOPE_UNKNOWN',
            at,
            message: `${at} is marked @Scope(${JSON.stringify(by)}). Rows are narrowed by administrative divisions: @Scope('division').`,
          });
      }
      for (const mask of directivesOf(field, 'mask')) {
        const form = argument(mask, 'as');
        if (!(MASKS as readonly unknown[]).includes(form))
          problems.push({
            code: 'MASK_UNKNOWN',
            at,
            message: `${at} has the unknown mask ${String(form)}. The forms are ${MASKS.join(', ')}.`,
          });
      }
    }
  return problems;
}
