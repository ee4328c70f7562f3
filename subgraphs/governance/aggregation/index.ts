export { aggregation } from './module.js';
export {
  findPendingExemption,
  findPendingRequest,
  interfaceDeadlines,
  interfaceDueDates,
} from './interface-deadlines.js';
