import type { KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { readConfig } from '../../shared/config/config.js';
import { HubError } from '../../shared/kernel/index.js';
import { knownHubSecret } from '../../shared/trust/hub-secret.js';
import { subgraphKey } from '../../shared/trust/signed-context.js';
import { readSubgraphKey } from '../../shared/trust/subgraph-key.js';

/** Key that hub and subgraph share.
 *  @param file  file that holds it; it derives from the hub's secret where absent
 *  @throws HubError CONFIG_INVALID where there is none */
export const readKey = (subgraph: string, file: string | undefined): Promise<KeyObject> =>
  file === undefined ? keyOfHub(subgraph) : keyInFile(file);

async function keyInFile(file: string): Promise<KeyObject> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) throw new HubError('CONFIG_INVALID', `The key file ${file} cannot be read.`);
  return readSubgraphKey(text);
}

async function keyOfHub(subgraph: string): Promise<KeyObject> {
  const { DATA_DIR, HUB_SECRET } = readConfig();
  const secret = await knownHubSecret(DATA_DIR, HUB_SECRET);
  if (secret !== undefined) return subgraphKey(secret, subgraph);
  throw new HubError(
    'CONFIG_INVALID',
    "There is no hub secret to sign with. Give the subgraph's key with --key-file; or set HUB_SECRET, or DATA_DIR of the hub.",
  );
}
