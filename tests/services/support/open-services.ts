import { SourceHosts } from '../../../shared/network/source-hosts.js';
import { ConnectedServices, type RegisteredService } from '../../../shared/services/connected-services.js';

/** Services of a hub that admits this machine.
 *  @param faults  takes what the department would read */
export const openServices = (faults: string[] = [], hosts = '127.0.0.0/8'): ConnectedServices =>
  new ConnectedServices({
    hosts: SourceHosts.read(hosts),
    timeZone: 'Asia/Shanghai',
    openCredential: async ({ id }) => (id.startsWith('S') ? 'geheim' : undefined),
    onFault: (_, fault) => void faults.push(fault ? fault.code : 'none'),
  });

/** A service in force; one with an id that begins with S has a credential. */
export const registered = (address: string, more: Partial<RegisteredService> = {}): RegisteredService => ({
  id: 'S1',
  department: 'education',
  name: 'edu-gate',
  address,
  tls: 'NONE',
  ...more,
});
