/** The door of the supergraph room for whatever composes or reads a graph outside a running gateway. */
export { buildConsumerSchema } from './build-consumer-schema.js';
export { composeGraph, type ComposedGraph } from './compose-graph.js';
export type { CompositionProblem } from './repairs/repair.js';
export { Composer } from './composer/composer.js';
export { lintCatalogue } from './lint-catalogue.js';
export { moveSubgraphs, readSupergraphConfig } from './config.js';
export { sdlOverHttp } from './fetch-sdl.js';
export { loadSubgraphs, type FetchSdl, type LoadedSubgraph } from './load-subgraphs.js';
export { readShareRules } from './share-rules.js';
export { readProblems } from './read-problems.js';
export { NOT_COMPARABLE, type CheckedVersion, type PublishedGraph } from './version-checks.js';
