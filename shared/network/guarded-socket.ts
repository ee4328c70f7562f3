import type { lookup } from 'node:dns';
import { isIP, Socket } from 'node:net';
import { AddressRefused, guardedLookup } from './guarded-lookup.js';
import type { SourceHosts } from './source-hosts.js';

export interface HostAndPort {
  readonly host: string;
  readonly port: number;
}

/** A socket for a database driver that connects to one registered address, whatever the driver names, and only while the
 *  operator's list admits what the name stands for. */
export class GuardedSocket extends Socket {
  /** @param resolver  replaces the system's resolver in tests */
  constructor(
    private readonly hosts: SourceHosts,
    private readonly to: HostAndPort,
    private readonly resolver?: typeof lookup,
  ) {
    super();
  }

  override connect(): this {
    const { host, port } = this.to;
    if (isIP(host) !== 0 && !this.hosts.allows(host, port, host))
      return this.destroy(new AddressRefused('the address may not be reached'));
    return super.connect({
      host,
      port,
      lookup: guardedLookup((address) => this.hosts.allows(host, port, address), this.resolver),
    });
  }
}
