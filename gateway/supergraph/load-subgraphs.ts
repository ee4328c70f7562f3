import { readFile } from 'node:fs/promises';
import { HubError } from '../../shared/kernel/index.js';
import type { SubgraphConfig, SupergraphConfig } from './config.js';

/** A subgraph with the SDL it publishes. */
export interface LoadedSubgraph {
  readonly name: string;
  /** Address that operations are sent to. */
  readonly url: string;
  readonly sdl: string;
}

/** Asks a subgraph for its SDL. */
export type FetchSdl = (subgraph: string, url: string, headers: Readonly<Record<string, string>>) => Promise<string>;

/** Reads every subgraph's SDL from where the list says: its file, its text, or the subgraph itself.
 *  @throws HubError COMPOSITION_FAILED naming every subgraph whose SDL cannot be had */
export async function loadSubgraphs(
  config: SupergraphConfig,
  { fetchSdl }: { fetchSdl: FetchSdl },
): Promise<LoadedSubgraph[]> {
  const results = await Promise.allSettled(
    config.subgraphs.map(async (entry): Promise<LoadedSubgraph> => {
      return { name: entry.name, url: entry.url, sdl: await sdlOf(entry, fetchSdl) };
    }),
  );
  const errors = results.flatMap((result, index) =>
    result.status === 'rejected'
      ? [
          {
            code: 'SDL_UNAVAILABLE',
            message: (result.reason as Error).message,
            subgraph: config.subgraphs[index]!.name,
          },
        ]
      : [],
  );
  if (errors.length > 0) {
    const list = errors.map((error) => error.message).join(' | ');
    throw new HubError('COMPOSITION_FAILED', `Not every subgraph's SDL could be read. ${list}`, { errors });
  }
  return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}

async function sdlOf({ name, schema }: SubgraphConfig, fetchSdl: FetchSdl): Promise<string> {
  if (schema.kind === 'sdl') return schema.sdl;
  if (schema.kind === 'url') {
    return fetchSdl(name, schema.url, schema.headers).catch((cause: unknown) => {
      throw new Error(`[${name}] ${(cause as Error).message}`, { cause });
    });
  }
  return readFile(schema.file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    const why = cause.code === 'ENOENT' ? 'does not exist' : `cannot be read (${cause.code})`;
    throw new Error(`[${name}] ${schema.file} ${why}`, { cause });
  });
}
