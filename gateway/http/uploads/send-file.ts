import { open } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { HubError, type Sentence } from '../../../shared/kernel/index.js';
import { REQUEST_ID_HEADER } from '../request-headers.js';

export interface SentFile {
  /** Its path on this machine. */
  readonly file: string;
  /** Name under which it is saved. */
  readonly name: string;
  readonly mediaType: string;
  /** Said where it is not there. */
  readonly missing: Sentence;
}

/** Sends a file to be saved: browsers show none of it, and keep none in a cache.
 *  @throws HubError NOT_FOUND */
export async function sendFile(
  { file, name, mediaType, missing }: SentFile,
  { method }: IncomingMessage,
  response: ServerResponse,
  requestId: string,
): Promise<void> {
  const handle = await open(file).catch(() => {
    throw new HubError('NOT_FOUND', missing);
  });
  const { size } = await handle.stat();
  response.writeHead(200, {
    'content-type': mediaType,
    'content-length': size,
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    [REQUEST_ID_HEADER]: requestId,
  });
  if (method !== 'HEAD') return pipeline(handle.createReadStream(), response);
  await handle.close();
  response.end();
}
