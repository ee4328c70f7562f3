import { Household } from './household/household.entity.js';
import { Resident } from './resident/resident.entity.js';

export { migrations } from './migrations/index.js';
export const entities = [Resident, Household];
