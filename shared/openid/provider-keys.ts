import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import { z } from 'zod';
import { readPrivateJson, writePrivateJson } from '../files/private-json.js';

const PROVIDER_KEYS = z.object({ signing: z.array(z.custom<JWK>()).min(1), cookies: z.array(z.string()) });
/** Signing keys and cookie keys of the embedded provider. */
export type ProviderKeys = Readonly<z.output<typeof PROVIDER_KEYS>>;

const CLIENT_SECRETS = z.record(z.string(), z.string());
/** Client secrets by client id. */
export type ClientSecrets = Readonly<z.output<typeof CLIENT_SECRETS>>;

const keysFile = (dataDir: string) => join(dataDir, 'openid', 'keys.json');

/** File with the secrets of the registered systems, for the operator's own tools. */
export const clientsFile = (dataDir: string) => join(dataDir, 'openid', 'clients.json');

/** Signing algorithm of every token of the embedded provider. */
export const SIGNING_ALGORITHM = 'ES256';

/** The provider's keys: made at the first start, kept since, so that tokens outlive a restart. */
export async function loadProviderKeys(dataDir: string): Promise<ProviderKeys> {
  const damage = 'holds no keys. Restore it, or delete it to have it made anew.';
  const kept = await readPrivateJson(keysFile(dataDir), PROVIDER_KEYS, damage);
  if (kept) return kept;
  const { privateKey } = await generateKeyPair(SIGNING_ALGORITHM, { extractable: true });
  const jwk = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint(jwk);
  const keys = {
    signing: [{ ...jwk, kid, alg: SIGNING_ALGORITHM, use: 'sig' }],
    cookies: [randomBytes(32).toString('base64url')],
  };
  await writePrivateJson(keysFile(dataDir), keys);
  return keys;
}

/** The secret of each system; one that is not there yet gets a new one, one no longer registered loses it. */
export async function loadClientSecrets(dataDir: string, clientIds: readonly string[]): Promise<ClientSecrets> {
  const kept = (await readClientSecrets(dataDir)) ?? {};
  const secrets = Object.fromEntries(clientIds.map((id) => [id, kept[id] ?? randomBytes(32).toString('base64url')]));
  if (JSON.stringify(secrets) !== JSON.stringify(kept)) await writePrivateJson(clientsFile(dataDir), secrets);
  return secrets;
}

/** The secrets kept in a data folder.
 *  @returns undefined when no provider has started there yet
 *  @throws HubError CONFIG_INVALID when the file holds something else */
export const readClientSecrets = (dataDir: string): Promise<ClientSecrets | undefined> =>
  readPrivateJson(
    clientsFile(dataDir),
    CLIENT_SECRETS,
    'is damaged: it does not hold a secret for each system. Restore it, or delete it to have it made anew.',
  );
