import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export const ISSUER = 'https://openid.bench.invalid';
export const AUDIENCE = 'urn:sharehub:hub';
export const SCENARIO = 'duty';

/** Code of the n-th calling department and of its one system. */
export const departmentCode = (index) => `B-${String(index).padStart(3, '0')}`;
export const systemCode = (index) => `system-${departmentCode(index)}`;

/** Access tokens of as many systems, each of a department of its own, and the key set that verifies them. Every
 *  contender is sent the same tokens; only ShareHub looks at them. */
export async function createCallers(count) {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'bench', alg: 'ES256', use: 'sig' }] };
  const tokens = await Promise.all(
    Array.from({ length: count }, (_, index) =>
      new SignJWT({ client_id: systemCode(index) })
        .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'bench' })
        .setSubject(systemCode(index))
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setIssuedAt()
        .setExpirationTime('12h')
        .setJti(`bench-${index}`)
        .sign(privateKey),
    ),
  );
  return { tokens, jwks };
}
