export { catalogue } from './module.js';
export { dataTypeOf } from './checks/vocabulary.rule.js';
export { publishOwn } from './publish/publish-own.js';
export { type StatedItem, type StatedResource, statedCatalogue } from './publish/sdl-catalogue.js';
export { CatalogueTask } from './review/catalogue-task.entity.js';
export { type Review, type ReviewStep, waitingStep } from './review/review.rule.js';
export { openTask } from './review/tasks.js';
export { gramVectorOf, vectorOf } from './search/words.js';
