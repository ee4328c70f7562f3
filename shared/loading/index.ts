export { loadFile } from './load/load-file.js';
export type { FileFormat, LoadMode, LoadOptions, LoadOrder, LoadOutcome, LoadProgress } from './load/load-order.js';
export { FILE_RULES, LoadRefusal, type FileRule } from './load-rules.js';
