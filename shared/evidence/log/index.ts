export { DurableMark, readDurableMark } from './durable-mark.js';
export {
  evidenceFolder,
  headsName,
  listSegments,
  listWriters,
  lockName,
  releaseName,
  segmentName,
  shippedName,
  type Segment,
} from './evidence-folder.js';
export { readLastLine } from './read-last-line.js';
export { readLines } from './read-lines.js';
export { readRelease, writeRelease } from './release.js';
export { readHead, signHead, type SignedHead } from './signed-head.js';
