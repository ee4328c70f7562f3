import { request } from 'undici';
import type { RegistrationHeaders } from '../../shared/trust/registration.js';
import type { FetchSdl } from './load-subgraphs.js';
import { decodeContent, isEncoded, readSubgraphAddress, toText, withoutCredentials } from './subgraph-wire.js';

/** The query of the federation specification that a subgraph answers with its own SDL. */
export const SDL_QUERY = '{_service{sdl}}';
const SDL_BODY = JSON.stringify({ query: SDL_QUERY });

export interface FetchSdlOptions {
  /** Headers that let the hub in: its registration context; none in permissive mode. */
  readonly authorise?: RegistrationHeaders;
  /** Longest wait for one subgraph, milliseconds. */
  readonly timeoutMs?: number;
  /** Largest answer read, bytes. */
  readonly maxBytes?: number;
}

/** Reads SDL over HTTP by `_service { sdl }`. Errors say what came back, for the operator who starts or reloads the hub. */
export function sdlOverHttp({ authorise, timeoutMs = 10_000, maxBytes = 16_000_000 }: FetchSdlOptions = {}): FetchSdl {
  return async (subgraph, url, headers) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const shown = withoutCredentials(url);
    const { authorization } = readSubgraphAddress(url);
    const ask = (admission: Readonly<Record<string, string>> | undefined) =>
      request(shown, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          ...(authorization !== undefined && !hasAuthorization(headers) && { authorization }),
          ...headers,
          ...admission,
        },
        body: SDL_BODY,
        signal,
      }).catch((cause: Error & { code?: string }) => {
        const why = signal.aborted ? `no answer within ${timeoutMs} ms` : (cause.code ?? cause.message);
        throw new Error(`cannot be reached at ${shown}: ${why}`, { cause });
      });
    const [first, ...others] = (await authorise?.(subgraph, SDL_BODY)) ?? [];
    let response = await ask(first);
    for (const admission of others) {
      if (response.statusCode !== 401) break;
      await response.body.dump();
      response = await ask(admission);
    }
    const bytes = await readLimited(response.body, maxBytes, shown);
    const encoding = response.headers['content-encoding']?.toString();
    const text = toText(isEncoded(encoding) ? await decode(bytes, encoding, maxBytes, shown) : bytes);
    const sdl = sdlIn(text);
    if (typeof sdl === 'string' && sdl.trim() !== '') return sdl;
    throw new Error(`${shown} gave no SDL for ${SDL_QUERY} (HTTP ${response.statusCode}${reason(text)})`);
  };
}

async function readLimited(
  body: AsyncIterable<Buffer> & { destroy(): void },
  limit: number,
  url: string,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > limit) {
      body.destroy();
      throw new Error(`the answer of ${url} is over ${limit} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const decode = (bytes: Buffer, encoding: string, limit: number, url: string): Promise<Buffer> =>
  decodeContent(bytes, encoding, limit).catch((cause: unknown) => {
    throw new Error(`the answer of ${url} cannot be decoded (content-encoding ${JSON.stringify(encoding)})`, { cause });
  });

/** The headers of the list come before the address's own credentials. */
const hasAuthorization = (headers: Readonly<Record<string, string>>): boolean =>
  Object.keys(headers).some((name) => name.toLowerCase() === 'authorization');

function sdlIn(text: string): unknown {
  try {
    return (JSON.parse(text) as { data?: { _service?: { sdl?: unknown } } } | null)?.data?._service?.sdl;
  } catch {
    return undefined;
  }
}

/** The first GraphQL error of an answer, when there is one. */
function reason(text: string): string {
  try {
    const message = (JSON.parse(text) as { errors?: { message?: unknown }[] } | null)?.errors?.[0]?.message;
    return typeof message === 'string' ? `: ${message}` : '';
  } catch {
    return ', not JSON';
  }
}
