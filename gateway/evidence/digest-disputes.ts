import { createHmac, hkdfSync } from 'node:crypto';
import type { DisputedUse } from '../../shared/evidence/index.js';
import type { DisputedPlace } from '../request/answer.js';

/** Digests texts under the key of a correction. */
export type DigestValue = (proofKey: string, texts: readonly string[]) => string;

/** Derives the digests from the hub's secret and the correction's own key: who has the database alone can try no values, and
 *  nobody can once the correction's key is destroyed.
 *  @param secret  the hub's */
export const digestValues =
  (secret: string): DigestValue =>
  (proofKey, texts) => {
    const key = Buffer.from(hkdfSync('sha256', secret, proofKey, 'correction-proof', 32));
    return createHmac('sha256', key).update(JSON.stringify(texts)).digest('base64url');
  };

/** The items under correction of an answer, each with the digest of all its values there. In whatever row of a list a value
 *  stands, it is the same. */
export function digestDisputes(places: readonly DisputedPlace[], digest: DigestValue): readonly DisputedUse[] {
  const byItem = Map.groupBy(places, ({ dispute: { correction, item } }) => `${correction} ${item}`);
  return [...byItem.values()].map((own): DisputedUse => {
    const { correction, item, proofKey } = own[0]!.dispute;
    const isWhole = own.every(({ text }) => text !== undefined);
    const texts = own.map(({ path = [], text = '' }) => JSON.stringify([...path.filter(isKey), text]));
    return { correction, item, ...(isWhole && { digest: digest(proofKey, texts.sort()) }) };
  });
}

const isKey = (key: string | number): boolean => typeof key === 'string';
