import { hash, webcrypto } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Integer, Null, ObjectIdentifier, OctetString, PrintableString, Sequence, Utf8String } from 'asn1js';
import * as pki from 'pkijs';

const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const TST_INFO = '1.2.840.113549.1.9.16.1.4';
const DAY = 86_400_000;

interface Issued {
  readonly certificate: pki.Certificate;
  readonly pem: string;
  readonly key: webcrypto.CryptoKey;
}
/** What an authority does otherwise than it should. */
export interface Misbehaviour {
  readonly status?: number;
  readonly httpStatus?: number;
  readonly body?: Buffer;
  readonly nonce?: number;
  readonly text?: string;
  readonly time?: Date;
  readonly signer?: Issued;
  readonly named?: Issued;
  readonly contentType?: string;
  readonly flip?: boolean;
  readonly silent?: boolean;
}
export interface Authority {
  readonly url: string;
  /** Its root's certificate, PEM. */
  readonly root: string;
  readonly issue: (more?: IssueOptions) => Promise<Issued>;
  /** Requests so far. */
  readonly requests: () => number;
  /** What it does with the requests to come. */
  behave(otherwise: Misbehaviour): void;
  close(): Promise<void>;
}
interface IssueOptions {
  readonly purposes?: readonly string[];
  readonly until?: Date;
}

const algorithm = (oid: string) => new pki.AlgorithmIdentifier({ algorithmId: oid, algorithmParams: new Null() });
const SHA256 = '2.16.840.1.101.3.4.2.1';

/** A time-stamp authority of RFC 3161 over HTTP, with a certificate of its own root. */
export async function startAuthority(now: () => number = Date.now): Promise<Authority> {
  const root = await certify('A root', { ca: true });
  const issue = ({ purposes = ['1.3.6.1.5.5.7.3.8'], until }: IssueOptions = {}) =>
    certify('A time-stamp authority', { issuer: root, purposes, until });
  const own = await issue();
  let [otherwise, requests]: [Misbehaviour, number] = [{}, 0];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      requests++;
      if (otherwise.silent) return;
      void answer(Buffer.concat(parts), own, now, otherwise).then((body) =>
        response
          .writeHead(otherwise.httpStatus ?? 200, { 'content-type': 'application/timestamp-reply' })
          .end(otherwise.body ?? body),
      );
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    root: root.pem,
    issue,
    requests: () => requests,
    behave: (more) => (otherwise = more),
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

async function answer(body: Buffer, own: Issued, now: () => number, otherwise: Misbehaviour): Promise<Buffer> {
  const asked = pki.TimeStampReq.fromBER(body);
  const status = new pki.PKIStatusInfo({ status: otherwise.status ?? 0 });
  if (otherwise.status !== undefined) {
    status.statusStrings = [new Utf8String({ value: 'not today' })];
    return Buffer.from(new pki.TimeStampResp({ status }).toSchema().toBER());
  }
  const imprint = otherwise.text === undefined ? undefined : hash('sha256', otherwise.text, 'buffer');
  const info = new pki.TSTInfo({
    version: 1,
    policy: '1.2.3.4.5',
    messageImprint: imprint
      ? new pki.MessageImprint({
          hashAlgorithm: algorithm(SHA256),
          hashedMessage: new OctetString({ valueHex: imprint }),
        })
      : asked.messageImprint,
    serialNumber: new Integer({ value: 1 }),
    genTime: otherwise.time ?? new Date(now()),
    nonce: otherwise.nonce === undefined ? asked.nonce : new Integer({ value: otherwise.nonce }),
  });
  const content = Buffer.from(info.toSchema().toBER());
  const { certificate, key } = otherwise.signer ?? own;
  const named = hash('sha256', derOf((otherwise.named ?? otherwise.signer ?? own).certificate), 'buffer');
  const signed = new pki.SignedData({
    version: 3,
    encapContentInfo: new pki.EncapsulatedContentInfo({
      eContentType: TST_INFO,
      eContent: new OctetString({ valueHex: content }),
    }),
    certificates: [certificate],
    signerInfos: [
      new pki.SignerInfo({
        version: 1,
        sid: new pki.IssuerAndSerialNumber({ issuer: certificate.issuer, serialNumber: certificate.serialNumber }),
        signedAttrs: new pki.SignedAndUnsignedAttributes({
          type: 0,
          attributes: [
            new pki.Attribute({
              type: '1.2.840.113549.1.9.3',
              values: [new ObjectIdentifier({ value: otherwise.contentType ?? TST_INFO })],
            }),
            new pki.Attribute({
              type: '1.2.840.113549.1.9.4',
              values: [new OctetString({ valueHex: hash('sha256', content, 'buffer') })],
            }),
            new pki.Attribute({
              type: '1.2.840.113549.1.9.16.2.47',
              values: [
                new Sequence({
                  value: [new Sequence({ value: [new Sequence({ value: [new OctetString({ valueHex: named })] })] })],
                }),
              ],
            }),
          ],
        }),
      }),
    ],
  });
  await signed.sign(key, 0, 'SHA-256');
  if (otherwise.flip) signed.signerInfos[0]!.signature.valueBlock.valueHexView[12]! ^= 1;
  const token = new pki.ContentInfo({ contentType: '1.2.840.113549.1.7.2', content: signed.toSchema(true) });
  return Buffer.from(new pki.TimeStampResp({ status, timeStampToken: token }).toSchema().toBER());
}

interface CertifyOptions extends IssueOptions {
  readonly issuer?: Issued;
  readonly ca?: boolean;
}
let serial = 1;

async function certify(name: string, { issuer, ca = false, purposes, until }: CertifyOptions): Promise<Issued> {
  const keys = await webcrypto.subtle.generateKey(EC, true, ['sign', 'verify']);
  const certificate = new pki.Certificate();
  certificate.version = 2;
  certificate.serialNumber = new Integer({ value: serial++ });
  const commonName = () =>
    new pki.AttributeTypeAndValue({ type: '2.5.4.3', value: new PrintableString({ value: name }) });
  certificate.subject.typesAndValues.push(commonName());
  certificate.issuer = issuer?.certificate.subject ?? certificate.subject;
  certificate.notBefore.value = new Date(Date.now() - 400 * DAY);
  certificate.notAfter.value = until ?? new Date(Date.now() + 400 * DAY);
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey);
  const basic = new pki.BasicConstraints({ cA: ca });
  certificate.extensions = [
    new pki.Extension({ extnID: '2.5.29.19', critical: true, extnValue: basic.toSchema().toBER(), parsedValue: basic }),
  ];
  if (purposes) {
    const usage = new pki.ExtKeyUsage({ keyPurposes: [...purposes] });
    certificate.extensions.push(
      new pki.Extension({
        extnID: '2.5.29.37',
        critical: true,
        extnValue: usage.toSchema().toBER(),
        parsedValue: usage,
      }),
    );
  }
  await certificate.sign(issuer?.key ?? keys.privateKey, 'SHA-256');
  const der = derOf(certificate);
  const pem = `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
  return { certificate: pki.Certificate.fromBER(der), pem, key: keys.privateKey };
}

const derOf = (certificate: pki.Certificate): Buffer => Buffer.from(certificate.toSchema(true).toBER());
