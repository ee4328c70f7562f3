import { SourceHosts, type HostProblem } from './source-hosts.js';

/** Addresses of robots that the operator admits, by the rules for departments' sources: loopback, private and metadata
 *  addresses only by an entry within their own class. Plain http only where an entry says `http://`. */
export class MessageHosts {
  private constructor(
    /** Hosts, for the check at each connection. */
    readonly hosts: SourceHosts,
    private readonly plain: ReadonlySet<string>,
  ) {}

  /** @param list  as for `SourceHosts`, an entry with `http://` before it where TLS is not needed; empty for none
   *  @throws HubError CONFIG_INVALID */
  static read(list: string): MessageHosts {
    const entries = list.split(',').map((entry) => entry.trim());
    const plain = entries.filter((entry) => entry.startsWith(HTTP)).map((entry) => entry.slice(HTTP.length));
    const bare = entries.map((entry) => (entry.startsWith(HTTP) ? entry.slice(HTTP.length) : entry));
    return new MessageHosts(SourceHosts.read(bare.join(','), 'MESSAGE_HOSTS'), new Set(plain));
  }

  findProblem(url: URL): HostProblem['code'] | 'TLS_MISSING' | undefined {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
    const problem = this.hosts.findProblem(host, port)?.code;
    if (problem || url.protocol === 'https:') return problem;
    return this.plain.has(url.host) || this.plain.has(`${url.hostname}:${port}`) ? undefined : 'TLS_MISSING';
  }
}

const HTTP = 'http://';
