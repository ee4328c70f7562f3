import { startPlanner } from '../../../gateway/plan/start-planner.js';

// A hub with a planner and nothing else, to be killed by a test.
const planner = startPlanner();
await planner.loadGraph(process.argv[2]!);
process.send!(planner.pid);
setInterval(() => undefined, 1_000);
