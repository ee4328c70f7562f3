import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { HubError } from '../../shared/kernel/index.js';
import { parseJsonExactly } from '../../shared/kernel/exact-number.js';
import { isJsonRequest } from './media-types.js';
import { say } from '../request/messages/index.js';

/** The client closed the connection while its request was being read; there is nobody to answer. */
export class ClientGone extends Error {}

/** Reads a request's JSON body.
 *  @param limit  largest body, bytes, as it comes over the wire
 *  @throws HubError UNSUPPORTED_MEDIA_TYPE, BODY_TOO_LARGE or MALFORMED_JSON
 *  @throws ClientGone */
export async function readJsonBody(request: IncomingMessage, limit: number): Promise<unknown> {
  const type = request.headers['content-type'];
  if (type === undefined || !isJsonRequest(type)) {
    throw new HubError('UNSUPPORTED_MEDIA_TYPE', say('http.contentType'));
  }
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw new HubError('UNSUPPORTED_MEDIA_TYPE', say('http.compressed'));
  }
  const body = await readBytes(request, limit);
  if (!isUtf8(body)) throw new HubError('MALFORMED_JSON', say('http.bodyNotUtf8'));
  try {
    return parseJsonExactly(body.toString('utf8'));
  } catch {
    throw new HubError('MALFORMED_JSON', say('http.bodyNotJson'));
  }
}

/** True if the request's own headers state a body over the limit. */
export const declaresTooMuch = (request: IncomingMessage, limit: number): boolean =>
  Number(request.headers['content-length'] ?? 0) > limit;

function readBytes(request: IncomingMessage, limit: number): Promise<Buffer> {
  if (declaresTooMuch(request, limit)) return Promise.reject(tooLarge(limit));
  return new Promise((resolve, reject) => {
    let first: Buffer | undefined;
    let rest: Buffer[] | undefined;
    let size = 0;
    const done = (): void => {
      request.off('data', onData).off('end', onEnd).off('close', onGone).off('error', onGone);
    };
    const onData = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > limit) {
        done();
        reject(tooLarge(limit));
      } else if (first === undefined) first = chunk;
      else (rest ??= [first]).push(chunk);
    };
    const onEnd = (): void => {
      done();
      resolve(rest ? Buffer.concat(rest, size) : (first ?? Buffer.alloc(0)));
    };
    const onGone = (): void => {
      done();
      reject(new ClientGone());
    };
    request.on('data', onData).on('end', onEnd).on('close', onGone).on('error', onGone);
  });
}

const tooLarge = (limit: number): HubError =>
  new HubError('BODY_TOO_LARGE', say('http.bodyTooLarge', { limit }), { limit });
