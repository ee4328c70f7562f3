import { lookup as resolve, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { Agent } from 'undici';

/** Addresses behind which machines have something for themselves alone: this machine, the link, clouds' metadata, and
 *  forms of IPv6 that carry an IPv4 address past a list. */
const INNER = new BlockList();
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['100.100.100.200', 32],
  ['192.0.0.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  INNER.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['2002::', 16],
  ['fe80::', 10],
  ['ff00::', 8],
  ['fd00:ec2::254', 128],
] as const)
  INNER.addSubnet(net, prefix, 'ipv6');

/** Whether no webhook may reach an address by way of a name. A name of the operator's list may stand for any address of
 *  the government's own networks. */
export const isInner = (address: string): boolean =>
  isIP(address) === 0 || INNER.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

export class AddressRefused extends Error {
  readonly code = 'ADDRESS_REFUSED';
}

/** Connects to the very addresses that were checked, so that a name cannot be given another one in between. An address
 *  that the operator has listed as such needs no name and is not looked up; `localhost` is listed only by itself.
 *  @param resolver  stands in for the system's */
export function guardedLookup(resolver: typeof resolve = resolve): LookupFunction {
  return (hostname, { family, hints, all }, done) => {
    resolver(hostname, { family: family === 4 || family === 6 ? family : 0, hints, all: true }, (error, found) => {
      if (error) return done(error, '', 0);
      const allowed = hostname === 'localhost' ? found : found.filter(({ address }) => !isInner(address));
      const [first] = allowed;
      if (!first) return done(new AddressRefused(`${hostname} stands for no address that may be reached`), '', 0);
      if (all) (done as (error: null, addresses: LookupAddress[]) => void)(null, allowed);
      else done(null, first.address, first.family);
    });
  };
}

/** What webhooks are sent with.
 *  @param timeoutMs  longest time until a connection stands, or nothing is heard */
export const guardedAgent = (timeoutMs: number): Agent =>
  new Agent({
    connect: { timeout: timeoutMs, lookup: guardedLookup() },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxHeaderSize: 16_384,
    pipelining: 1,
  });
