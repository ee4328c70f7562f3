import type { RequestOutcome } from '../request/request-outcome.js';

/** The end of a request in one word, the same in metrics, log and traces: `OK`, `PARTIAL` (the answer has errors beside
 *  data), `ABANDONED` (the client had gone), or the code of the error that ended it. */
export function outcomeLabel({ answer, error, abandoned }: RequestOutcome): string {
  if (error) return error.code;
  if (abandoned) return 'ABANDONED';
  return answer && answer.errors.length > 0 ? 'PARTIAL' : 'OK';
}
