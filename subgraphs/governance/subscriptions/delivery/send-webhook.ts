import { Webhook } from 'standardwebhooks';
import { request, type Dispatcher } from 'undici';
import type { Delivery, Outcome, OutcomeError } from './outcome.js';

export interface WebhookTarget {
  readonly url: string;
  /** As the department was given it, `whsec_…`. */
  readonly secret: string;
  /** Connects only where it may. */
  readonly dispatcher: Dispatcher;
  /** Longest time for the whole exchange, milliseconds. */
  readonly timeoutMs: number;
  /** Aborts what is under way. */
  readonly signal: AbortSignal;
}

/** Bytes of an answer that are read; what the receiver says is its status, so the rest is not waited for. */
const MOST_ANSWERED = 16_384;

/** Sends a delivery and says how the receiver took it; any status 2xx takes it. Redirects are not followed: where it may
 *  go was decided for its target alone.
 *  @source https://www.standardwebhooks.com, specification */
export async function sendWebhook(
  { id, from, to, body, contentType }: Delivery,
  { url, secret, dispatcher, timeoutMs, signal }: WebhookTarget,
): Promise<Outcome> {
  const at = new Date();
  const deadline = AbortSignal.timeout(timeoutMs);
  try {
    const { statusCode, body: answer } = await request(url, {
      method: 'POST',
      headers: {
        'content-type': contentType,
        'user-agent': 'sharehub',
        'webhook-id': id,
        'webhook-timestamp': `${Math.floor(at.getTime() / 1000)}`,
        'webhook-signature': new Webhook(secret).sign(id, at, body),
        'share-cursor-from': `${from}`,
        'share-cursor-to': `${to}`,
      },
      body,
      dispatcher,
      signal: AbortSignal.any([deadline, signal]),
    });
    await answer.dump({ limit: MOST_ANSWERED }).catch(() => undefined);
    const error = errorOf(statusCode);
    return { status: statusCode, ...(error && { error }) };
  } catch (error) {
    return { error: signal.aborted ? 'STOPPED' : deadline.aborted ? 'TIMEOUT' : causeOf(error) };
  }
}

function errorOf(status: number): OutcomeError | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (status >= 300 && status < 400) return 'REDIRECTED';
  return status === 410 ? 'GONE' : 'STATUS';
}

function causeOf(error: unknown): OutcomeError {
  const { code = '', cause, errors } = error as { code?: string; cause?: unknown; errors?: readonly unknown[] };
  if (code === 'ADDRESS_REFUSED') return code;
  if (/TIMEOUT|ETIMEDOUT/.test(code)) return 'TIMEOUT';
  const inner = cause ?? errors?.[0];
  return inner ? causeOf(inner) : 'CONNECTION_FAILED';
}
