/** Starts a provider's subgraph in its own tests: `@sharehub/kit/testing`. */
export * from '../../shared/subgraph/testing/index.js';
