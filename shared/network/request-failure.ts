/** Why a request was not accepted, as a code that holds no address, secret or value. */
export type RequestFailure = 'ADDRESS_REFUSED' | 'REDIRECTED' | 'GONE' | 'STATUS' | 'TIMEOUT' | 'CONNECTION_FAILED';

/** @returns undefined for a status by which the receiver accepts the request */
export function failureOfStatus(status: number): RequestFailure | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (status >= 300 && status < 400) return 'REDIRECTED';
  return status === 410 ? 'GONE' : 'STATUS';
}

/** The reason for which undici got no answer. */
export function failureOfError(error: unknown): RequestFailure {
  const { code = '', cause, errors } = error as { code?: string; cause?: unknown; errors?: readonly unknown[] };
  if (code === 'ADDRESS_REFUSED') return code;
  if (/TIMEOUT|ETIMEDOUT/.test(code)) return 'TIMEOUT';
  const inner = cause ?? errors?.[0];
  return inner ? failureOfError(inner) : 'CONNECTION_FAILED';
}
