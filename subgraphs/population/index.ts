import { startSubgraph, type DatabaseSubgraph, type StartOptions } from '../../shared/subgraph/index.js';
import { Division } from './division/division.js';
import { Household } from './household/household.entity.js';
import { HouseholdResolver } from './household/household.resolver.js';
import { entities, migrations } from './mikro-orm.config.js';
import { permissions } from './permissions.js';
import { Resident } from './resident/resident.entity.js';
import { ResidentResolver } from './resident/resident.resolver.js';
import { seed } from './seed/residents.js';

/** Residents and households, published by the public security department. */
export const subgraph: DatabaseSubgraph = {
  name: 'population',
  resolvers: [ResidentResolver, HouseholdResolver],
  types: [Resident, Household, Division],
  entities,
  migrations,
  seed,
  permissions,
};

export const start = (options: StartOptions) => startSubgraph(subgraph, options);
