import Negotiator from 'negotiator';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { remember } from './media-types.js';

export type ContentEncoding = 'gzip' | 'br';

/** Shortest answer that is worth it, characters or bytes: a shorter one fits into one packet anyway. */
const LEAST = 1_024;
/** Answers are compressed once and sent once, so time counts as much as size. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };
const asGzip = promisify(gzip);
const asBrotli = promisify(brotliCompress);

const negotiate = remember((accepted: string): ContentEncoding | null => {
  const best = new Negotiator({ headers: { 'accept-encoding': accepted } }).encoding(['gzip', 'br', 'identity']);
  return best === 'gzip' || best === 'br' ? best : null;
});

/** The encoding for an answer; undefined where it goes out as it is.
 *  @param accepted  the client's `accept-encoding` */
export const encodingFor = (
  accepted: string | string[] | undefined,
  text: string | Buffer,
): ContentEncoding | undefined =>
  typeof accepted === 'string' && text.length >= LEAST ? (negotiate(accepted) ?? undefined) : undefined;

export const compress = (text: string | Buffer, encoding: ContentEncoding): Promise<Buffer> =>
  encoding === 'gzip' ? asGzip(text) : asBrotli(text, BROTLI);
