import { setTimeout as wait } from 'node:timers/promises';
import { askAsPerson } from '../ask-as-person.js';

/** A load, as the hub tells of it. */
export interface HubLoad {
  readonly id: string;
  readonly state: string;
  readonly bytes: number;
  readonly bytesRead: number;
  readonly rowsRead: number;
  readonly counts: Readonly<Record<string, number>> | null;
  readonly code: string | null;
  readonly message: string | null;
  readonly reports: readonly string[];
}
export interface Announcement {
  readonly subgraph: string;
  readonly type: string;
  readonly key: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly fileName: string;
  readonly format: string;
  readonly mode: string;
  readonly mostRejected: number;
}
interface LoadAnswer {
  readonly load: HubLoad | null;
  readonly refusal: { readonly code: string; readonly message: string } | null;
}

const LOAD = `id state bytes bytesRead rowsRead code message reports
  counts { rows inserted updated unchanged deleted rejected problems formulas }`;
const PAUSE_MS = 500;
const OPEN = ['ANNOUNCED', 'RECEIVED', 'LOADING'];

/** @returns  the load, or the refusal of governance */
export async function announce(url: string | undefined, input: Announcement): Promise<LoadAnswer> {
  const mutation = `mutation ($input: LoadInput!) { result: announceLoad(input: $input) {
    load { ${LOAD} } refusal { code message } } }`;
  return askAsPerson<LoadAnswer>(url, mutation, { input });
}

/** Waits until a load has ended.
 *  @param seconds    longest wait
 *  @param onWaiting  called once where the file has arrived and nobody has begun to load it
 *  @returns          the load as it is then */
export async function waitForEnd(
  url: string | undefined,
  load: HubLoad,
  seconds: number,
  onProgress: (load: HubLoad) => void,
  onWaiting: () => Promise<void>,
): Promise<HubLoad> {
  const end = Date.now() + seconds * 1_000;
  let now = load;
  let isTold = false;
  while (OPEN.includes(now.state) && Date.now() < end) {
    await wait(PAUSE_MS);
    const query = `query ($id: String!) { result: loadOf(id: $id) { ${LOAD} } }`;
    now = (await askAsPerson<HubLoad | null>(url, query, { id: load.id })) ?? now;
    onProgress(now);
    if (now.state !== 'RECEIVED' || isTold) continue;
    isTold = true;
    await onWaiting();
  }
  return now;
}
