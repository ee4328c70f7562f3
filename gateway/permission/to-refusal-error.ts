import { toConsentScope } from '../../shared/share/releases/describe-release.rule.js';
import type { AnswerError } from '../request/answer.js';
import type { Denial } from '../request/denial.js';

export interface Applicant {
  readonly scenario: string | undefined;
}

/** The error beside a refused item's null: what it is, whose it is, why it is withheld and how to apply.
 *  `apply.input` is ready to send: it starts an application, which then says what else it needs. @source share-rules section 3 */
export function toRefusalError(denial: Denial, at: string, applicant: Applicant): Omit<AnswerError, 'path'> {
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
      ...(denial.release
        ? { consent: toConsentScope(denial.release) }
        : denial.code !== 'NOT_PUBLISHED' && { apply: toApplication(item, applicant) }),
      ...(denial.code === 'GRANT_EXPIRED' && { renew: { mutation: 'renewGrant', id: denial.grant?.id } }),
    },
  };
}

const toApplication = (item: Denial['item'], { scenario }: Applicant) => ({
  mutation: 'startApplication',
  by: 'consumer',
  ...(item.ownType === 'NOT_SHARED' && { needs: 'negotiation and coordination; or choose the mode VERIFY' }),
  input: { scenario: scenario ?? null, mode: 'QUERY', coordinates: [item.coordinate] },
});
