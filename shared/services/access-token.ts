import { z } from 'zod';
import { SourceFault, toSourceFault } from '../sources/source-fault.js';
import { ServiceOrigin, type ServiceAddress } from './service-origin.js';
import type { SourceHosts } from '../network/source-hosts.js';

/** Longest answer of a token endpoint, bytes. */
const MOST_BYTES = 65_536;
/** A token is asked for anew so long before its end, or a tenth of its time, ms. */
const BEFORE_END_MS = 30_000;
/** Time for which a token is kept whose answer names none, ms. */
const UNSTATED_MS = 300_000;
const GRANT = z.object({
  access_token: z.string().regex(/^[\x21-\x7e]{1,8000}$/),
  token_type: z.string().regex(/^bearer$/i),
  expires_in: z.coerce.number().positive().max(31_536_000).optional(),
});

/** The access token of one service, by the client credentials that are registered for it. It is kept until shortly before
 *  its end; callers that need one at the same time wait for the same answer.
 *  @source RFC 6749 section 4.4 */
export class AccessToken {
  private readonly endpoint: ServiceOrigin;
  private current: { readonly token: string; readonly until: number } | undefined;
  private asking: Promise<string> | undefined;
  /** How the endpoint takes the client's name and secret, once that is known. */
  private way: 'header' | 'body' = 'header';

  /** @throws SourceFault ADDRESS_REFUSED, TLS_FAILED */
  constructor(
    private readonly service: ServiceAddress & { readonly tokenAddress: string },
    hosts: SourceHosts,
    private readonly timeoutMs: number,
    private readonly now: () => number = Date.now,
  ) {
    this.endpoint = new ServiceOrigin({ ...service, address: service.tokenAddress }, hosts, {
      timeoutMs,
      connections: 1,
    });
  }

  /** @throws SourceFault TOKEN_REFUSED, TOKEN_UNREADABLE, or that of a call */
  async get(signal: AbortSignal): Promise<string> {
    if (this.current && this.now() < this.current.until) return this.current.token;
    // Others may wait for it too, so it does not end with this caller.
    const asking = (this.asking ??= this.ask().finally(() => (this.asking = undefined)));
    const ended = Promise.withResolvers<never>();
    const end = () => ended.reject(signal.reason);
    signal.addEventListener('abort', end, { once: true });
    try {
      signal.throwIfAborted();
      return await Promise.race([asking, ended.promise]);
    } finally {
      signal.removeEventListener('abort', end);
      // Its fault is told to those that still wait.
      asking.catch(() => undefined);
    }
  }

  /** Drops a token that the service refused; one that came meanwhile stays. */
  forget(token: string): void {
    if (this.current?.token === token) this.current = undefined;
  }

  close(): Promise<void> {
    return this.endpoint.close();
  }

  private async ask(): Promise<string> {
    let answer = await this.send(this.way);
    // Servers must take the header, and some take nothing but the body. @source RFC 6749 section 2.3.1
    if (isRefusal(answer.status) && this.way === 'header') {
      const other = await this.send('body');
      if (other.status === 200) this.way = 'body';
      answer = other;
    }
    const { status, text } = answer;
    if (isRefusal(status)) throw new SourceFault('TOKEN_REFUSED', String(status));
    if (status !== 200) throw new SourceFault('STATUS_REFUSED', String(status));
    const grant = readGrant(text);
    const lifeMs = grant.expires_in === undefined ? UNSTATED_MS : grant.expires_in * 1000;
    this.current = {
      token: grant.access_token,
      until: this.now() + lifeMs - Math.min(BEFORE_END_MS, lifeMs / 10),
    };
    return grant.access_token;
  }

  private async send(way: 'header' | 'body') {
    const { user = '', credential = '', tokenScope } = this.service;
    const form = new URLSearchParams({ grant_type: 'client_credentials' });
    if (tokenScope !== undefined) form.set('scope', tokenScope);
    if (way === 'body') {
      form.set('client_id', user);
      form.set('client_secret', credential);
    }
    const pair = `${encode(user)}:${encode(credential)}`;
    const signal = AbortSignal.timeout(this.timeoutMs);
    try {
      return await this.endpoint.send({
        method: 'POST',
        path: '',
        headers: {
          accept: 'application/json',
          'content-type': 'application/x-www-form-urlencoded',
          ...(way === 'header' && { authorization: `Basic ${Buffer.from(pair).toString('base64')}` }),
        },
        body: form.toString(),
        signal,
        mostBytes: MOST_BYTES,
      });
    } catch (error) {
      throw signal.aborted ? new SourceFault('TIMED_OUT', undefined, error) : toSourceFault(error);
    }
  }
}

/** 400 is `invalid_client` or `invalid_scope` too. */
const isRefusal = (status: number): boolean => status === 400 || status === 401 || status === 403;

const encode = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1);

function readGrant(text: string): z.output<typeof GRANT> {
  try {
    return GRANT.parse(JSON.parse(text));
  } catch {
    throw new SourceFault('TOKEN_UNREADABLE');
  }
}
