import type { ServerResponse } from 'node:http';
import { HubError, textIn, type Language } from '../kernel/index.js';
import { PROTECTIONS_HEADER } from '../trust/signed-context.js';

/** An answer as it leaves the subgraph. */
export interface Reply {
  readonly status: number;
  readonly body: string;
  /** Digest of the list of protected subjects that was applied. */
  readonly protections?: string | undefined;
}

export function toErrorReply(error: unknown, language: Language, report: (fault: unknown) => void): Reply {
  if (!(error instanceof HubError)) report(error);
  const { code, text, status } =
    error instanceof HubError ? error : new HubError('INTERNAL', 'The provider failed on this request.');
  return { status, body: JSON.stringify({ errors: [{ message: textIn(text, language), extensions: { code } }] }) };
}

/** @param last  the connection is not kept for another request */
export function sendReply(response: ServerResponse, { status, body, protections }: Reply, last: boolean): void {
  if (response.destroyed) return;
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    ...(status === 405 && { allow: 'POST' }),
    ...(protections !== undefined && { [PROTECTIONS_HEADER]: protections }),
    ...((last || status === 413) && { connection: 'close' }),
  });
  response.end(body);
}
