import { SourceHosts } from '../../../shared/network/source-hosts.js';
import { ConnectedServices } from '../../../shared/services/connected-services.js';
import { boundTo, type RegisteredSource } from '../../../shared/sources/registered-source.js';
import { encryptSecret, envelopeKeys } from '../../../shared/trust/secret-envelope.js';

const KEYS = envelopeKeys('a secret that only the tests know of.', 'source-credentials');

/** Services of a hub that admits this machine.
 *  @param faults  takes what the department would read */
export const openServices = (faults: string[] = []): ConnectedServices =>
  new ConnectedServices({
    hosts: SourceHosts.read('127.0.0.0/8'),
    timeZone: 'Asia/Shanghai',
    keys: KEYS,
    onState: (state) => void faults.push(state.faults.map(({ code }) => code).join() || 'none'),
  });

/** A service in force, with a credential. */
export async function registered(address: string, more: Partial<RegisteredSource> = {}): Promise<RegisteredSource> {
  const source: RegisteredSource = {
    ...{ id: 'S1', department: 'education', name: 'edu-gate', kind: 'REST', address, tls: 'NONE' },
    ...more,
  };
  return { credential: await encryptSecret('geheim', KEYS.public, boundTo(source)), ...source };
}
