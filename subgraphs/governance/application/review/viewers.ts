import type { FetchContext } from '../../../../shared/trust/signed-context.js';
import type { FormValues } from '../draft/form-values.js';
import type { ReviewProcess } from './review-process.js';

/** Keys under which lists of viewers name a caller: the department's code, roles with a `*` before, the person or system
 *  with an `@`. */
export const viewerKeys = ({
  department,
  system,
  person,
  roles = [],
}: Pick<FetchContext, 'department' | 'system' | 'person' | 'roles'>): string[] => [
  department,
  `@${person ?? system}`,
  ...roles.map((role) => `*${role}`),
];

/** Viewers of a draft: the department that asks; of one by special procedure, only the persons who may act on it.
 *  @param persons  whoever began it or changes it, and the active officers whom it names
 *  @source QZ-5.9a */
export const listDraftViewers = (department: string, { special }: FormValues, persons: readonly string[]): string[] =>
  special ? [...new Set(persons.map((person) => `@${person}`))] : [department];

/** Viewers of a submitted application: its parties, its reviewers and the auditors. One by special procedure is seen by
 *  the authority and by persons alone.
 *  @param persons  those who see one by special procedure: whoever began or sends it, and those whom it names
 *  @source QZ-5.9a */
export function listViewers(
  application: { readonly department: string; readonly typed: FormValues },
  parts: readonly { readonly provider: string; readonly process: ReviewProcess }[],
  persons: readonly string[],
): string[] {
  if (application.typed.special) return ['*authority', ...new Set(persons.map((person) => `@${person}`))];
  const reviewers = parts.flatMap(({ process }) => process.steps.flatMap(({ by }) => by));
  return [
    ...new Set([
      application.department,
      ...parts.map(({ provider }) => provider),
      '*authority',
      '*auditor',
      ...(reviewers.includes('secrecy-reviewer') ? ['*secrecy-reviewer'] : []),
    ]),
  ];
}
