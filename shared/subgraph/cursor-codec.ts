import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, type KeyObject } from 'node:crypto';
import { HubError } from '../kernel/index.js';

const IV_BYTES = 12;
const TAG_BYTES = 16;

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

  /** @param type  type of the list's records; a cursor of another type is refused */
  encode(type: string, primaryKey: unknown): string {
    const text = String(primaryKey);
    // Derived from the text, so that a record keeps its cursor and no vector serves two texts.
    const iv = createHmac('sha256', this.ivKey).update(`${type}\n${text}`).digest().subarray(0, IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.encryptionKey, iv).setAAD(Buffer.from(type));
    return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url');
  }

  /** @throws HubError BAD_USER_INPUT when it is no cursor of this type's lists */
  decode(type: string, cursor: string): string {
    try {
      const bytes = Buffer.from(cursor, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', this.encryptionKey, bytes.subarray(0, IV_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(Buffer.from(type)).setAuthTag(bytes.subarray(-TAG_BYTES));
      return decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
    } catch {
      throw unknownCursor();
    }
  }
}

export const unknownCursor = (): HubError =>
  new HubError('BAD_USER_INPUT', 'The cursor `after` is not one of this list. Start without it.');
