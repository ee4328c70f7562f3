import { startSubgraph, type DatabaseSubgraph, type StartOptions } from '../../shared/subgraph/index.js';
import { Division } from './division/division.js';
import { Enterprise } from './enterprise/enterprise.js';
import { LivingAllowance } from './living-allowance/living-allowance.entity.js';
import { LivingAllowanceResolver } from './living-allowance/living-allowance.resolver.js';
import { MedicalInsurance } from './medical-insurance/medical-insurance.entity.js';
import { entities, migrations } from './mikro-orm.config.js';
import { PensionInsurance } from './pension-insurance/pension-insurance.entity.js';
import { PensionInsuranceResolver } from './pension-insurance/pension-insurance.resolver.js';
import { permissions } from './permissions.js';
import { Resident } from './resident/resident.js';
import { ResidentResolver } from './resident/resident.resolver.js';
import { seed } from './seed/insurances.js';

/** Insurances and benefits: a thematic library of three departments. */
export const subgraph: DatabaseSubgraph = {
  name: 'social-security',
  resolvers: [PensionInsuranceResolver, LivingAllowanceResolver, ResidentResolver],
  types: [PensionInsurance, MedicalInsurance, LivingAllowance, Resident, Enterprise, Division],
  entities,
  migrations,
  seed,
  permissions,
};

export const start = (options: StartOptions) => startSubgraph(subgraph, options);
