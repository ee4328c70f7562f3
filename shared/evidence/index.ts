export type { AccessRecord, DisputedUse, Outcome, UsedConsent } from './access-record.js';
export type { EvidenceEvent } from './evidence-event.js';
export { AUDIT_ACTIONS, type AuditAction, type GovernanceAct } from './governance-act.js';
export { VARIANT_PREFIX, type GraphItems, type GraphRecord } from './graph-record.js';
export {
  hashOf,
  isWhole,
  lineStart,
  readChainPosition,
  readRecord,
  writeLine,
  type ChainPosition,
  type StoredRecord,
} from './record-line.js';
export { visibleUse, type ItemPart, type ItemUse } from './visible-use.js';
