export { Anchor, type AnchorStatus } from './anchor.js';
export { readTrustedRoots } from './read-trusted-roots.js';
