// Decorated classes are loaded by whoever enters a room, also by the worker, which loads no schema.
import 'reflect-metadata';
export { anyOf } from './any-of.js';
export type {
  Deadline,
  DeadlineContext,
  DeadlineKind,
  DeadlineSource,
  DeadlineStage,
  DueDateSource,
  PendingDepartment,
  ProvisionalDueDate,
} from './deadline.js';
export { connectClient } from '../../../shared/database/connect-client.js';
export { inTransaction } from './in-transaction.js';
export type { GovernanceModule } from './governance-module.js';
export {
  destinationsOf,
  HandedOverKinds,
  moveOf,
  type HandedOver,
  type HandedOverKind,
  type HandOver,
  type ReformHooks,
  type FindOwnedEntries,
  type Moves,
  type ReformGap,
  type ResourceMove,
} from './hand-over.js';
export { type Decision, type Recorded } from './audit-log/audit-log.js';
export { GroundsArguments } from './audit-log/grounds-arguments.js';
export { type Grounds, findGroundsProblem } from './audit-log/grounds.rule.js';
export {
  type FindTable,
  type GovernanceContext,
  type GovernanceOptions,
  type SampleLibraries,
  type GovernanceOwn,
  type MessageOffer,
  governanceOwn,
} from './governance-context.js';
export { nextNumber } from './next-number.js';
export { type Database, openTables } from './open-tables.js';
export { POSTS, type Post } from './post.js';
export { providersOf } from './providers-of.js';
export { refuse, Refusal } from './refusal.js';
export type { RefusalCode } from './refusal-codes.js';
export {
  FILE_STATES,
  type FileAnnouncement,
  type FileState,
  findFileProblem,
  type MediaType,
  MOST_FILES,
} from './files/file.rule.js';
export { settleFiles } from './files/settle-files.js';
export { FreshnessState } from './freshness-state.js';
export type { HoldsPost } from './holds-post.js';
export type { NamedPerson, RoomHooks, ScenarioUse } from './room-hooks.js';
export { requirePermission } from './require-permission.js';
export { findConflictOfInterest } from './separation-of-duties.rule.js';
export { cleanText, findTextProblem } from './text.rule.js';
export { whileAlone } from './while-alone.js';
export { wordOf } from './words.rule.js';
export { actsFor, operates, readsEverything, seesAll } from './visibility.js';
export { omitNulls } from './without-nulls.js';
