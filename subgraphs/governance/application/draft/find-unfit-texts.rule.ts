import { distinctTexts, type Text } from '../../../../shared/kernel/index.js';
import { findTextProblem } from '../../core/text.rule.js';
import { say } from '../messages/index.js';

const MOST = 20;

/** Finds the texts of a decision that cannot be recorded. They are evidence, so nothing of them is cut off or changed.
 *  @returns one sentence for each problem */
export function findUnfitTexts({
  reason = '',
  basis = [],
  conditions = [],
}: {
  readonly reason?: string | undefined;
  readonly basis?: readonly string[] | undefined;
  readonly conditions?: readonly string[] | undefined;
}): Text[] {
  const problems = [
    findTextProblem('reason', reason, { max: 500, optional: true, lines: true }),
    ...basis.map((text) => findTextProblem('bases', text, { max: 500, optional: true })),
    ...conditions.map((text) => findTextProblem('conditions', text, { max: 500 })),
    basis.length > MOST ? say('texts.provisions', { most: MOST }) : undefined,
    conditions.length > MOST ? say('texts.conditions', { most: MOST }) : undefined,
  ];
  return distinctTexts(problems.filter((problem) => problem !== undefined));
}
