import type { KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { readConfig, type Config } from '../../shared/config/config.js';
import { HubError } from '../../shared/kernel/index.js';
import { knownHubSecret } from '../../shared/trust/hub-secret.js';
import { HubKeys, readSubgraphKey, type KeyVersions } from '../../shared/trust/subgraph-keys.js';

/** Reads which keys subgraphs have; a command without a hub beside it knows of the first ones alone. */
let readVersions = (_config: Config): Promise<KeyVersions> => Promise.resolve(new Map());

/** Lets the hub's own command read them from governance. */
export function readVersionsBy(reader: typeof readVersions): void {
  readVersions = reader;
}

/** Which keys subgraphs have, as far as this command knows. */
export const keyVersionsOf = (config: Config): Promise<KeyVersions> => readVersions(config);

/** The newest key that hub and subgraph share.
 *  @param file  file that holds it; it derives from the hub's secret where absent
 *  @throws HubError CONFIG_INVALID where there is none */
export const readKey = (subgraph: string, file: string | undefined): Promise<KeyObject> =>
  file === undefined ? keyOfHub(subgraph) : keyInFile(file);

async function keyInFile(file: string): Promise<KeyObject> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) throw new HubError('CONFIG_INVALID', `The key file ${file} cannot be read.`);
  return readSubgraphKey(text)()[0]!.key;
}

async function keyOfHub(subgraph: string): Promise<KeyObject> {
  const config = readConfig();
  const secret = await knownHubSecret(config.DATA_DIR, config.HUB_SECRET);
  if (secret !== undefined) return new HubKeys(secret).held(subgraph, await readVersions(config), Date.now())[0]!.key;
  throw new HubError(
    'CONFIG_INVALID',
    "There is no hub secret to sign with. Give the subgraph's key with --key-file; or set HUB_SECRET, or DATA_DIR of the hub.",
  );
}
