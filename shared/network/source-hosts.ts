import { isIP } from 'node:net';
import { HubError } from '../kernel/index.js';
import { classOf, isWithin, plainAddress, readRange, type AddressRange } from './address-class.js';

interface Entry {
  /** Lower case; absent for a range. */
  readonly host?: string;
  readonly range?: AddressRange;
  /** Every port where absent. */
  readonly port?: number;
}
/** Reason for which a source may not be at an address. */
export interface HostProblem {
  readonly code: 'HOST_MALFORMED' | 'HOST_NOT_LISTED' | 'ADDRESS_INTERNAL';
  readonly message: string;
}

/** Hosts at which departments' sources may be, as the operator lists them. A name, or a range of public addresses, admits
 *  public addresses. An address that is not public (loopback, link-local, metadata, private) is admitted only by an entry
 *  that lies within its own class: 10.20.0.0/16 opens those, 0.0.0.0/0 opens no internal one. */
export class SourceHosts {
  private constructor(private readonly entries: readonly Entry[]) {}

  /** @param list  host, host:port, address, address:port, or range (10.20.0.0/16, 10.20.0.0/16:5432), comma separated; IPv6
   *                addresses before a port in brackets; empty for none
   *  @param setting  name of the operator's setting, for the message
   *  @throws HubError CONFIG_INVALID */
  static read(list: string, setting = 'SOURCE_HOSTS'): SourceHosts {
    const texts = list.split(',').map((entry) => entry.trim());
    return new SourceHosts(texts.filter((text) => text !== '').map((text) => readEntry(text, setting)));
  }

  /** Checks an address when a source is registered. Where a name leads is known only when it is connected to. */
  findProblem(host: string, port: number): HostProblem | undefined {
    if (isIP(host) !== 0) {
      if (this.allows(host, port, host)) return undefined;
      return classOf(plainAddress(host) ?? '').name === 'public' ? NOT_LISTED : INTERNAL;
    }
    const name = readName(host);
    if (name === undefined) return MALFORMED;
    return this.of(port).some((entry) => entry.range !== undefined || entry.host === name) ? undefined : NOT_LISTED;
  }

  /** True when a connection may be made.
   *  @param host     as it is registered
   *  @param address  to which it has been resolved */
  allows(host: string, port: number, address: string): boolean {
    const plain = plainAddress(address);
    if (plain === undefined) return false;
    const { name, range: own } = classOf(plain);
    if (name === 'reserved') return false;
    const entries = this.of(port);
    const ranges = entries.flatMap(({ range }) => (range?.contains(plain) ? [range] : []));
    if (own) return ranges.some((range) => isWithin(range, own));
    return ranges.length > 0 || entries.some((entry) => entry.host !== undefined && entry.host === readName(host));
  }

  private of(port: number): readonly Entry[] {
    return this.entries.filter((entry) => entry.port === undefined || entry.port === port);
  }
}

function readEntry(text: string, setting: string): Entry {
  const malformed = new HubError(
    'CONFIG_INVALID',
    `${setting}: "${text}" is no host. Write host, host:port, an address, or a range such as 10.20.0.0/16, separated by commas.`,
    { setting },
  );
  const whole = readRange(text);
  if (whole) return { range: whole };
  const [, place = '', digits] = /^(.*?)(?::(\d{1,5}))?$/.exec(text) ?? [];
  const port = digits === undefined ? undefined : Number(digits);
  if (port !== undefined && (port < 1 || port > 65_535)) throw malformed;
  const range = readRange(place.replace(/^\[([^\]]*)\]/, '$1'));
  const host = range ? undefined : readName(place);
  if (!range && host === undefined) throw malformed;
  return { ...(range ? { range } : { host: host! }), ...(port !== undefined && { port }) };
}

/** A host name in lower case, without the dot at its end. One that ends with a number is none: some programs read it as an
 *  address. @source RFC 1123, WHATWG URL (ends in a number) */
function readName(text: string): string | undefined {
  const name = text.toLowerCase().replace(/\.$/, '');
  const labels = name.split('.');
  const isName = labels.every((label) => /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/.test(label)) && name.length <= 253;
  return isName && !/^(\d+|0x[0-9a-f]*)$/.test(labels.at(-1)!) ? name : undefined;
}

const MALFORMED: HostProblem = {
  code: 'HOST_MALFORMED',
  message: '`host` is a host name or an IP address, without protocol, user or path.',
};
const NOT_LISTED: HostProblem = {
  code: 'HOST_NOT_LISTED',
  message:
    'The operator has not listed this host and port for sources (SOURCE_HOSTS). Ask to have it, or its range of addresses, listed.',
};
const INTERNAL: HostProblem = {
  code: 'ADDRESS_INTERNAL',
  message:
    'This address is not public, and the operator has not opened its range for sources (SOURCE_HOSTS). Ask to have the range listed.',
};
