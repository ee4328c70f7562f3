import type { AccessRecord } from './access-record.js';
import type { GovernanceAct } from './governance-act.js';
import type { GraphRecord } from './graph-record.js';

/** Everything that is kept as evidence, told apart by `kind`. The union is closed: what is not listed here cannot be
 *  written, and whoever reads must know every kind.
 *  @source QZ-8.2e, YN-34a, YN-40a */
export type EvidenceEvent = AccessRecord | GraphRecord | GovernanceAct;
