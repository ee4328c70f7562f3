import type { Answer } from '../request/answer.js';

/** A GraphQL response as JSON text: the data, which is text already and is written as it is, then what is missing in it.
 *  @source GraphQL, "Response Format" */
export function writeAnswer({ data, errors, warnings }: Answer): string {
  const extensions = warnings ? `,"extensions":${JSON.stringify({ warnings })}` : '';
  return errors.length === 0
    ? `{"data":${data}${extensions}}`
    : `{"data":${data},"errors":${JSON.stringify(errors)}${extensions}}`;
}
