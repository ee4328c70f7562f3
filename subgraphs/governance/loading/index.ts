export { loading } from './module.js';
export { carryOutLoad, type LoadRoom } from './carry-out-load.js';
export { takeDrops, type DropRoom } from './drop/take-drops.js';
export { clearLoads } from './clear-loads.js';
