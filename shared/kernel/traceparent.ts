/** Header that says which trace a request belongs to. */
export const TRACEPARENT_HEADER = 'traceparent';

const FORM = /^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The value of a `traceparent` header when it is one, else undefined: what is malformed is as if it had not been sent.
 *  Later versions are read as far as they agree with version 00.
 *  @source W3C Trace Context, section 3.2 */
export function traceparentOf(header: string | readonly string[] | undefined): string | undefined {
  if (typeof header !== 'string') return undefined;
  if (FORM.test(header)) return header;
  const later = /^(?!00)[0-9a-f]{2}-/.test(header) && header[55] === '-' ? header.slice(0, 55) : undefined;
  return later !== undefined && FORM.test(later) ? later : undefined;
}
