import { request, type Dispatcher } from 'undici';
import { failureOfError, failureOfStatus } from '../../../../shared/network/request-failure.js';
import type { MessageFailure } from './message-channel.type.js';
import { isTaken, type RobotRequest } from './robot-request.js';

/** Bytes of an answer that are read. */
const MAX_ANSWER_BYTES = 16_384;

/** Sends a message to a robot. Redirects are not followed, since only the address itself was admitted.
 *  @returns undefined when the robot has taken it; never throws */
export async function sendRobot(
  { url, body }: RobotRequest,
  { dispatcher, timeoutMs }: { readonly dispatcher: Dispatcher; readonly timeoutMs: number },
): Promise<MessageFailure | undefined> {
  const deadline = AbortSignal.timeout(timeoutMs);
  try {
    const { statusCode, body: answer } = await request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'sharehub' },
      ...{ body, dispatcher, signal: deadline },
    });
    const failure = failureOfStatus(statusCode);
    if (failure) {
      await answer.dump({ limit: MAX_ANSWER_BYTES }).catch(() => undefined);
      return failure;
    }
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      if ((bytes += chunk.length) > MAX_ANSWER_BYTES) return 'NOT_TAKEN';
      chunks.push(chunk);
    }
    return isTaken(Buffer.concat(chunks).toString()) ? undefined : 'NOT_TAKEN';
  } catch (error) {
    return deadline.aborted ? 'TIMEOUT' : failureOfError(error);
  }
}
