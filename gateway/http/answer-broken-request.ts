import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Language, Sentence } from '../../shared/kernel/index.js';
import { say } from '../request/messages/index.js';
import { JSON_RESPONSE } from './media-types.js';

const BROKEN: Readonly<Record<string, readonly [status: number, message: Sentence]>> = {
  HPE_HEADER_OVERFLOW: [431, say('http.headTooLarge')],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, say('http.chunkExtensions')],
  ERR_HTTP_REQUEST_TIMEOUT: [408, say('http.tooSlow')],
};

/** Answers what is not HTTP, or too slow to be a request, and hangs up. Nothing of what was sent is repeated. */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket, language: Language): void {
  if (!socket.writable || error.code === 'ECONNRESET' || error.code === 'EPIPE') return void socket.destroy();
  const [status, sentence] = BROKEN[error.code ?? ''] ?? [400, say('http.notHttp')];
  const message = sentence.in(language);
  const requestId = randomUUID();
  const body = JSON.stringify({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `content-type: ${JSON_RESPONSE}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'x-content-type-options: nosniff',
    `x-request-id: ${requestId}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
