import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { HubError, type ErrorCode } from '../../shared/kernel/index.js';
import { CONTEXT_HEADER } from '../../shared/trust/signed-context.js';

/** A subgraph that runs here, and the hub that asks it. */
export interface TriedSubgraph {
  readonly hub: string;
  /** Access token of the person who tries it. */
  readonly token: string;
  readonly subgraph: string;
  /** Name by which requests ask for it. */
  readonly name: string;
  readonly endpoint: string;
  readonly sdl: string;
  /** Its key, base64url. */
  readonly key: string;
}
export interface OpenedVariant {
  readonly name: string;
  readonly expiresAt: string;
}
interface Fetch {
  readonly id: number;
  readonly body: string;
  readonly context?: string;
  readonly headers: readonly string[];
}
type Line =
  | ({ readonly type: 'open'; readonly secret: string } & OpenedVariant)
  | ({ readonly type: 'fetch' } & Fetch)
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'beat' }
  | { readonly type: 'end'; readonly reason: string };

/** Longest answer of the subgraph that is passed on, bytes. */
const MOST_BYTES = 16_000_000;

/** Opens a variant at the hub and answers for its subgraph, until either side ends it. Only the subgraph's own address here
 *  is asked, whatever comes from the hub.
 *  @param onOpen  called once the hub serves it
 *  @param signal  ends it
 *  @returns       why the hub ended it; undefined where `signal` did
 *  @throws HubError with the hub's code; NOT_READY where the hub does not answer, or the connection broke */
export async function runVariant(
  tried: TriedSubgraph,
  onOpen: (opened: OpenedVariant) => void,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { hub, token, subgraph, name, sdl, key } = tried;
  const response = await fetch(new URL('/variants', hub), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ subgraph, name, sdl, key }),
    signal,
  }).catch((cause: unknown) => {
    if (signal.aborted) return undefined;
    throw new HubError('NOT_READY', `No hub answers at ${hub}.`, {}, { cause });
  });
  if (!response) return undefined;
  if (!response.ok || !response.body) throw await readRefusal(response);
  const underWay = new Map<number, AbortController>();
  let secret = '';
  try {
    for await (const text of createInterface({ input: Readable.fromWeb(response.body as never) })) {
      const line = JSON.parse(text) as Line;
      if (line.type === 'open') {
        ({ secret } = line);
        onOpen(line);
      } else if (line.type === 'fetch') {
        const gone = new AbortController();
        underWay.set(line.id, gone);
        void answerFetch(tried, secret, line, AbortSignal.any([signal, gone.signal]))
          .catch(() => undefined)
          .finally(() => underWay.delete(line.id));
      } else if (line.type === 'cancel') underWay.get(line.id)?.abort();
      else if (line.type === 'end') return line.reason;
    }
  } catch (cause) {
    if (!signal.aborted) throw new HubError('NOT_READY', `The connection to ${hub} broke.`, {}, { cause });
  } finally {
    for (const gone of underWay.values()) gone.abort();
  }
  if (signal.aborted) return undefined;
  throw new HubError('NOT_READY', `${hub} ended the connection.`);
}

/** Passes one fetch on to the subgraph, and its answer to the hub. */
async function answerFetch(
  { hub, endpoint }: TriedSubgraph,
  secret: string,
  { id, body, context, headers }: Fetch,
  signal: AbortSignal,
): Promise<void> {
  const further = Array.from({ length: headers.length / 2 }, (_, at) => headers.slice(2 * at, 2 * at + 2));
  const answer = await fetch(endpoint, {
    method: 'POST',
    redirect: 'manual',
    headers: [
      ...further.map(([header, value]) => [header!, value!] as [string, string]),
      ['content-type', 'application/json'],
      ...(context === undefined ? [] : [[CONTEXT_HEADER, context] as [string, string]]),
    ],
    body,
    signal,
  })
    .then(async (response) => ({ status: response.status, body: await readText(response) }))
    .catch(() => ({ status: 0, body: '' }));
  await fetch(new URL('/variants/answers', hub), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'share-variant-secret': secret },
    body: JSON.stringify({ id, ...answer }),
    signal,
  });
}

async function readText(response: Response): Promise<string> {
  const bytes = await response.arrayBuffer();
  if (bytes.byteLength > MOST_BYTES) throw new Error('The answer is too large.');
  return new TextDecoder().decode(bytes);
}

interface RefusalBody {
  readonly errors?: readonly {
    readonly message?: string;
    readonly extensions?: { readonly code?: string; readonly problems?: readonly { code: string; message: string }[] };
  }[];
}

async function readRefusal(response: Response): Promise<HubError> {
  const body = (await response.json().catch(() => ({}))) as RefusalBody;
  const [first] = body.errors ?? [];
  const { code = 'NOT_READY', problems = [] } = first?.extensions ?? {};
  const message = [first?.message ?? `The hub answered ${response.status}.`, ...problems.map(toLine)].join('\n');
  return new HubError(code as ErrorCode, message);
}

const toLine = ({ code, message }: { readonly code: string; readonly message: string }) => `  ${code}: ${message}`;
