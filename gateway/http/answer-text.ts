import type { Answer } from '../execution/answer.js';

/** A GraphQL response as JSON text. The data is text already and is written as it is.
 *  @source GraphQL, "Response Format" */
export function answerText({ data, errors }: Answer): string {
  return errors.length === 0 ? `{"data":${data}}` : `{"errors":${JSON.stringify(errors)},"data":${data}}`;
}
