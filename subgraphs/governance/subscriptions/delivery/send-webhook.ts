import { Webhook } from 'standardwebhooks';
import { request, type Dispatcher } from 'undici';
import { failureOfError, failureOfStatus } from '../../../../shared/network/request-failure.js';
import type { Delivery, DeliveryOutcome } from './delivery.js';

export interface WebhookTarget {
  readonly url: string;
  /** As the department was given it, `whsec_…`. */
  readonly secret: string;
  /** Client that connects only to allowed addresses. */
  readonly dispatcher: Dispatcher;
  /** Longest time for the whole exchange, milliseconds. */
  readonly timeoutMs: number;
  /** Aborts the request. */
  readonly signal: AbortSignal;
}

/** Bytes of an answer that are read. Only its status counts, so the rest is not awaited. */
const MAX_ANSWER_BYTES = 16_384;

/** Sends a delivery; any status 2xx accepts it. Redirects are not followed, since only the target itself was allowed.
 *  @returns the receiver's answer, or why there was none; never throws
 *  @source https://www.standardwebhooks.com, specification */
export async function sendWebhook(
  { id, from, to, body, contentType }: Delivery,
  { url, secret, dispatcher, timeoutMs, signal }: WebhookTarget,
): Promise<DeliveryOutcome> {
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
    // The status is known; a body that breaks off changes nothing.
    await answer.dump({ limit: MAX_ANSWER_BYTES }).catch(() => undefined);
    const error = failureOfStatus(statusCode);
    return { status: statusCode, ...(error && { error }) };
  } catch (error) {
    return { error: signal.aborted ? 'STOPPED' : deadline.aborted ? 'TIMEOUT' : failureOfError(error) };
  }
}
