export * from './caller.js';
export * from './coordinate.js';
export * from './grant.js';
export * from './hub-error.js';
export * from './share-type.js';
