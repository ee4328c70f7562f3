import { hash, randomBytes } from 'node:crypto';
import { Integer, Null, OctetString } from 'asn1js';
import { AlgorithmIdentifier, MessageImprint, PKIStatus, TimeStampReq, TimeStampResp } from 'pkijs';
import { request } from 'undici';
import { checkTimeStamp, SHA256, TimeStampError, type TimeStamp } from './check-time-stamp.js';

export interface TimeStampRequest {
  /** Address of the authority. */
  readonly url: string;
  readonly text: string;
  /** Certificates that are trusted, PEM; the authority's own is taken on trust where there are none. */
  readonly roots?: readonly string[];
  /** Longest time for it all, milliseconds. */
  readonly timeout: number;
}

/** An answer is some kilobytes, most of them certificates. */
const MOST_BYTES = 256 * 1024;

/** Asks a time-stamp authority to witness a text, and checks what it answers before it is believed.
 *  @throws TimeStampError when it refuses, or its token is not good; the network's errors
 *  @source RFC 3161, 2.4 and 3.4 */
export async function requestTimeStamp({ url, text, roots, timeout }: TimeStampRequest): Promise<TimeStamp> {
  const nonce = randomBytes(8);
  // Positive, and without a leading zero byte, which DER would not allow.
  nonce[0] = (nonce[0]! & 0x3f) | 0x40;
  const asked = new TimeStampReq({
    version: 1,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithmId: SHA256, algorithmParams: new Null() }),
      hashedMessage: new OctetString({ valueHex: hash('sha256', text, 'buffer') }),
    }),
    nonce: new Integer({ valueHex: nonce }),
    certReq: true,
  });
  const { statusCode, body } = await request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
    body: Buffer.from(asked.toSchema().toBER()),
    signal: AbortSignal.timeout(timeout),
  });
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of body as AsyncIterable<Buffer>) {
    if ((size += part.length) > MOST_BYTES) throw new TimeStampError('its answer is too long');
    parts.push(part);
  }
  if (statusCode !== 200) throw new TimeStampError(`it answers with status ${statusCode}`);
  return checkTimeStamp({ token: tokenIn(Buffer.concat(parts)), text, roots, nonce });
}

function tokenIn(answer: Buffer): Buffer {
  let response: TimeStampResp;
  try {
    response = TimeStampResp.fromBER(answer);
  } catch {
    throw new TimeStampError('its answer is no time-stamp response');
  }
  const { status, timeStampToken } = response;
  if (![PKIStatus.granted, PKIStatus.grantedWithMods].includes(status.status) || !timeStampToken) {
    const why = status.statusStrings?.map((said) => said.valueBlock.value).join('; ');
    throw new TimeStampError(`it refuses with status ${status.status}${why ? `: ${why}` : ''}`);
  }
  return Buffer.from(timeStampToken.toSchema().toBER());
}
