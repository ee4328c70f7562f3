import { createHmac, hkdfSync } from 'node:crypto';
import { LRUCache } from 'lru-cache';

/** Hashes the identifiers of subjects under a key of the hub, so that a record can be found by who has the identifier
 *  and the key, and names nobody. HMAC-SHA-256, first 128 bits, base64url.
 *  @param secret  the hub's secret */
export function subjectHasher(secret: string): (subject: string) => string {
  const key = Buffer.from(hkdfSync('sha256', secret, 'sharehub', 'evidence/subjects', 32));
  const known = new LRUCache<string, string>({ max: 20_000 });
  return (subject) => {
    let hash = known.get(subject);
    if (hash === undefined) {
      hash = createHmac('sha256', key).update(subject).digest().subarray(0, 16).toString('base64url');
      known.set(subject, hash);
    }
    return hash;
  };
}
