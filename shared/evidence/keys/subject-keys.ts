import { createSecretKey, hash, randomBytes, type KeyObject } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { withFileLock } from '../../files/with-file-lock.js';
import { readPrivateJson, writePrivateJson } from '../../files/private-json.js';
import { HubError } from '../../kernel/index.js';
import { KeyedHash } from '../../trust/keyed-hash.js';

/** A subject's identifier as a record names it. */
export interface SubjectHash {
  /** Id of the key. */
  readonly key: string;
  /** HMAC-SHA-256, its first 132 bits, base64url. */
  readonly hash: string;
}
/** A key under which records can still be found by an identifier. */
const SUBJECT_KEY = z
  .object({
    /** First 16 characters of the base64url SHA-256 of the key. */
    id: z.string(),
    /** ISO 8601 instant at which it was made. */
    made: z.string(),
    /** 32 bytes, base64. */
    key: z.string(),
  })
  .refine(({ id, key }) => id === idOf(Buffer.from(key, 'base64')));
const KEY_FILE = z.object({
  /** Oldest first; the last is in use. */
  keys: z.array(SUBJECT_KEY).min(1),
  forgotten: z.array(z.object({ id: z.string(), made: z.string(), forgotten: z.string() })).default([]),
});
type SubjectKey = Readonly<z.output<typeof SUBJECT_KEY>>;
interface KeyFile {
  readonly keys: readonly SubjectKey[];
  readonly forgotten: z.output<typeof KEY_FILE>['forgotten'];
}
export interface SubjectKeysOptions {
  /** Interval between two looks at the file, milliseconds. */
  readonly every?: number;
  /** For a process that writes no records: keys of its own would find nothing in those of others, so it makes none. */
  readonly mustExist?: boolean;
  /** Told why a changed file was not taken; the keys before it stay in force. */
  readonly onFault?: (error: unknown) => void;
}

/** File with the keys that stand between the hub's records and the people they are about. */
export const subjectKeysFile = (dataDir: string): string => join(dataDir, 'trust', 'subject-keys.json');

/** Names subjects so that a record can be found by who has an identifier and the keys, and names nobody. A key that was
 *  made or forgotten meanwhile counts within seconds.
 *  @source share-rules section 5; PIPL 51 */
export class SubjectKeys {
  private timer?: NodeJS.Timeout;
  private fault?: string;
  private looking = false;

  private constructor(
    private readonly path: string,
    private hashers: readonly SubjectHasher[],
    private seen: string | undefined,
  ) {}

  /** Opens the file, and makes it with a first key where there is none.
   *  @throws HubError CONFIG_INVALID when it is damaged, or has to be there and is not */
  static async open(
    path: string,
    { every = 2_000, mustExist = false, onFault = () => undefined }: SubjectKeysOptions = {},
  ): Promise<SubjectKeys> {
    const seen = await versionOf(path);
    const make = () => withFileLock(path, async () => (await readKeys(path)) ?? addKey(path));
    const file = (await readKeys(path)) ?? (mustExist ? undefined : await make());
    if (!file)
      throw new HubError(
        'CONFIG_INVALID',
        `${path} is not there. Give this process the keys of subjects that the gateway has.`,
      );
    const keys = new SubjectKeys(path, hashersOf(file), seen);
    keys.timer = setInterval(() => void keys.look(onFault), every).unref();
    return keys;
  }

  /** The key in use. */
  get newest(): SubjectHasher {
    return this.hashers[0]!;
  }

  /** The key of this id; undefined for one that was forgotten. */
  hasherOf(id: string): SubjectHasher | undefined {
    return this.hashers.find((hasher) => hasher.id === id);
  }

  /** Every hash of an identifier, one under each key that is kept, newest first. */
  hashesOf(identifier: string): readonly SubjectHash[] {
    return this.hashers.map((hasher) => ({ key: hasher.id, hash: hasher.hash(identifier) }));
  }

  /** Takes up what changed in the file. @throws HubError CONFIG_INVALID when it is gone or damaged */
  async refresh(): Promise<void> {
    const seen = await versionOf(this.path);
    if (seen !== undefined && seen === this.seen) return;
    const file = await readKeys(this.path);
    if (!file) throw new HubError('CONFIG_INVALID', `${this.path} is gone. Restore it.`);
    [this.hashers, this.seen] = [hashersOf(file), seen];
  }

  /** Takes up what changed, and tells once of what keeps it from doing so. */
  private async look(onFault: (error: unknown) => void): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    try {
      await this.refresh();
      this.fault = undefined;
    } catch (error) {
      const fault = String(error);
      if (fault !== this.fault) onFault(error);
      this.fault = fault;
    } finally {
      this.looking = false;
    }
  }

  close(): void {
    clearInterval(this.timer);
  }
}

/** Hashes identifiers under one key. */
export class SubjectHasher {
  private readonly keyed: KeyedHash;

  constructor(
    readonly id: string,
    key: KeyObject,
  ) {
    this.keyed = new KeyedHash(key);
  }

  hash(identifier: string): string {
    return this.keyed.digest(identifier).slice(0, 22);
  }
}

/** Makes a new key for the records to come; those before can be found as long as their keys are kept.
 *  @returns  id of the new key */
export async function rotateSubjectKey(path: string): Promise<string> {
  const { keys } = await withFileLock(path, async () => addKey(path, await readKeys(path)));
  return keys.at(-1)!.id;
}

/** Destroys a key: nobody, who has the identifier either, can find any more what was recorded under it. It cannot be undone.
 *  @throws HubError CONFIG_INVALID when there is no such key, or it is the one in use */
export async function forgetSubjectKey(path: string, id: string): Promise<void> {
  await withFileLock(path, async () => {
    const { keys = [], forgotten = [] } = (await readKeys(path)) ?? {};
    const key = keys.find((one) => one.id === id);
    if (!key) throw new HubError('CONFIG_INVALID', `${path} has no key ${id}. It has ${idsOf(keys)}.`);
    if (key === keys.at(-1))
      throw new HubError(
        'CONFIG_INVALID',
        `Key ${id} is in use. Make a new one first: sharehub evidence rotate-subject-key.`,
      );
    await writePrivateJson(path, {
      keys: keys.filter((one) => one !== key),
      forgotten: [...forgotten, { id, made: key.made, forgotten: new Date().toISOString() }],
    });
  });
}

async function addKey(path: string, { keys, forgotten }: KeyFile = { keys: [], forgotten: [] }): Promise<KeyFile> {
  const key = randomBytes(32);
  const added: SubjectKey = { id: idOf(key), made: new Date().toISOString(), key: key.toString('base64') };
  const file = { keys: [...keys, added], forgotten };
  await writePrivateJson(path, file);
  return file;
}

const readKeys = (path: string): Promise<KeyFile | undefined> => readPrivateJson(path, KEY_FILE, DAMAGE);
const DAMAGE = 'is damaged: a key in it is not the one that its id names. Restore it.';

const idOf = (key: Buffer): string => hash('sha256', key, 'base64url').slice(0, 16);
const idsOf = (keys: readonly SubjectKey[]): string => keys.map(({ id }) => id).join(', ') || 'none';
const hashersOf = ({ keys }: KeyFile): readonly SubjectHasher[] =>
  keys.map(({ id, key }) => new SubjectHasher(id, createSecretKey(key, 'base64'))).reverse();

/** Changes with the file, which is replaced whole each time; undefined when it is not there. */
const versionOf = (path: string): Promise<string | undefined> =>
  stat(path).then(
    ({ ino, mtimeMs }) => `${ino} ${mtimeMs}`,
    () => undefined,
  );
