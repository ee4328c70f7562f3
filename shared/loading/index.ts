export { loadFile } from './load/load-file.js';
export type { FileFormat, LoadMode, LoadOrder, LoadOutcome, LoadProgress } from './load/load-order.js';
export { LoadRefusal } from './load-rules.js';
