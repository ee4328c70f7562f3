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

/** Viewers of a submitted application: its parties, its reviewers and the auditors. One by special procedure is seen by
 *  the authority and the persons that it names.
 *  @source QZ-5.9a */
export function listViewers(
  application: { readonly department: string; readonly applicant: string; readonly typed: FormValues },
  parts: readonly { readonly provider: string; readonly process: ReviewProcess }[],
): string[] {
  const { special, applicants = [] } = application.typed;
  if (special) return ['*authority', `@${application.applicant}`, ...applicants.map((person) => `@${person}`)];
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
