/** The provider's kit as a department installs it: `npm install @sharehub/kit`. */
export * from '../../shared/subgraph/index.js';
export * from '../../shared/share/decorators.js';
export * from '../../shared/share/decorators-federation.js';
export { defineDirective, type ComposedDirective } from '../../shared/share/define-directive.js';
export { allow, and, chain, deny, not, or, race, rule, type ShieldRule } from '../../shared/share/shield.js';
export { HubError } from '../../shared/kernel/index.js';
export type { Migrations } from '../../shared/database/index.js';
export type { FetchContext } from '../../shared/trust/signed-context.js';
export { readSubgraphKey, type SharedKey, type SharedKeys } from '../../shared/trust/subgraph-keys.js';
