import { startSubgraph, type DatabaseSubgraph, type StartOptions } from '../../shared/subgraph/index.js';
import { Division } from './division/division.entity.js';
import { DivisionResolver } from './division/division.resolver.js';
import { entities, migrations } from './mikro-orm.config.js';
import { Parcel } from './parcel/parcel.entity.js';
import { ParcelResolver } from './parcel/parcel.resolver.js';
import { permissions } from './permissions.js';
import { Place } from './place/place.entity.js';
import { PlaceResolver } from './place/place.resolver.js';
import { seed } from './seed/geography.js';

/** Administrative divisions, parcels and places: natural resources and spatial information. */
export const subgraph: DatabaseSubgraph = {
  name: 'geography',
  resolvers: [DivisionResolver, ParcelResolver, PlaceResolver],
  types: [Division, Parcel, Place],
  entities,
  migrations,
  seed,
  permissions,
};

export const start = (options: StartOptions) => startSubgraph(subgraph, options);
