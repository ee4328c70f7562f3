export { buildDeclaredGraph, type DeclaredGraph } from './build-declared-graph.js';
