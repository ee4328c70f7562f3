import { findTextProblem } from '../../core/text.rule.js';

const MOST = 20;

/** What is wrong with the texts of a decision: they are evidence, so nothing of them is cut off or changed.
 *  @returns sentences for who decides; none when they can be recorded */
export function findUnfitTexts(texts: {
  readonly reason?: string | undefined;
  readonly basis?: readonly string[] | undefined;
  readonly conditions?: readonly string[] | undefined;
}): string[] {
  const { reason, basis = [], conditions = [] } = texts;
  const wrong = [
    reason === undefined ? undefined : findTextProblem('reason', reason, { max: 500, optional: true, lines: true }),
    ...basis.map((text) => findTextProblem('bases', text, { max: 500, optional: true })),
    ...conditions.map((text) => findTextProblem('conditions', text, { max: 500 })),
    basis.length > MOST ? `Name at most ${MOST} provisions.` : undefined,
    conditions.length > MOST ? `Name at most ${MOST} conditions.` : undefined,
  ];
  return [...new Set(wrong.filter((sentence) => sentence !== undefined))];
}
