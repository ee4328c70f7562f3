import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readPrivateJson, writePrivateJson } from '../openid/private-file.js';

/** The secret from which the key of every subgraph derives: the configured one, or one made at the first start and kept
 *  in the data folder, readable by its owner only.
 *  @returns at least 32 bytes of text */
export async function openHubSecret(dataDir: string, configured: string | undefined): Promise<string> {
  if (configured !== undefined) return configured;
  const path = join(dataDir, 'trust', 'hub-secret.json');
  const kept = await readPrivateJson<{ secret: string }>(path);
  if (kept) return kept.secret;
  const secret = randomBytes(48).toString('base64url');
  await writePrivateJson(path, { secret });
  return secret;
}
