import { lookup as resolve, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';

export class AddressRefused extends Error {
  readonly code = 'ADDRESS_REFUSED';
}

/** Looks up a host name for a connection and passes on only addresses that were checked, so that DNS cannot answer
 *  differently in between. An address that is given as such is not looked up: check it before.
 *  @param allows    decides on each address of the name
 *  @param resolver  replaces the system's resolver in tests */
export const guardedLookup =
  (allows: (address: string, hostname: string) => boolean, resolver: typeof resolve = resolve): LookupFunction =>
  (hostname, { family, hints, all }, done) => {
    resolver(hostname, { family: family === 4 || family === 6 ? family : 0, hints, all: true }, (error, found) => {
      if (error) return done(error, '', 0);
      const allowed = found.filter(({ address }) => allows(address, hostname));
      const [first] = allowed;
      if (!first) return done(new AddressRefused(`${hostname} stands for no address that may be reached`), '', 0);
      if (all) (done as (error: null, addresses: LookupAddress[]) => void)(null, allowed);
      else done(null, first.address, first.family);
    });
  };
