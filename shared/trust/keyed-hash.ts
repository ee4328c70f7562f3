import { createHmac, hash, type KeyObject } from 'node:crypto';

/** Bytes of a block of SHA-256, and of its result. */
const [BLOCK, RESULT] = [64, 32];
/** Bytes of texts that are hashed the short way. */
const SHORT = 4_096;
const ENCODING = 'base64url';

/** HMAC-SHA-256 under one key. An `Hmac` of its own for each text costs twice as much as the two hashes that it is made of.
 *  @source RFC 2104 section 2 */
export class KeyedHash {
  /** The key as it goes before the text, and room for that. */
  private readonly inner: Buffer;
  /** The key as it goes before the first hash, and room for that. */
  private readonly outer: Buffer;

  constructor(private readonly key: KeyObject) {
    const own = key.export();
    const bytes = own.length > BLOCK ? hash('sha256', own, 'buffer') : own;
    const pad = (value: number, room: number) =>
      Buffer.alloc(BLOCK + room, value).map((byte, at) => (at < bytes.length ? byte ^ bytes[at]! : byte)) as Buffer;
    this.inner = pad(0x36, SHORT);
    this.outer = pad(0x5c, RESULT);
  }

  /** @returns base64url */
  digest(text: string): string {
    // A character is three bytes at most.
    if (text.length * 3 > SHORT) return createHmac('sha256', this.key).update(text).digest(ENCODING);
    const length = this.inner.write(text, BLOCK);
    this.outer.write(hash('sha256', this.inner.subarray(0, BLOCK + length), 'binary'), BLOCK, 'latin1');
    return hash('sha256', this.outer, ENCODING);
  }
}
