export { findItemIdentities } from './find-item-identities.js';
export { endNamedPersons } from './end-named-persons.js';
export { grant } from './module.js';
export { MaskedItemInput } from './masked-item-input.js';
export { GrantStore } from './grant.store.js';
export { GrantModes, MaskedItem, ShareGrant } from './share-grant.entity.js';
export { findGrantStates, type GrantState } from './find-grant-states.js';
export { findPendingConsent } from './consent/find-pending-consent.js';
export { grantDeadlines } from './deadlines.js';
