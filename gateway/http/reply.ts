import type { IncomingMessage, ServerResponse } from 'node:http';
import { HubError } from '../../shared/kernel/index.js';
import { JSON_RESPONSE } from './media-types.js';
import { REQUEST_ID_HEADER } from './request-headers.js';
import { say } from '../request/messages/index.js';

/** Headers beside the common ones, name and value in turn. */
export type ExtraHeaders = readonly string[];

/** Headers of every answer. */
const head = (type: string, body: string | Buffer, requestId: string): ExtraHeaders => [
  'content-type',
  type,
  'content-length',
  String(Buffer.byteLength(body)),
  'cache-control',
  'no-store',
  'x-content-type-options',
  'nosniff',
  REQUEST_ID_HEADER,
  requestId,
];

/** Writes a whole answer of text: never cached, never sniffed.
 *  @param text  or its bytes in the content encoding that `extra` names */
export function writeText(
  response: ServerResponse,
  status: number,
  type: string,
  text: string | Buffer,
  requestId: string,
  extra: ExtraHeaders = [],
): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, [...head(type, text, requestId), ...extra]);
  // Text goes out in one piece with the head.
  if (typeof text === 'string' || text.length > ONE_PIECE) response.end(text);
  else response.end(text.toString('latin1'), 'latin1');
}
/** Longest body whose bytes are put behind the head, bytes. */
const ONE_PIECE = 4_096;

export function writeJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  requestId: string,
  extra?: ExtraHeaders,
): void {
  writeText(response, status, JSON_RESPONSE, JSON.stringify(value), requestId, extra);
}

/** Limits, in size and time, for draining an unwanted body, so that the client reads the answer
 *  instead of a reset connection. */
const LINGER_BYTES = 32_000_000;
const LINGER_MS = 5_000;

/** Answers a request whose body has not been read to its end: the answer goes out at once, what still comes is thrown
 *  away within limits, and then the connection closes. */
export function writeAndHangUp(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  type: string,
  text: string,
  requestId: string,
  extra: ExtraHeaders = [],
): void {
  if (request.complete) return writeText(response, status, type, text, requestId, extra);
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, [...head(type, text, requestId), 'connection', 'close', ...extra]);
  response.write(text);
  let size = 0;
  const finish = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(finish, LINGER_MS);
  timer.unref();
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > LINGER_BYTES) finish();
  });
  request.once('end', finish).once('close', finish).once('error', finish);
  request.resume();
}

/** Answer to a request after an unexpected fault: the request id and nothing else. */
export const internalError = (requestId: string, cause?: unknown): HubError =>
  new HubError('INTERNAL', say('http.internal', { requestId }), { requestId }, { cause });
