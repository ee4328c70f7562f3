import { isIP } from 'node:net';
import { Agent, buildConnector } from 'undici';
import { AddressRefused, guardedLookup } from './guarded-lookup.js';
import type { SourceHosts } from './source-hosts.js';

export interface GuardedClientOptions {
  /** Longest time to connect, and longest silence afterwards, milliseconds. */
  readonly timeoutMs: number;
  /** Certificates that are trusted instead of the system's, PEM. */
  readonly caCertificate?: string | undefined;
  /** Most connections. */
  readonly connections?: number;
}

/** HTTP client of one source, for `request` of undici, which follows no redirect. It connects to the registered origin and
 *  to no other, and only while the operator's list admits what its name stands for.
 *  @param origin  https://host:port of the source, or http:// */
export function guardedClient(
  hosts: SourceHosts,
  origin: string,
  { timeoutMs, caCertificate, connections = 4 }: GuardedClientOptions,
): Agent {
  const { hostname, port: stated, protocol } = new URL(origin);
  const host = hostname.replace(/^\[|\]$/g, '');
  const port = Number(stated || (protocol === 'https:' ? 443 : 80));
  const allows = (address: string) => hosts.allows(host, port, address);
  const connect = buildConnector({
    timeout: timeoutMs,
    lookup: guardedLookup(allows),
    ...(caCertificate !== undefined && { ca: caCertificate }),
  });
  return new Agent({
    connections,
    pipelining: 1,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxHeaderSize: 16_384,
    connect: (options, done) => {
      const isOwn =
        options.protocol === protocol &&
        options.hostname === hostname &&
        Number(options.port || (protocol === 'https:' ? 443 : 80)) === port;
      if (!isOwn || (isIP(host) !== 0 && !allows(host)))
        return done(new AddressRefused('the address may not be reached'), null);
      connect(options, done);
    },
  });
}
