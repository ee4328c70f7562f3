import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '../../shared/files/write-whole.js';
import type { FetchSdl } from './load-subgraphs.js';

export interface LastKnownSdl {
  /** Asks a subgraph, and falls back on what it published when a graph with it came into force.
   *  @throws as the subgraph's own failure, when nothing of it is known */
  readonly fetchSdl: FetchSdl;
  /** Keeps what was read last, because a graph of it is in force now. Never rejects. */
  keep(): Promise<void>;
  /** Subgraphs that could not be asked when the list was read last, with the reason. */
  stale(): ReadonlyMap<string, string>;
}

/** Lets a graph be opened while a subgraph is down: its part is then as it was published last.
 *  @param folder   where SDL is kept over a restart, one file for each subgraph
 *  @param onFault  called with the failure to keep something */
export function createLastKnownSdl(
  folder: string,
  fetchSdl: FetchSdl,
  onFault: (error: unknown) => void,
): LastKnownSdl {
  const fresh = new Map<string, string>();
  const stale = new Map<string, string>();
  const fileOf = (subgraph: string) => join(folder, `${subgraph}.graphql`);
  return {
    async fetchSdl(subgraph, url, headers) {
      try {
        const sdl = await fetchSdl(subgraph, url, headers);
        fresh.set(subgraph, sdl);
        stale.delete(subgraph);
        return sdl;
      } catch (error) {
        fresh.delete(subgraph);
        const known = await readFile(fileOf(subgraph), 'utf8').catch(() => undefined);
        if (known === undefined) throw error;
        stale.set(subgraph, (error as Error).message);
        return known;
      }
    },
    async keep() {
      try {
        if (fresh.size > 0) await mkdir(folder, { recursive: true, mode: 0o700 });
        for (const [subgraph, sdl] of fresh) await writeWhole(fileOf(subgraph), sdl);
        fresh.clear();
      } catch (error) {
        onFault(error);
      }
    },
    stale: () => stale,
  };
}
