import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, type KeyObject } from 'node:crypto';
import { HubError } from '../kernel/index.js';
import type { FetchContext } from '../trust/signed-context.js';

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
  private readonly encryptionKey: Uint8Array;
  private readonly ivKey: Uint8Array;

  /** @param key  the key shared with the hub, so that all instances of a subgraph read each other's cursors; or the word
   *  for none, where a cursor holds until the process ends */
  constructor(key: KeyObject | 'unguarded') {
    const secret = key === 'unguarded' ? randomBytes(32) : key;
    const derive = (use: string) => new Uint8Array(hkdfSync('sha256', secret, 'sharehub', `list-cursor/${use}`, 32));
    this.encryptionKey = derive('encrypt');
    this.ivKey = derive('iv');
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
    // Derived from the text, so that a record keeps its cursor and no vector serves two texts.
    const iv = createHmac('sha256', this.ivKey).update(`${list}\n${text}`).digest().subarray(0, IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.encryptionKey, iv).setAAD(Buffer.from(list));
    return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url');
  }

  private decode(list: string, cursor: string): string {
    try {
      const bytes = Buffer.from(cursor, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', this.encryptionKey, bytes.subarray(0, IV_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(Buffer.from(list)).setAuthTag(bytes.subarray(-TAG_BYTES));
      return decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
    } catch {
      throw unknownCursor();
    }
  }
}

export const unknownCursor = (): HubError =>
  new HubError('BAD_USER_INPUT', 'The cursor `after` is not one of this list. Start without it.');
