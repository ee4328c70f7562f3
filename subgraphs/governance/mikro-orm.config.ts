import { catalogue } from './catalogue/catalogue-parts.js';
import { applications } from './application/applications.js';
import { Department } from './department/department.entity.js';
import { ShareGrant } from './grant/share-grant.entity.js';
import { Officer } from './officer/officer.entity.js';
import { people } from './people.js';
import { Scenario } from './scenario/scenario.entity.js';
import { UseSeal } from './seal/use-seal.entity.js';
import { RegisteredSystem } from './system/registered-system.entity.js';

export { migrations } from './migrations/index.js';
export const entities = [
  Department,
  RegisteredSystem,
  Officer,
  Scenario,
  ShareGrant,
  UseSeal,
  ...people.entities,
  ...catalogue.entities,
  ...applications.entities,
];
