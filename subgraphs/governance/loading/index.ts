export { loading } from './module.js';
export { carryOutLoad, type LoadRoom } from './carry-out-load.js';
export { takeDrops, type DropRoom } from './drop/take-drops.js';
export { clearLoads } from './clear-loads.js';
export { carryOutPull, type PullRoom } from './pull/carry-out-pull.js';
export { planPulls, pullsOf, type PlannedPull } from './pull/plan-pulls.js';
export { announcePull, settlePulls } from './pull/settle-pulls.js';
export { findLastLoads, type LastLoad } from './find-last-loads.js';
