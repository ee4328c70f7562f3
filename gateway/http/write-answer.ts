import type { Answer } from '../request/answer.js';
import { describeDispute } from '../request/describe-dispute.js';

/** A GraphQL response as JSON text, or its bytes: the data, which is text already and is written as it is, then what is missing in it, and
 *  what the caller should know of it.
 *  @source GraphQL, "Response Format" */
export function writeAnswer(answer: Answer): string | Buffer {
  const { bytes, errors, warnings, disputed = [], freshness } = answer;
  const shown = disputed.flatMap(describeDispute);
  const told = {
    ...(warnings && { warnings }),
    ...(shown.length > 0 && { disputed: shown }),
    ...(freshness && { freshness }),
  };
  const extensions = warnings || shown.length > 0 || freshness ? `,"extensions":${JSON.stringify(told)}` : '';
  const rest = errors.length === 0 ? `${extensions}}` : `,"errors":${JSON.stringify(errors)}${extensions}}`;
  return bytes ? Buffer.concat([HEAD, bytes, Buffer.from(rest)]) : `{"data":${answer.data}${rest}`;
}

const HEAD = Buffer.from('{"data":');
