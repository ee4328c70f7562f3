import type { AnswerError } from '../execution/answer.js';
import type { Denial } from './decision.js';

export interface Applicant {
  readonly department: string | undefined;
  readonly scenario: string | undefined;
}

/** The error beside a refused item's null: what it is, whose it is, why it is withheld and how to apply.
 *  `apply.input` is ready to send. @source share-rules section 3 */
export function refusalOf(denial: Denial, at: string, applicant: Applicant): Omit<AnswerError, 'path'> {
  const { item } = denial;
  return {
    message: denial.message,
    extensions: {
      code: denial.code,
      coordinate: at,
      item: item.coordinate,
      title: item.title,
      resource: item.resource?.code,
      shareType: item.shareType,
      provider: item.provider,
      basis: item.basis,
      condition: item.condition,
      grant: denial.grant?.id,
      apply: {
        mutation: 'grant',
        by: 'authority',
        ...(item.ownType === 'NOT_SHARED' && { needs: 'input.coordination, the reference of the coordination' }),
        input: {
          department: applicant.department,
          scenario: applicant.scenario ?? null,
          mode: 'QUERY',
          coordinates: [item.coordinate],
        },
      },
    },
  };
}
