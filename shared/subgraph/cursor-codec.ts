import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import { HubError } from '../kernel/index.js';
import type { FetchContext } from '../trust/signed-context.js';
import type { SharedKeys } from '../trust/subgraph-keys.js';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Makes and reads the cursors of one caller. */
export interface Cursors {
  /** @param list  name of the list; a cursor of another list is refused */
  encode(list: string, position: unknown): string;
  /** @throws HubError BAD_USER_INPUT when it is no cursor that this caller was given in this list */
  decode(list: string, cursor: string): string;
}

/** Encrypts primary keys into cursors. A cursor stands beside every record of a list, where no share type, mask or access
 *  record covers it, so it must not show the key: that may be a citizen's identity number. */
export class CursorCodec {
  private readonly keys: SharedKeys;
  private readonly derived = new WeakMap<KeyObject, CursorKeys>();

  /** @param keys  the keys shared with the hub, so that all instances of a subgraph read each other's cursors; or the word
   *  for none, where a cursor holds until the process ends
   *  @param now   milliseconds since the epoch */
  constructor(
    keys: SharedKeys | 'unguarded',
    private readonly now: () => number = Date.now,
  ) {
    const own = createSecretKey(randomBytes(32));
    this.keys = keys === 'unguarded' ? () => [{ key: own }] : keys;
  }

  /** Cursors that a person, or a system where nobody is signed in, can use in its department alone. */
  boundTo({ department, system, person }: Pick<FetchContext, 'department' | 'system' | 'person'>): Cursors {
    const caller = JSON.stringify([department, person === undefined ? { system } : { person }]);
    return {
      encode: (list, position) => this.encode(`${list}\n${caller}`, position),
      decode: (list, cursor) => this.decode(`${list}\n${caller}`, cursor),
    };
  }

  private encode(list: string, position: unknown): string {
    const text = String(position);
    const { encryption, vector } = this.writingKeys();
    // Derived from the text, so that a record keeps its cursor and no vector serves two texts.
    const iv = createHmac('sha256', vector).update(`${list}\n${text}`).digest().subarray(0, IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', encryption, iv).setAAD(Buffer.from(list));
    return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url');
  }

  /** A cursor that was given is read under every key that there is: who turns pages meanwhile notices nothing. */
  private decode(list: string, cursor: string): string {
    for (const { key } of this.keys()) {
      const position = decrypt(this.derive(key), list, cursor);
      if (position !== undefined) return position;
    }
    throw unknownCursor();
  }

  /** Cursors are written under the oldest key that holds, which instances that have not taken up the newest can read. */
  private writingKeys(): CursorKeys {
    const now = this.now();
    const held = this.keys().filter(({ until }) => until === undefined || now < until);
    return this.derive(held.at(-1)!.key);
  }

  private derive(key: KeyObject): CursorKeys {
    let keys = this.derived.get(key);
    if (!keys) {
      const derive = (use: string) => new Uint8Array(hkdfSync('sha256', key, 'sharehub', `list-cursor/${use}`, 32));
      this.derived.set(key, (keys = { encryption: derive('encrypt'), vector: derive('iv') }));
    }
    return keys;
  }
}

interface CursorKeys {
  readonly encryption: Uint8Array;
  readonly vector: Uint8Array;
}

/** @returns undefined for a cursor that was not written under these keys, in this list and for this caller */
function decrypt({ encryption }: CursorKeys, list: string, cursor: string): string | undefined {
  try {
    const bytes = Buffer.from(cursor, 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', encryption, bytes.subarray(0, IV_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(list)).setAuthTag(bytes.subarray(-TAG_BYTES));
    return decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return undefined;
  }
}

export const unknownCursor = (): HubError =>
  new HubError('BAD_USER_INPUT', 'The cursor `after` is not one of this list. Start without it.');
