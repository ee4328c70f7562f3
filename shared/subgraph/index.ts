export { inDivision, sortedBy, startsWith } from './arguments.js';
export { buildSubgraph } from './build-schema.js';
export type { SubgraphContext } from './context.js';
export { createSubgraph, type RunningSubgraph, type SubgraphLogger, type SubgraphOptions } from './create-subgraph.js';
export type { RootPermissions, SubgraphDefinition } from './definition.js';
export type { QueryLine } from './query-log.js';
export { Reads, ReadsOf } from './reads.js';
export type { Page, PageRequest } from './row-reader.js';
export { seedSubgraph, startSubgraph, type DatabaseSubgraph, type Seed, type StartOptions } from './start-subgraph.js';
