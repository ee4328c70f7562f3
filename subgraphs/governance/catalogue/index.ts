export { catalogue } from './module.js';
export { toDataType } from './checks/vocabulary.rule.js';
export { ItemShareType } from './entry/catalogue-enums.js';
export { closeTask, openTask } from './maintenance/catalogue-task.store.js';
export { publishOwnItems } from './publish/publish-own-items.js';
export { findPublishedItems, findPublishedItemSources } from './publish/published-item.store.js';
export { type SdlItem, type SdlResource, readSdlCatalogue } from './publish/sdl-catalogue.js';
export { buildPairVector, buildSearchVector } from './search/search-words.js';
export { type EntryReview, type EntryReviewStep, findWaitingStep } from './review/entry-review.rule.js';
