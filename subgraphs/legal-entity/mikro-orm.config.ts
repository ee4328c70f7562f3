import { Enterprise } from './enterprise/enterprise.entity.js';
import { Institution } from './institution/institution.entity.js';

export { migrations } from './migrations/index.js';
export const entities = [Enterprise, Institution];
