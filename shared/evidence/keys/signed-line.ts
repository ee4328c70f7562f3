import type { KnownKeys, SigningKey } from './evidence-keys.js';

const SIGNATURE = ',"signature":"';

/** One line of JSON that names the key and whose last member, base64url, signs all bytes before it. */
export function signLine(statement: object, { id, sign }: SigningKey): string {
  const body = JSON.stringify({ ...statement, key: id }).slice(0, -1);
  return `${body}${SIGNATURE}${sign(Buffer.from(body)).toString('base64url')}"}\n`;
}

/** True for a line, without its line end, that was signed with one of the keys. */
export function isSigned(line: Buffer, keys: KnownKeys): boolean {
  const cut = line.lastIndexOf(SIGNATURE);
  const known = cut < 0 ? undefined : keys.get(keyOf(line) ?? '');
  if (!known) return false;
  const signature = Buffer.from(line.toString('latin1', cut + SIGNATURE.length, line.length - 2), 'base64url');
  return (
    line.toString('latin1', cut) === `${SIGNATURE}${signature.toString('base64url')}"}` &&
    known.fits(line.subarray(0, cut), signature)
  );
}

function keyOf(line: Buffer): string | undefined {
  try {
    return (JSON.parse(line.toString()) as { key?: string }).key;
  } catch {
    return undefined;
  }
}
