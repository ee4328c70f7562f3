import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { readPrivateJson, writePrivateJson } from '../files/private-json.js';

/** The secret from which the key of every subgraph derives: the configured one, or one made at the first start and kept
 *  in the data folder, readable by its owner only.
 *  @returns at least 32 bytes of text */
export async function openHubSecret(dataDir: string, configured: string | undefined): Promise<string> {
  const known = await knownHubSecret(dataDir, configured);
  if (known !== undefined) return known;
  const secret = randomBytes(48).toString('base64url');
  await writePrivateJson(fileIn(dataDir), { secret });
  return secret;
}

/** The secret, when there is one already.
 *  @throws HubError CONFIG_INVALID when its file holds something else */
export async function knownHubSecret(dataDir: string, configured: string | undefined): Promise<string | undefined> {
  return configured ?? (await readPrivateJson(fileIn(dataDir), SECRET_FILE, DAMAGE))?.secret;
}

const SECRET_FILE = z.object({ secret: z.string().min(32) });
/** A secret made anew would shut every subgraph that runs elsewhere out, so nobody makes one in silence. */
const DAMAGE =
  'holds no secret of 32 characters. Restore it; or delete it to have one made anew, and give every subgraph that runs elsewhere its new key (`sharehub key`).';
const fileIn = (dataDir: string): string => join(dataDir, 'trust', 'hub-secret.json');
