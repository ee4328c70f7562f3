import { startSubgraph, type DatabaseSubgraph, type StartOptions } from '../../shared/subgraph/index.js';
import { Certificate } from './certificate/certificate.entity.js';
import { CertificateResolver } from './certificate/certificate.resolver.js';
import { Division } from './division/division.js';
import { Enterprise, Institution, Resident } from './holder/holder.js';
import { EnterpriseResolver, ResidentResolver } from './holder/holder.resolver.js';
import { entities, migrations } from './mikro-orm.config.js';
import { permissions } from './permissions.js';
import { seed } from './seed/certificates.js';

/** Electronic certificates of persons and organisations. */
export const subgraph: DatabaseSubgraph = {
  name: 'licence',
  resolvers: [CertificateResolver, ResidentResolver, EnterpriseResolver],
  types: [Certificate, Resident, Enterprise, Institution, Division],
  entities,
  migrations,
  seed,
  permissions,
};

export const start = (options: StartOptions) => startSubgraph(subgraph, options);
