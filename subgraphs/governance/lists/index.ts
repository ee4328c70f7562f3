export { lists } from './module.js';
export { importList } from './import-list.js';
export { type ListKind } from './list-kind.rule.js';
