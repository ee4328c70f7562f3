export { verifyDatabase, type VerifiedDatabase } from './database/verify-database.js';
export type { Finding } from './finding.js';
export { verifyEvidence, type Progress, type Verified, type VerifyOptions } from './verify-evidence.js';
