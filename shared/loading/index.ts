export { csvText } from './csv-text.js';
export { loadFile } from './load/load-file.js';
export type { FileFormat, LoadMode, LoadOrder, LoadOutcome, LoadProgress } from './load/load-order.js';
export { readWholeFile } from './files/read-whole-file.js';
export type { FileRow } from './file-row.js';
export { type FileRule, LoadRefusal } from './load-rules.js';
