import { hash, X509Certificate } from 'node:crypto';
import { ObjectIdentifier, OctetString, Sequence } from 'asn1js';
import { Certificate, ContentInfo, SignedData, TSTInfo, type Attribute, type ExtKeyUsage } from 'pkijs';

export interface TimeStampToCheck {
  /** TimeStampToken, DER. */
  readonly token: Buffer;
  readonly text: string;
  /** Certificates that are trusted, PEM; without any, the token's own certificate is taken on trust. */
  readonly roots?: readonly string[];
  /** Nonce sent with the request; absent when a stored token is checked. */
  readonly nonce?: Buffer;
}
export interface TimeStamp {
  /** Time stated by the authority. */
  readonly time: Date;
  /** Subject of its certificate. */
  readonly authority: string;
  readonly token: Buffer;
}
/** A time-stamp is not good, or was refused; the message says why. */
export class TimeStampError extends Error {}

export const SHA256 = '2.16.840.1.101.3.4.2.1';
const TST_INFO = '1.2.840.113549.1.9.16.1.4';
const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const SIGNING_CERTIFICATE = '1.2.840.113549.1.9.16.2.12';
const SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47';
const EXTENDED_KEY_USAGE = '2.5.29.37';
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';
const DIGESTS: Readonly<Record<string, string>> = {
  [SHA256]: 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/** Says whether a token witnesses a text: imprint, nonce, signature over the token's content, the signer's certificate
 *  (which must be the one that the signature names, and be for time-stamps) and its chain to what is trusted, as it was
 *  at the stated time. Revocation is not asked for.
 *  @throws TimeStampError saying what is wrong
 *  @source RFC 3161, 2.3 and 2.4.2; RFC 5816 */
export async function checkTimeStamp({ token, text, roots = [], nonce }: TimeStampToCheck): Promise<TimeStamp> {
  const { signed, info } = parse(token);
  const { messageImprint } = info;
  if (messageImprint.hashAlgorithm.algorithmId !== SHA256) fail('its imprint is not one of SHA-256');
  if (!hash('sha256', text, 'buffer').equals(messageImprint.hashedMessage.valueBlock.valueHexView))
    fail('it is of another text');
  if (nonce && !(info.nonce && nonce.equals(info.nonce.valueBlock.valueHexView))) fail('it answers another request');
  const trusted = roots.flatMap(certificatesIn);
  const verified = await signed
    .verify({
      signer: 0,
      data: toArrayBuffer(Buffer.from(text)),
      trustedCerts: trusted,
      checkChain: trusted.length > 0,
      passedWhenNotRevValues: true,
      extendedMode: true,
    })
    .catch((error: { message?: string }) => fail(`it cannot be verified: ${error.message}`));
  const { signatureVerified, signerCertificate: signer } = verified;
  if (!signatureVerified || !signer) return fail('it does not fit its signature');
  checkAttributes(signed.signerInfos[0]!.signedAttrs?.attributes ?? [], signer);
  checkPurpose(signer);
  return { time: info.genTime, authority: new X509Certificate(derOf(signer)).subject.replaceAll('\n', ', '), token };
}

function parse(token: Buffer): { signed: SignedData; info: TSTInfo } {
  try {
    const content: unknown = ContentInfo.fromBER(token).content;
    const signed = new SignedData({ schema: content as Sequence });
    const { eContent, eContentType } = signed.encapContentInfo;
    if (eContentType !== TST_INFO || signed.signerInfos.length !== 1 || !eContent) throw new TypeError();
    return { signed, info: TSTInfo.fromBER(eContent.getValue()) };
  } catch {
    return fail('it is no time-stamp');
  }
}

/** The signature must say what it signs, and with which certificate: a key may have several. */
function checkAttributes(attributes: readonly Attribute[], signer: Certificate): void {
  const valueOf = (type: string): unknown => attributes.find((attribute) => attribute.type === type)?.values[0];
  const contentType = valueOf(CONTENT_TYPE);
  if (!(contentType instanceof ObjectIdentifier) || contentType.getValue() !== TST_INFO)
    fail('its signature is not over a time-stamp');
  const [first, digest] = [
    firstOf(valueOf(SIGNING_CERTIFICATE_V2), 'sha256'),
    firstOf(valueOf(SIGNING_CERTIFICATE), 'sha1'),
  ].find(([value]) => value !== undefined) ?? [undefined, undefined];
  if (!first || digest === undefined || !hash(digest, derOf(signer), 'buffer').equals(first))
    fail('its signature names another certificate');
}

/** Hash of the signer's certificate in a SigningCertificate, and by which digest. */
function firstOf(attribute: unknown, usual: string): readonly [Buffer | undefined, string | undefined] {
  const certs = attribute instanceof Sequence ? attribute.valueBlock.value[0] : undefined;
  const cert = certs instanceof Sequence ? certs.valueBlock.value[0] : undefined;
  const members = cert instanceof Sequence ? cert.valueBlock.value : [];
  const value = members.find((member) => member instanceof OctetString);
  const algorithm = members[0] instanceof Sequence ? members[0].valueBlock.value[0] : undefined;
  const digest = algorithm instanceof ObjectIdentifier ? DIGESTS[algorithm.getValue()] : usual;
  return [value && Buffer.from(value.getValue()), digest];
}

function checkPurpose(signer: Certificate): void {
  const usage = signer.extensions?.find(({ extnID }) => extnID === EXTENDED_KEY_USAGE);
  const purposes = (usage?.parsedValue as ExtKeyUsage | undefined)?.keyPurposes ?? [];
  if (!usage?.critical || purposes.length !== 1 || purposes[0] !== TIME_STAMPING)
    fail('its certificate is not one for time-stamps');
}

/** @throws TimeStampError when it is not PEM */
function certificatesIn(pem: string): Certificate[] {
  try {
    const found = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
    return found.map((one) => Certificate.fromBER(new X509Certificate(one).raw));
  } catch {
    return fail('the certificates that are to be trusted cannot be read');
  }
}

const derOf = (certificate: Certificate): Buffer => Buffer.from(certificate.toSchema().toBER());
const toArrayBuffer = (bytes: Buffer): ArrayBuffer => new Uint8Array(bytes).buffer;

function fail(why: string): never {
  throw new TimeStampError(why);
}
