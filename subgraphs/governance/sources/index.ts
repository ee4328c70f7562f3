export { sources } from './module.js';
export { announceSourceFaults } from './announce-faults.js';
