export { grant } from './module.js';
export { MaskedItemInput } from './grant-input.js';
export { GrantStore } from './grant.store.js';
export { identitiesOf } from './identities-of.js';
export { GrantModes, MaskedItem, ShareGrant } from './share-grant.entity.js';
