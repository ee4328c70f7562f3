import type { Answer } from '../request/answer.js';

/** A GraphQL response as JSON text. The data is text already and is written as it is.
 *  @source GraphQL, "Response Format" */
export function writeAnswer({ data, errors, warnings }: Answer): string {
  const extensions = warnings ? `,"extensions":${JSON.stringify({ warnings })}` : '';
  return errors.length === 0
    ? `{"data":${data}${extensions}}`
    : `{"errors":${JSON.stringify(errors)},"data":${data}${extensions}}`;
}
