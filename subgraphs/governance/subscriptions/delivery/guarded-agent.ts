import { lookup as resolve, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { Agent } from 'undici';

/** Internal addresses: this machine, the local link, clouds' metadata services, and forms of IPv6 that carry an IPv4
 *  address past such a list. */
const INTERNAL = new BlockList();
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['100.100.100.200', 32],
  ['192.0.0.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  INTERNAL.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['2002::', 16],
  ['fe80::', 10],
  ['ff00::', 8],
  ['fd00:ec2::254', 128],
] as const)
  INTERNAL.addSubnet(net, prefix, 'ipv6');

/** True for an address that no webhook may reach by way of a host name. Addresses of the government's own networks are
 *  none of them: a host on the operator's list may have any of those. */
export const isInternalAddress = (address: string): boolean =>
  isIP(address) === 0 || INTERNAL.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

export class AddressRefused extends Error {
  readonly code = 'ADDRESS_REFUSED';
}

/** Looks up a host name for a connection and passes on only addresses that were checked, so that DNS cannot answer
 *  differently in between. An address that the operator has listed as such is not looked up; `localhost` is allowed
 *  because it can be listed only by itself.
 *  @param resolver  replaces the system's resolver in tests */
export function guardedLookup(resolver: typeof resolve = resolve): LookupFunction {
  return (hostname, { family, hints, all }, done) => {
    resolver(hostname, { family: family === 4 || family === 6 ? family : 0, hints, all: true }, (error, found) => {
      if (error) return done(error, '', 0);
      const allowed = hostname === 'localhost' ? found : found.filter(({ address }) => !isInternalAddress(address));
      const [first] = allowed;
      if (!first) return done(new AddressRefused(`${hostname} stands for no address that may be reached`), '', 0);
      if (all) (done as (error: null, addresses: LookupAddress[]) => void)(null, allowed);
      else done(null, first.address, first.family);
    });
  };
}

/** HTTP client of webhooks.
 *  @param timeoutMs  longest time to connect, and longest silence afterwards */
export const guardedAgent = (timeoutMs: number): Agent =>
  new Agent({
    connect: { timeout: timeoutMs, lookup: guardedLookup() },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxHeaderSize: 16_384,
    pipelining: 1,
  });
