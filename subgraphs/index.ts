/** The subgraphs of this package, loaded when they are needed: name → module. */
export const SUBGRAPHS = {
  geography: () => import('./geography/index.js'),
  population: () => import('./population/index.js'),
  'legal-entity': () => import('./legal-entity/index.js'),
  licence: () => import('./licence/index.js'),
  'social-security': () => import('./social-security/index.js'),
  governance: () => import('./governance/index.js'),
} as const;

export type SubgraphName = keyof typeof SUBGRAPHS;
export const SUBGRAPH_NAMES = Object.keys(SUBGRAPHS) as readonly SubgraphName[];
