import type { ServiceAccess } from '../declaration/service-schema.js';
import type { SourceHosts } from '../network/source-hosts.js';
import { SourceFault, toSourceFault } from '../sources/source-fault.js';
import { AccessToken } from './access-token.js';
import { ServiceOrigin, type ServiceAddress, type ServiceAnswer } from './service-origin.js';

export interface ServiceRequest {
  readonly method: 'GET' | 'POST';
  /** Below the address; it begins with a slash, and everything in it is encoded. */
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  readonly body?: string | undefined;
  /** Of the content. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}
type CallAccess = Pick<ServiceAccess, 'headers' | 'credential'>;
export interface CallLimits {
  /** Ends the call. */
  readonly signal: AbortSignal;
  readonly mostBytes: number;
}

/** Calls to one service, below its registered address and nowhere else. */
export class ServiceClient {
  private readonly origin: ServiceOrigin;
  private readonly token: AccessToken | undefined;

  /** @throws SourceFault ADDRESS_REFUSED, TLS_FAILED */
  constructor(
    private readonly service: ServiceAddress,
    hosts: SourceHosts,
    { timeoutMs = 20_000, connections = 8 }: { readonly timeoutMs?: number; readonly connections?: number } = {},
  ) {
    const { tokenAddress } = service;
    this.origin = new ServiceOrigin(service, hosts, { timeoutMs, connections });
    this.token =
      tokenAddress === undefined ? undefined : new AccessToken({ ...service, tokenAddress }, hosts, timeoutMs);
  }

  /** Makes one call. Where the service refuses its access token, another one is asked for, once.
   *  @throws SourceFault, or the signal's reason when it is aborted */
  async call(request: ServiceRequest, access: CallAccess, limits: CallLimits): Promise<ServiceAnswer> {
    try {
      const { token } = this;
      const sent = await token?.get(limits.signal);
      let answer = await this.send(request, access, limits, sent);
      if (token && sent !== undefined && answer.status === 401) {
        token.forget(sent);
        answer = await this.send(request, access, limits, await token.get(limits.signal));
      }
      const { status } = answer;
      if (status === 401 || status === 403) throw new SourceFault('SIGN_IN_REFUSED', String(status));
      return answer;
    } catch (error) {
      if (limits.signal.aborted && !(error instanceof SourceFault)) throw limits.signal.reason;
      throw toSourceFault(error);
    }
  }

  /** Ends the connections; what is asked at the moment fails. */
  async close(): Promise<void> {
    await Promise.all([this.origin.close(), this.token?.close()]);
  }

  private send(
    { method, path, query, body, headers: own }: ServiceRequest,
    { headers = {}, credential }: CallAccess,
    { signal, mostBytes }: CallLimits,
    token: string | undefined,
  ): Promise<ServiceAnswer> {
    const secret = this.secretOf(credential, token);
    const parameters = new URLSearchParams();
    for (const [name, value] of [...query, ...secret.query]) parameters.append(name, value);
    const text = parameters.toString();
    return this.origin.send({
      method,
      path: `${path}${text === '' ? '' : `?${text}`}`,
      headers: { accept: 'application/json', ...headers, ...own, ...secret.headers },
      body,
      signal,
      mostBytes,
    });
  }

  /** @param token  access token, which is sent in place of the credential */
  private secretOf(
    way: ServiceAccess['credential'],
    token: string | undefined,
  ): {
    readonly headers: Readonly<Record<string, string>>;
    readonly query: readonly (readonly [string, string])[];
  } {
    const { user, credential = undefined } =
      token === undefined ? this.service : { user: undefined, credential: token };
    if (credential === undefined) return { headers: {}, query: [] };
    if (typeof way === 'object')
      return 'header' in way
        ? { headers: { [way.header]: credential }, query: [] }
        : { headers: {}, query: [[way.query, credential]] };
    const isBasic = token === undefined && (way === 'basic' || (way === undefined && user !== undefined));
    const words = isBasic
      ? `Basic ${Buffer.from(`${user ?? ''}:${credential}`).toString('base64')}`
      : `Bearer ${credential}`;
    return { headers: { authorization: words }, query: [] };
  }
}
