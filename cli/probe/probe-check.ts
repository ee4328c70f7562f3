import type { FailureCode } from './ask-subgraph.js';

/** Result of one trial. No value of a record is ever in it. */
export interface ProbeCheck {
  readonly check: string;
  readonly result: 'right' | 'wrong' | 'not tried';
  /** Code of the subgraph's fault. */
  readonly code?: string;
  /** The same in plain words, or why it was not tried. */
  readonly message?: string;
}

const FAILURES: Readonly<Record<FailureCode, string>> = {
  UNREACHABLE: 'It cannot be reached.',
  TIMEOUT: 'It did not answer in time.',
  REDIRECTED: 'It redirects. The hub follows no redirect, since a context must go nowhere else.',
  BAD_ANSWER: 'Its answer is no GraphQL answer, or too large.',
};

export const failureOf = (check: string, code: FailureCode): ProbeCheck => ({
  check,
  result: 'wrong',
  code,
  message: FAILURES[code],
});
