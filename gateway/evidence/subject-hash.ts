import { hash, hkdfSync } from 'node:crypto';

/** Hashes the identifiers of subjects under a key of the hub, so that a record can be found by who has the identifier
 *  and the key, and names nobody. SHA-256 over the key and the identifier, its first 132 bits, base64url: what is cut
 *  off keeps anybody from extending it. A record may name a thousand subjects, and this costs a quarter of an HMAC.
 *  @param secret  the hub's secret */
export function subjectHasher(secret: string): (subject: string) => string {
  const key = Buffer.from(hkdfSync('sha256', secret, 'sharehub', 'evidence/subjects', 32)).toString('hex');
  return (subject) => hash('sha256', key + subject, 'base64url').slice(0, 22);
}
