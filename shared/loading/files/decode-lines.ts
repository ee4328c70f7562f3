import { LoadRefusal } from '../load-rules.js';
import { say } from '../messages.js';

/** Largest piece without a line break, bytes. */
const LONGEST_LINE = 4_000_000;
const NEWLINE = 0x0a;

/** Decodes a file piece by piece, each ending with a line break: UTF-8, with or without a mark, or GB18030 (GBK, GB2312),
 *  which it is taken for when the first text beyond ASCII is no UTF-8. Nothing is replaced: bytes that are no text refuse
 *  the file at their line.
 *  @throws LoadRefusal ENCODING_UNSUPPORTED, ENCODING_INVALID, FORMAT_WRONG */
export async function* decodeLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new StrictDecoder();
  for await (const piece of cutAtLines(bytes)) yield decoder.decode(piece);
}

/** Pieces that end with a line break. In GB18030 no byte of a longer character is a line break, as in UTF-8. */
async function* cutAtLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let open: Buffer[] = [];
  let size = 0;
  let isFirst = true;
  for await (const chunk of bytes) {
    let buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (isFirst && buffer.length > 0) {
      buffer = readMark(buffer);
      isFirst = false;
    }
    const end = buffer.lastIndexOf(NEWLINE) + 1;
    if (end > 0) {
      yield open.length > 0 ? Buffer.concat([...open, buffer.subarray(0, end)]) : buffer.subarray(0, end);
      [open, size] = [[], 0];
    }
    if (end < buffer.length) open.push(buffer.subarray(end));
    size += buffer.length - end;
    if (size > LONGEST_LINE) throw new LoadRefusal('FORMAT_WRONG', say('unbroken', { most: LONGEST_LINE }));
  }
  if (size > 0) yield Buffer.concat(open);
}

/** Takes off the mark of UTF-8. A file that was saved from a spreadsheet as "Unicode text" has one of UTF-16. */
function readMark(buffer: Buffer): Buffer {
  if (buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf) return buffer.subarray(3);
  if ((buffer[0] === 0xff && buffer[1] === 0xfe) || (buffer[0] === 0xfe && buffer[1] === 0xff))
    throw new LoadRefusal('ENCODING_UNSUPPORTED', 'UTF-16');
  return buffer;
}

const BEYOND_ASCII = /[^\x00-\x7f]/;

class StrictDecoder {
  /** Until text beyond ASCII has come, it may be either. */
  #isChinese: boolean | undefined;
  #lines = 0;
  readonly #utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  readonly #chinese = new TextDecoder('gb18030', { fatal: true });

  decode(piece: Buffer): string {
    const text = this.#tryDecode(piece) ?? this.#refuse(piece);
    for (let at = piece.indexOf(NEWLINE); at >= 0; at = piece.indexOf(NEWLINE, at + 1)) this.#lines++;
    return text;
  }

  #tryDecode(piece: Buffer): string | undefined {
    if (this.#isChinese !== true) {
      const text = attempt(() => this.#utf8.decode(piece));
      if (text !== undefined && BEYOND_ASCII.test(text)) this.#isChinese = false;
      if (text === undefined && this.#isChinese === undefined) this.#isChinese = !this.#isMostlyUtf8(piece);
      if (text !== undefined || this.#isChinese === false) return text;
    }
    return this.#decodeChinese(piece);
  }

  /** True where a few bytes spoil what is UTF-8 else. By themselves they may be text in the other encoding, and so may all of
   *  it, which nobody could read then. */
  #isMostlyUtf8(piece: Buffer): boolean {
    let [utf8, other] = [0, 0];
    for (let start = 0; start < piece.length;) {
      const at = piece.indexOf(NEWLINE, start);
      const end = at < 0 ? piece.length : at;
      const text = attempt(() => this.#utf8.decode(piece.subarray(start, end)));
      if (text === undefined) other++;
      else if (/\p{Script=Han}/u.test(text)) utf8++;
      start = end + 1;
    }
    return utf8 >= other && utf8 > 0;
  }

  #decodeChinese(piece: Buffer): string | undefined {
    const text = attempt(() => this.#chinese.decode(piece));
    if (text === undefined) return undefined;
    // The decoder takes the byte 0x80, which is no character, for a euro sign.
    if (text.includes('€') && hasLoneByte80(piece)) return undefined;
    return PRIVATE.test(text) ? text.replace(EACH_PRIVATE, (found) => ASSIGNED[found] ?? found) : text;
  }

  #refuse(piece: Buffer): never {
    let line = this.#lines;
    let start = 0;
    while (start < piece.length) {
      line++;
      const at = piece.indexOf(NEWLINE, start);
      const end = at < 0 ? piece.length : at + 1;
      if (this.#tryDecode(piece.subarray(start, end)) === undefined) break;
      start = end;
    }
    throw new LoadRefusal('ENCODING_INVALID', undefined, line);
  }
}

function attempt(decode: () => string): string | undefined {
  try {
    return decode();
  } catch {
    return undefined;
  }
}

/** Characters that older tables of the encoding put into the private area, and GB 18030-2022 does not. */
const ASSIGNED: Readonly<Record<string, string>> = {
  '\ue816': '\u{20087}',
  '\ue817': '\u{20089}',
  '\ue818': '\u{200cc}',
  '\ue831': '\u{215d7}',
  '\ue83b': '\u{2298f}',
  '\ue855': '\u{241fe}',
};
const PRIVATE = /[\ue816-\ue855]/;
const EACH_PRIVATE = /[\ue816-\ue855]/g;

/** True where 0x80 stands as a character of its own, not as the second byte of one. */
function hasLoneByte80(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte === 0x80) return true;
    if (byte < 0x80) continue;
    const next = bytes[at + 1] ?? 0;
    at += next >= 0x30 && next <= 0x39 ? 3 : 1;
  }
  return false;
}
