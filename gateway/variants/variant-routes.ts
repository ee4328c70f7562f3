import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { HubError, type Caller } from '../../shared/kernel/index.js';
import { readSubgraphKey } from '../../shared/trust/subgraph-keys.js';
import { readJsonBody } from '../http/request-body.js';
import { refuseDuplicates, REQUEST_ID_HEADER, VARIANT_SECRET_HEADER } from '../http/request-headers.js';
import type { Route } from '../http/routes.js';
import type { VariantLine } from './variant-link.js';
import type { VariantRequest } from './variant.js';
import type { Variants } from './variants.js';
import { say } from '../request/messages/index.js';

/** Largest opening, bytes: a schema of 500,000 bytes in JSON. */
const OPENING_BYTES = 1_000_000;
/** Interval at which a line is written, ms, so that nothing between hub and department takes the connection for idle. */
const BEAT_MS = 10_000;

const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;
const OPENING = z.strictObject({
  subgraph: z.string().regex(NAME),
  name: z.string().regex(NAME).optional(),
  sdl: z.string().min(1).max(500_000),
  key: z.string(),
});
const ANSWER = z.strictObject({ id: z.int(), status: z.int().min(0).max(599), body: z.string() });

export interface VariantRoutesOptions {
  readonly variants: Variants;
  /** @throws HubError of the caller's codes */
  readonly identify: (headers: IncomingHttpHeaders) => Promise<Caller | undefined>;
  /** Largest answer of a subgraph, bytes. */
  readonly answerBytes: number;
}

/** Addresses by which a department's command opens a variant and answers for its subgraph. The command connects to the hub:
 *  `POST /variants` is answered by lines of JSON until either side ends it, `POST /variants/answers` takes one answer. */
export function variantRoutes({ variants, identify, answerBytes }: VariantRoutesOptions): Route[] {
  async function open(request: IncomingMessage, response: ServerResponse, requestId: string): Promise<void> {
    refuseDuplicates(request);
    const caller = await identify(request.headers);
    if (!caller) throw new HubError('UNAUTHENTICATED', say('http.noToken'));
    const opening = readOpening(await readJsonBody(request, OPENING_BYTES));
    const write = (line: VariantLine): void => {
      if (response.destroyed || response.writableEnded) return;
      if (!response.headersSent)
        response.writeHead(200, {
          'content-type': 'application/x-ndjson',
          'cache-control': 'no-store',
          'x-accel-buffering': 'no',
          [REQUEST_ID_HEADER]: requestId,
        });
      response.write(`${JSON.stringify(line)}\n`);
      if (line.type === 'end') response.end();
    };
    const end = await variants.start(caller, opening, write);
    const beat = setInterval(() => write({ type: 'beat' }), BEAT_MS);
    const stop = (): void => {
      clearInterval(beat);
      end('Its command has ended.');
    };
    if (response.destroyed) return stop();
    response.once('close', stop);
    // The server keeps connections whose client has closed its half, and this client never does while it lives.
    request.socket.once('end', stop);
  }

  async function answer(request: IncomingMessage, response: ServerResponse, requestId: string): Promise<void> {
    refuseDuplicates(request);
    const secret = request.headers[VARIANT_SECRET_HEADER];
    // Text in JSON may be twice as long as its bytes.
    const { data } = ANSWER.safeParse(await readJsonBody(request, 2 * answerBytes));
    if (typeof secret !== 'string' || !data)
      throw new HubError('BAD_REQUEST', say('variant.answer', { header: VARIANT_SECRET_HEADER }));
    variants.answer(secret, data.id, data.status, data.body);
    response.writeHead(204, { [REQUEST_ID_HEADER]: requestId }).end();
  }

  return [
    { method: 'POST', path: '/variants', handle: open },
    { method: 'POST', path: '/variants/answers', handle: answer },
  ];
}

function readOpening(body: unknown): VariantRequest {
  const { data, error } = OPENING.safeParse(body);
  if (!data) {
    const wrong = error.issues.map(({ path }) => path.join('.') || 'body').join(', ');
    throw new HubError('BAD_REQUEST', say('variant.wrongOpening', { wrong }));
  }
  const { subgraph, name = subgraph, sdl, key } = data;
  try {
    return { subgraph, name, sdl, key: readSubgraphKey(key)()[0]!.key };
  } catch {
    throw new HubError('BAD_REQUEST', say('variant.key'));
  }
}
