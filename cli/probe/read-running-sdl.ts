import { HubError } from '../../shared/kernel/index.js';
import { SDL_BODY } from './admission-checks.js';
import { send, signFor } from './ask-subgraph.js';
import { readKey } from './read-key.js';

const TIMEOUT_MS = 10_000;

/** Reads the schema of a running subgraph, as the hub does when it registers it.
 *  @param keyFile  file with the subgraph's key; it derives from the hub's secret where absent
 *  @throws HubError SUBGRAPH_UNAVAILABLE where it does not give it; CONFIG_INVALID without a key */
export async function readRunningSdl(name: string, url: string, keyFile: string | undefined): Promise<string> {
  const subgraph = { name, url, key: await readKey(name, keyFile), timeoutMs: TIMEOUT_MS };
  const reply = await send(subgraph, SDL_BODY, signFor(subgraph, SDL_BODY, { use: 'register' }));
  const { sdl } = (reply.kind === 'data' && (reply.data['_service'] as { sdl?: unknown } | null)) || {};
  if (typeof sdl === 'string') return sdl;
  const why = reply.kind === 'failed' ? reply.code : 'HUB_REFUSED: is its name right, and its key the one in the file?';
  throw new HubError('SUBGRAPH_UNAVAILABLE', `${name} does not give its schema at this address (${why}).`);
}
