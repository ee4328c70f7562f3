import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';

/** Where a subgraph is reached. */
export interface SubgraphAddress {
  readonly origin: string;
  /** Path and query. */
  readonly path: string;
  /** Value of the `authorization` header, where the address holds a user name or a password. */
  readonly authorization: string | undefined;
}

/** Takes an address apart. The credentials in it go into a header, and nowhere else.
 *  @source RFC 7617 */
export function readSubgraphAddress(url: string): SubgraphAddress {
  const { origin, pathname, search, username, password } = new URL(url);
  const user = `${decode(username)}:${decode(password)}`;
  return {
    origin,
    path: pathname + search,
    authorization: user === ':' ? undefined : `Basic ${Buffer.from(user).toString('base64')}`,
  };
}

/** An address without the credentials in it, for whatever is written, logged or hashed. */
export function withoutCredentials(url: string): string {
  const plain = URL.parse(url);
  if (!plain) return url;
  if (plain.username === '' && plain.password === '') return url;
  plain.username = plain.password = '';
  return plain.href;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

type Decode = (bytes: Buffer, options: { readonly maxOutputLength: number }) => Promise<Buffer>;
const asDeflate: Decode = (bytes, options) =>
  // Some servers send the bare format under this name. @source RFC 9110 section 8.4.1.2
  (bytes[0]! & 15) === 8 ? promisify(inflate)(bytes, options) : promisify(inflateRaw)(bytes, options);
const asGzip: Decode = promisify(gunzip);
const DECODERS: ReadonlyMap<string, Decode> = new Map([
  ['gzip', asGzip],
  ['x-gzip', asGzip],
  ['deflate', asDeflate],
  ['br', promisify(brotliDecompress)],
]);
/** Encodings that one answer may be in, one inside the other. */
const MOST_ENCODINGS = 2;

/** True for an answer whose bytes are not its text. */
export const isEncoded = (encoding: string | undefined): encoding is string =>
  encoding !== undefined && encoding !== '' && encoding.trim().toLowerCase() !== 'identity';

/** Undoes the content encoding of an answer.
 *  @param limit  largest text, bytes, however small it arrived
 *  @throws Error when the encoding is not known, the bytes are not in it, or the text is too large */
export async function decodeContent(bytes: Buffer, encoding: string, limit: number): Promise<Buffer> {
  const names = encoding.split(',').map((name) => name.trim().toLowerCase());
  if (names.length > MOST_ENCODINGS) throw new Error('too many content encodings');
  let decoded = bytes;
  for (const name of names.reverse()) {
    if (name === 'identity') continue;
    const decode = DECODERS.get(name);
    if (!decode) throw new Error('unknown content encoding');
    decoded = await decode(decoded, { maxOutputLength: limit });
  }
  return decoded;
}

/** Bytes as text, without the byte order mark that some servers put before it. @source RFC 8259 section 8.1 */
export function toText(bytes: Buffer): string {
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return bytes.toString('utf8', marked ? 3 : 0);
}
