export { loading } from './module.js';
export { carryOutLoad, type LoadRoom } from './carry-out-load.js';
export { clearLoads } from './clear-loads.js';
