import type { Agent } from 'undici';
import { guardedClient } from '../network/guarded-client.js';
import type { SourceHosts } from '../network/source-hosts.js';
import { SourceFault } from '../sources/source-fault.js';

/** A service as it is registered. */
export interface ServiceAddress {
  /** Its address with the path below which it is called, as https://data.example.gov.cn/api */
  readonly address: string;
  /** NONE: in clear, for a network that nobody else is on. */
  readonly tls: 'VERIFIED' | 'NONE';
  /** PEM; trusted instead of the system's certificates. */
  readonly caCertificate?: string | undefined;
  readonly user?: string | undefined;
  /** In clear; it leaves this process in calls to the address alone, or to that for tokens where there is one. */
  readonly credential?: string | undefined;
  /** Gives access tokens for user and credential, which are a client's name and secret then. */
  readonly tokenAddress?: string | undefined;
  readonly tokenScope?: string | undefined;
}
export interface ServiceAnswer {
  readonly status: number;
  readonly text: string;
  readonly bytes: number;
}
interface SentRequest {
  readonly method: 'GET' | 'POST';
  /** Below the address, with its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly signal: AbortSignal;
  readonly mostBytes: number;
}

/** Requests to one registered address and what is below it, and nowhere else; no redirect is followed. */
export class ServiceOrigin {
  private readonly agent: Agent;
  private readonly origin: string;
  private readonly base: string;

  /** @throws SourceFault ADDRESS_REFUSED, TLS_FAILED */
  constructor(
    { address, tls, caCertificate }: Pick<ServiceAddress, 'address' | 'tls' | 'caCertificate'>,
    hosts: SourceHosts,
    { timeoutMs, connections }: { readonly timeoutMs: number; readonly connections: number },
  ) {
    if (!URL.canParse(address)) throw new SourceFault('ADDRESS_REFUSED');
    const { origin, protocol, hostname, port, pathname, username, search } = new URL(address);
    if ((protocol !== 'https:' && protocol !== 'http:') || username !== '' || search !== '')
      throw new SourceFault('ADDRESS_REFUSED');
    if (tls === 'VERIFIED' && protocol !== 'https:') throw new SourceFault('TLS_FAILED');
    const host = hostname.replace(/^\[|\]$/g, '');
    if (hosts.findProblem(host, Number(port || (protocol === 'https:' ? 443 : 80))))
      throw new SourceFault('ADDRESS_REFUSED');
    this.origin = origin;
    this.base = pathname.replace(/\/$/, '');
    this.agent = guardedClient(hosts, origin, { timeoutMs, caCertificate, connections });
  }

  /** @throws SourceFault REDIRECTED, ANSWER_TOO_LARGE, ANSWER_UNREADABLE; or the client's error */
  async send({ path, mostBytes, headers, body, method, signal }: SentRequest): Promise<ServiceAnswer> {
    const answer = await this.agent.request({
      origin: this.origin,
      path: `${this.base}${path}` || '/',
      method,
      signal,
      headers: { 'accept-encoding': 'identity', ...headers },
      ...(body !== undefined && { body }),
    });
    const bytes = await readBody(answer.body, mostBytes);
    const { statusCode: status } = answer;
    if (status >= 300 && status < 400) throw new SourceFault('REDIRECTED', String(status));
    return { status, text: decode(bytes, answer.headers), bytes: bytes.length };
  }

  /** Ends the connections; what is asked at the moment fails. */
  close(): Promise<void> {
    return this.agent.destroy().catch(() => undefined);
  }
}

/** @throws SourceFault ANSWER_TOO_LARGE as soon as it is known; the rest is not read */
async function readBody(body: AsyncIterable<Buffer> & { destroy(): unknown }, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > most) {
      body.destroy();
      throw new SourceFault('ANSWER_TOO_LARGE', `${Math.round(most / 1_000_000)} MB`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

/** Character sets that services answer in: GBK and GB2312 are read as what they are part of. */
const CHARSETS: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  gbk: 'gb18030',
  gb2312: 'gb18030',
  gb18030: 'gb18030',
};

/** @throws SourceFault ANSWER_UNREADABLE */
function decode(bytes: Buffer, headers: Readonly<Record<string, string | string[] | undefined>>): string {
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = headers;
  const [, named = 'utf-8'] = /charset\s*=\s*"?([\w-]+)/i.exec(String(type)) ?? [];
  const charset = Object.hasOwn(CHARSETS, named.toLowerCase()) ? CHARSETS[named.toLowerCase()] : undefined;
  if (charset === undefined || encoding !== 'identity') throw new SourceFault('ANSWER_UNREADABLE');
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch (error) {
    throw new SourceFault('ANSWER_UNREADABLE', undefined, error);
  }
}
