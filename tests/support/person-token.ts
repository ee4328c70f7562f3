import { importJWK, SignJWT } from 'jose';
import { loadProviderKeys, SIGNING_ALGORITHM } from '../../shared/openid/provider-keys.js';

/** An access token of the embedded provider for a person, without the pages of its sign-in. */
export async function signPersonToken(
  folder: string,
  { issuer, audience, system, person }: Readonly<Record<'issuer' | 'audience' | 'system' | 'person', string>>,
): Promise<string> {
  const [key] = (await loadProviderKeys(folder)).signing;
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ client_id: system })
    .setProtectedHeader({ alg: SIGNING_ALGORITHM, kid: key!.kid!, typ: 'at+jwt' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(person)
    .setIssuedAt(now)
    .setExpirationTime(now + 300)
    .setJti(`${system}-${person}-${now}`)
    .sign(await importJWK(key!, SIGNING_ALGORITHM));
}

/** A person of the demo for each of its systems. */
export const PERSON_AT: Readonly<Record<string, string>> = {
  'civil-affairs-app': 'chen.jing',
  'data-bureau-console': 'wang.min',
  'housing-app': 'li.na',
  'market-app': 'ma.li',
  'public-security-app': 'zhao.lei',
  'secrecy-desk': 'zhou.bao',
  'tax-app': 'zhang.tao',
};
