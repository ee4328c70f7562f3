import type { Answer } from '../request/answer.js';
import { describeDispute } from '../request/describe-dispute.js';

/** A GraphQL response as JSON text: the data, which is text already and is written as it is, then what is missing in it, and
 *  what the caller should know of it.
 *  @source GraphQL, "Response Format" */
export function writeAnswer({ data, errors, warnings, disputed = [] }: Answer): string {
  const shown = disputed.flatMap(describeDispute);
  const extensions =
    warnings || shown.length > 0
      ? `,"extensions":${JSON.stringify({ ...(warnings && { warnings }), ...(shown.length > 0 && { disputed: shown }) })}`
      : '';
  return errors.length === 0
    ? `{"data":${data}${extensions}}`
    : `{"data":${data},"errors":${JSON.stringify(errors)}${extensions}}`;
}
