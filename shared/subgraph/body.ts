import type { IncomingMessage } from 'node:http';
import { HubError } from '../kernel/index.js';

/** A GraphQL request as the hub sends it. */
export interface GraphQLBody {
  readonly query: string;
  readonly [member: string]: unknown;
}

/** A request's body, read and as it was received. */
export interface ReceivedBody {
  readonly body: GraphQLBody;
  readonly bytes: Buffer;
}

/** Reads a request's JSON body.
 *  @param limit  bytes
 *  @throws HubError BODY_TOO_LARGE, MALFORMED_JSON, BAD_REQUEST */
export async function readBody(request: IncomingMessage, limit: number): Promise<ReceivedBody> {
  const bytes = await readBytes(request, limit);
  let body: unknown;
  try {
    body = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new HubError('MALFORMED_JSON', 'The request is not JSON.');
  }
  if (typeof body === 'object' && body !== null && typeof (body as GraphQLBody).query === 'string') {
    return { body: body as GraphQLBody, bytes };
  }
  throw new HubError('BAD_REQUEST', 'The request names no query.');
}

/** @throws HubError BODY_TOO_LARGE, as soon as it is known */
function readBytes(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) return void chunks.push(chunk);
      request.pause();
      reject(new HubError('BODY_TOO_LARGE', `The request is over ${limit} bytes.`));
    });
    request.once('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    request.once('error', reject);
    request.once('close', () => reject(new Error('The request was given up.')));
  });
}
