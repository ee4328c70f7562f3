export { buildDeclaredGraph } from './build-declared-graph.js';
