import type { Outcome } from './exchange.js';

/** How an exchange ended, in one word, the same in metrics, log and traces: `OK`, `PARTIAL` (with refusals or failures in
 *  it), `ABANDONED` (the client had gone), or the code of the error that ended it. */
export function endedAs({ answer, error, abandoned }: Outcome): string {
  if (error) return error.code;
  if (abandoned) return 'ABANDONED';
  return answer && answer.errors.length > 0 ? 'PARTIAL' : 'OK';
}
