import { BlockList, isIP } from 'node:net';

/** A range of addresses, such as 10.0.0.0/8. */
export interface AddressRange {
  readonly address: string;
  readonly prefix: number;
  readonly family: 'ipv4' | 'ipv6';
  /** An address of the other family is in no range. */
  contains(address: string): boolean;
}
export type AddressClass = 'public' | 'private' | 'loopback' | 'link-local' | 'metadata' | 'reserved';

/** @returns undefined for a text that is no address or range of addresses */
export function readRange(text: string): AddressRange | undefined {
  const [, host = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const address = plainAddress(host);
  if (address === undefined) return undefined;
  const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
  const longest = family === 'ipv4' ? 32 : 128;
  const prefix = bits === undefined ? longest : Number(bits);
  if (prefix > longest || (bits !== undefined && address !== host.toLowerCase() && family === 'ipv4')) return undefined;
  const list = new BlockList();
  list.addSubnet(address, prefix, family);
  return {
    address,
    prefix,
    family,
    contains: (other) => (isIP(other) === 4 ? 'ipv4' : 'ipv6') === family && list.check(other, family),
  };
}

/** An address in its one form: an IPv4 address that is written as an IPv6 one (::ffff:10.0.0.1) is the IPv4 address.
 *  @returns undefined for a text that is none, or that names a network interface */
export function plainAddress(text: string): string | undefined {
  if (isIP(text) === 4) return text;
  if (isIP(text) !== 6 || text.includes('%')) return undefined;
  const short = new URL(`http://[${text}]`).hostname.slice(1, -1);
  const [, high, low] = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/.exec(short) ?? [];
  if (high === undefined || low === undefined) return short;
  const [first, second] = [parseInt(high, 16), parseInt(low, 16)];
  return [first >> 8, first & 255, second >> 8, second & 255].join('.');
}

/** Ranges that are not public, the narrower before the wider.
 *  @source RFC 6890; the documentation of the clouds for their metadata services */
const CLASSES: readonly (readonly [AddressClass, AddressRange])[] = Object.entries({
  metadata: '169.254.169.254 169.254.170.2 100.100.100.200 168.63.129.16 192.0.0.192 fd00:ec2::254',
  loopback: '127.0.0.0/8 ::1',
  'link-local': '169.254.0.0/16 fe80::/10',
  private: '10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 100.64.0.0/10 fc00::/7 fec0::/10',
  // No host has one of these, or they carry an IPv4 address past such a list (NAT64, 6to4, Teredo, ::a.b.c.d).
  reserved:
    '0.0.0.0/8 192.0.0.0/24 224.0.0.0/4 240.0.0.0/4 ff00::/8 64:ff9b::/96 64:ff9b:1::/48 2002::/16 2001::/32 ::/96',
}).flatMap(([name, ranges]) => ranges.split(' ').map((range) => [name as AddressClass, readRange(range)!] as const));

/** The class of an address, and the range that gives it its class.
 *  @param address  as `plainAddress` returns it; whatever else is reserved */
export function classOf(address: string): { readonly name: AddressClass; readonly range?: AddressRange } {
  if (isIP(address) === 0) return { name: 'reserved' };
  const found = CLASSES.find(([, range]) => range.contains(address));
  return found ? { name: found[0], range: found[1] } : { name: 'public' };
}

/** True when every address of the range is in the other. */
export const isWithin = (range: AddressRange, other: AddressRange): boolean =>
  range.prefix >= other.prefix && other.contains(range.address);
