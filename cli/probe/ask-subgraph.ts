import { createSecretKey, randomBytes, randomUUID, type KeyObject } from 'node:crypto';
import { request } from 'undici';
import { HubError } from '../../shared/kernel/index.js';
import { bodyHash, CONTEXT_HEADER, signContext, type FetchContext } from '../../shared/trust/signed-context.js';

/** A subgraph that is tried. */
export interface Probed {
  readonly url: string;
  /** Name under which the hub knows it. */
  readonly name: string;
  /** Key that the hub and the subgraph share. */
  readonly key: KeyObject;
  /** Longest wait for one answer, milliseconds. */
  readonly timeoutMs: number;
}
/** Reply of a subgraph: an answer with data, a refusal without, or no GraphQL answer. */
export type Reply =
  | { readonly kind: 'data'; readonly data: Readonly<Record<string, unknown>> }
  | { readonly kind: 'refused' }
  | { readonly kind: 'failed'; readonly code: FailureCode };
export type FailureCode = 'UNREACHABLE' | 'TIMEOUT' | 'REDIRECTED' | 'BAD_ANSWER';

const MAX_BYTES = 16_000_000;
/** Key that no subgraph knows. */
const STRANGE_KEY = createSecretKey(randomBytes(32));

/** Body of a GraphQL request, as it is sent and signed. */
export const bodyOf = (query: string, variables?: object): string => JSON.stringify({ query, variables });

/** Signs a context as the hub would for this body, but for what is given. */
export function signFor(
  { name, key }: Probed,
  body: string,
  given: Partial<FetchContext> = {},
  signedBy: 'hub' | 'stranger' = 'hub',
): string {
  const context: FetchContext = {
    audience: name,
    department: 'sharehub',
    system: 'sharehub-probe',
    roles: ['consumer'],
    requestId: `probe-${randomUUID()}`,
    bodyHash: bodyHash(body),
    id: randomUUID(),
    expiresAt: Math.floor(Date.now() / 1000) + 30,
    ...given,
  };
  return signContext(context, signedBy === 'hub' ? key : STRANGE_KEY);
}

/** Sends one request. Redirects are not followed; size and time are bounded. */
export async function send({ url, timeoutMs }: Probed, body: string, token: string | undefined): Promise<Reply> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await request(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(token !== undefined && { [CONTEXT_HEADER]: token }),
      },
      body,
      signal,
    });
    const text = await readLimited(response.body);
    if (response.statusCode >= 300 && response.statusCode < 400) return { kind: 'failed', code: 'REDIRECTED' };
    return toReply(text, response.statusCode);
  } catch (error) {
    if (error instanceof HubError) return { kind: 'failed', code: 'BAD_ANSWER' };
    return { kind: 'failed', code: signal.aborted ? 'TIMEOUT' : 'UNREACHABLE' };
  }
}

async function readLimited(body: AsyncIterable<Buffer> & { destroy(): void }): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MAX_BYTES) {
      body.destroy();
      throw new HubError('BODY_TOO_LARGE', 'The answer is too large.');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Any value in the data counts as an answer, whatever the status. */
function toReply(text: string, status: number): Reply {
  const { data, errors } = parseAnswer(text);
  if (isObject(data) && Object.values(data).some((value) => value !== null)) return { kind: 'data', data };
  return status === 401 || status === 403 || Array.isArray(errors) || isObject(data)
    ? { kind: 'refused' }
    : { kind: 'failed', code: 'BAD_ANSWER' };
}

function parseAnswer(text: string): Readonly<Record<string, unknown>> {
  try {
    const answer: unknown = JSON.parse(text);
    return isObject(answer) ? answer : {};
  } catch {
    return {};
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
