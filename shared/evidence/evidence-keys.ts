import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, type KeyObject } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { HubError } from '../kernel/index.js';
import { holdFile } from '../files/hold-file.js';
import { readPrivateJson, writePrivateJson } from '../files/private-json.js';

/** A public key under which heads were signed. */
export interface PublicKey {
  /** First 16 characters of the base64url SHA-256 of the key, so that no other key can take its place. */
  readonly id: string;
  readonly algorithm: 'Ed25519';
  /** SubjectPublicKeyInfo, DER, base64. */
  readonly publicKey: string;
  /** ISO 8601 instant at which it was made. */
  readonly made: string;
}
/** The file of keys: every public key there ever was, oldest first, and the private one of the last. */
interface KeyFile {
  readonly keys: readonly PublicKey[];
  /** PKCS #8, DER, base64. The private keys of older ones are not kept. */
  readonly privateKey: string;
}
export interface SigningKey {
  readonly id: string;
  readonly key: KeyObject;
}
/** Keys by id, with their places in the order in which they were made. */
export type KnownKeys = ReadonlyMap<string, { readonly key: KeyObject; readonly order: number }>;

/** Where a hub keeps the keys of its evidence. */
export const evidenceKeysFile = (dataDir: string): string => join(dataDir, 'trust', 'evidence-keys.json');

/** The key that signs now; made at first use, readable by its owner only.
 *  @throws HubError CONFIG_INVALID when the file is damaged */
export async function openSigningKey(path: string): Promise<SigningKey> {
  const file = (await readKeys(path)) ?? (await alone(path, async () => (await readKeys(path)) ?? addKey(path, [])));
  return {
    id: file.keys.at(-1)!.id,
    key: createPrivateKey({ key: bytes(file.privateKey), format: 'der', type: 'pkcs8' }),
  };
}

/** Makes a new key, which every gateway signs with from its next head on, and forgets the private one before it.
 *  @returns  the new key */
export async function rotateSigningKey(path: string): Promise<PublicKey> {
  const { keys } = await alone(path, async () => addKey(path, (await readKeys(path))?.keys ?? []));
  return keys.at(-1)!;
}

/** Every public key of a file, oldest first; such a file without the private key is what an auditor is given.
 *  @throws HubError CONFIG_INVALID when there is no such file, or it is damaged */
export async function readPublicKeys(path: string): Promise<readonly PublicKey[]> {
  const file = await readKeys(path);
  if (file) return file.keys;
  throw new HubError('CONFIG_INVALID', `${path} is not there, so no signature can be checked. Name the file of keys.`);
}

export const knownKeys = (keys: readonly PublicKey[]): KnownKeys =>
  new Map(
    keys.map(({ id, publicKey }, order) => [
      id,
      { order, key: createPublicKey({ key: bytes(publicKey), format: 'der', type: 'spki' }) },
    ]),
  );

async function addKey(path: string, before: readonly PublicKey[]): Promise<KeyFile> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  });
  const added: PublicKey = {
    id: idOf(publicKey),
    algorithm: 'Ed25519',
    publicKey: publicKey.toString('base64'),
    made: new Date().toISOString(),
  };
  const file = { keys: [...before, added], privateKey: privateKey.toString('base64') };
  await writePrivateJson(path, file);
  return file;
}

async function readKeys(path: string): Promise<KeyFile | undefined> {
  const file = await readPrivateJson<KeyFile>(path);
  if (!file) return undefined;
  const keys = Array.isArray(file.keys) ? (file.keys as Partial<PublicKey>[]) : [];
  if (keys.length > 0 && keys.every(({ id, publicKey = '' }) => id === idOf(bytes(publicKey)))) return file;
  throw new HubError('CONFIG_INVALID', `${path} is damaged: a key in it is not the one that its id names. Restore it.`);
}

/** Runs `change` while nobody else changes the file. */
async function alone<T>(path: string, change: () => Promise<T>): Promise<T> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  for (;;) {
    const release = holdFile(`${path}.lock`);
    if (!release) {
      await pause(20);
      continue;
    }
    try {
      return await change();
    } finally {
      release();
    }
  }
}

const bytes = (base64: string): Buffer => Buffer.from(base64, 'base64');
const idOf = (publicKey: Buffer): string => hash('sha256', publicKey, 'base64url').slice(0, 16);
