import type { AccessRecord } from './access-record.js';

/** Everything that is kept as evidence, told apart by `kind`. The union is closed: what is not listed here cannot be
 *  written, and whoever reads must know every kind. Acts of governance (who decided what, under which clause) join it
 *  as a kind of their own.
 *  @source QZ-8.2e, YN-34a, YN-40a */
export type EvidenceEvent = AccessRecord;
