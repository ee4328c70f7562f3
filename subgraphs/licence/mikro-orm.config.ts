import { Certificate } from './certificate/certificate.entity.js';

export { migrations } from './migrations/index.js';
export const entities = [Certificate];
