export { askAsHub, type AskSubgraph, type SubgraphAnswer, type SubgraphQuestion } from './ask-subgraph.js';
export { startTestSubgraph, type TestSubgraph, type TestSubgraphOptions } from './start-test-subgraph.js';
