import { hash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { HubError } from '../../kernel/index.js';
import { withFileLock } from '../../files/with-file-lock.js';
import { readPrivateJson, writePrivateJson } from '../../files/private-json.js';
import { ED25519 } from './signature/ed25519.js';
import { SIGNATURE_ALGORITHMS, type SignatureAlgorithm, type Signatures } from './signature/signature-algorithm.js';
import { SM2 } from './signature/sm2.js';

export const PUBLIC_KEY = z.object({
  /** First 16 characters of the base64url SHA-256 of the key, so that no other key can take its place. */
  id: z.string(),
  algorithm: z.enum(SIGNATURE_ALGORITHMS),
  /** SubjectPublicKeyInfo, DER, base64. */
  publicKey: z.string(),
  /** ISO 8601 instant at which it was made. */
  made: z.string(),
});
/** A public key under which heads were signed. */
export type PublicKey = Readonly<z.output<typeof PUBLIC_KEY>>;

const KEY_FILE = z.object({
  keys: z.array(PUBLIC_KEY.refine(({ id, publicKey }) => id === idOf(bytes(publicKey)))).min(1),
  /** PKCS #8, DER, base64. The private keys of older ones are not kept, and an auditor is given none. */
  privateKey: z.string().optional(),
});
/** The key file: every public key there ever was, oldest first, and the private one of the last. */
interface KeyFile {
  readonly keys: readonly PublicKey[];
  readonly privateKey?: string;
}
export interface SigningKey {
  readonly id: string;
  readonly sign: (bytes: Buffer) => Buffer;
}
/** Keys by id, with their places in the order in which they were made. */
export type KnownKeys = ReadonlyMap<string, KnownKey>;
export interface KnownKey {
  readonly order: number;
  readonly fits: (bytes: Buffer, signature: Buffer) => boolean;
}

const ALGORITHMS: Readonly<Record<SignatureAlgorithm, Signatures>> = { Ed25519: ED25519, SM2 };

/** File with the keys of a hub's evidence. */
export const evidenceKeysFile = (dataDir: string): string => join(dataDir, 'trust', 'evidence-keys.json');

/** The key that signs now; made at first use, readable by its owner only.
 *  @throws HubError CONFIG_INVALID when the file is damaged */
export async function openSigningKey(path: string): Promise<SigningKey> {
  const file = (await readKeys(path)) ?? (await keyOf(path, undefined));
  const { id, algorithm } = file.keys.at(-1)!;
  try {
    return { id, sign: ALGORITHMS[algorithm].signer(bytes(file.privateKey ?? '')) };
  } catch (cause) {
    throw new HubError('CONFIG_INVALID', `${path} ${DAMAGE}`, {}, { cause });
  }
}

/** Makes a new signing key unless the current one is of this algorithm. */
export async function signWith(path: string, algorithm: SignatureAlgorithm): Promise<void> {
  if ((await readKeys(path))?.keys.at(-1)!.algorithm !== algorithm) await keyOf(path, algorithm);
}

/** Makes a new key, which every gateway signs with from its next head on, and forgets the private one before it.
 *  @param algorithm  that of the key before where it is left out
 *  @returns  the new key */
export async function rotateSigningKey(path: string, algorithm?: SignatureAlgorithm): Promise<PublicKey> {
  const { keys } = await withFileLock(path, async () => addKey(path, (await readKeys(path))?.keys ?? [], algorithm));
  return keys.at(-1)!;
}

/** Every public key of a file, oldest first; such a file without the private key is what an auditor is given.
 *  @throws HubError CONFIG_INVALID when there is no such file, or it is damaged */
export async function readPublicKeys(path: string): Promise<readonly PublicKey[]> {
  const file = await readKeys(path);
  if (file) return file.keys;
  throw new HubError('CONFIG_INVALID', `${path} is not there, so no signature can be checked. Name the file of keys.`);
}

/** @throws HubError CONFIG_INVALID when one of the keys is none of its algorithm */
export const knownKeys = (keys: readonly PublicKey[]): KnownKeys =>
  new Map(
    keys.map(({ id, algorithm, publicKey }, order) => {
      try {
        return [id, { order, fits: ALGORITHMS[algorithm].verifier(bytes(publicKey)) }];
      } catch (cause) {
        throw new HubError('CONFIG_INVALID', `Key ${id} is no key of ${algorithm}.`, {}, { cause });
      }
    }),
  );

/** The keys of a file whose newest one is of an algorithm, or of any. */
const keyOf = (path: string, algorithm: SignatureAlgorithm | undefined): Promise<KeyFile> =>
  withFileLock(path, async () => {
    const file = await readKeys(path);
    return file && (algorithm ?? file.keys.at(-1)!.algorithm) === file.keys.at(-1)!.algorithm
      ? file
      : addKey(path, file?.keys ?? [], algorithm);
  });

async function addKey(path: string, before: readonly PublicKey[], wanted?: SignatureAlgorithm): Promise<KeyFile> {
  const algorithm = wanted ?? before.at(-1)?.algorithm ?? 'Ed25519';
  const { publicKey, privateKey } = ALGORITHMS[algorithm].make();
  const added: PublicKey = {
    id: idOf(publicKey),
    algorithm,
    publicKey: publicKey.toString('base64'),
    made: new Date().toISOString(),
  };
  const file = { keys: [...before, added], privateKey: privateKey.toString('base64') };
  await writePrivateJson(path, file);
  return file;
}

const readKeys = (path: string): Promise<KeyFile | undefined> => readPrivateJson(path, KEY_FILE, DAMAGE);
const DAMAGE = 'is damaged: a key in it is not the one that its id names. Restore it.';

const bytes = (base64: string): Buffer => Buffer.from(base64, 'base64');
const idOf = (publicKey: Buffer): string => hash('sha256', publicKey, 'base64url').slice(0, 16);
