export * from './caller.js';
export * from './coordinate.js';
export * from './freshness.js';
export * from './grant.js';
export * from './hub-error.js';
export * from './hub-systems.js';
export * from './sentence.js';
export * from './share-type.js';
