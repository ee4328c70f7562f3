export { inDivision, orderByDivision, parseOrder, startsWith } from './arguments.js';
export { buildSubgraph, buildSubgraphFromSdl, type ResolverMap } from './build-schema.js';
export { defineConnection, mapConnection, toConnection, type Connection } from './connection.js';
export type { SubgraphContext } from './context.js';
export { createSubgraph, listen, type RunningSubgraph } from './create-subgraph.js';
export { GraphQLDecimal } from './decimal.js';
export { defineEnum } from './define-enum.js';
export type { RootPermissions, TypeClass } from './definition.js';
export { PageArguments, requirePageSize } from './page-arguments.js';
export type { QueryLine } from './query-log.js';
export { identifiersWithheld } from './protected-rows.js';
export type { ProtectedSubjects } from './protected-subjects.js';
export { Reads, ReadsOf, SubjectColumn } from './reads.js';
export { sealList, type SealedList } from './sealed-list.js';
export { openContexts } from './shared-contexts.js';
export { ResolveReference } from './resolve-reference.js';
export type { Reference } from './stated-resolvers.js';
export { nameClass, toEntitySchema, type RowColumn, type RowColumnType, type RowEntity } from './row-entity.js';
export type { RowCondition } from './row-reader.js';
export type { PageRequest } from './row-request.js';
export { seedSubgraph, startSubgraph, type DatabaseSubgraph, type Seed, type StartOptions } from './start-subgraph.js';
export { Worded } from './worded.js';
export {
  openSubgraph,
  type ServingOptions,
  type StatisticsOptions,
  type SubgraphHandler,
  type SubgraphLogger,
  type SubgraphParts,
} from './subgraph-handler.js';
