import { startSubgraph, type DatabaseSubgraph, type StartOptions } from '../../shared/subgraph/index.js';
import { Division } from './division/division.js';
import { Enterprise } from './enterprise/enterprise.entity.js';
import { EnterpriseResolver } from './enterprise/enterprise.resolver.js';
import { Institution } from './institution/institution.entity.js';
import { entities, migrations } from './mikro-orm.config.js';
import { OrganisationResolver } from './organisation/organisation.resolver.js';
import { permissions } from './permissions.js';
import { Resident } from './resident/resident.js';
import { ResidentResolver } from './resident/resident.resolver.js';
import { seed } from './seed/organisations.js';

/** Enterprises and public institutions. */
export const subgraph: DatabaseSubgraph = {
  name: 'legal-entity',
  resolvers: [EnterpriseResolver, OrganisationResolver, ResidentResolver],
  types: [Enterprise, Institution, Resident, Division],
  entities,
  migrations,
  seed,
  permissions,
};

export const start = (options: StartOptions) => startSubgraph(subgraph, options);
