import type { Text } from '../../../shared/kernel/index.js';
import type { AuditAction } from '../../../shared/evidence/index.js';
import { readAuthorities } from '../application/index.js';
import {
  cleanText,
  findGroundsProblem,
  findTextProblem,
  type GovernanceContext,
  type Recorded,
  refuse,
  Refusal,
} from '../core/index.js';
import { findAccounts, readDepartmentsByRole } from '../register/index.js';
import { applyCommand } from './commands/apply-command.rule.js';
import type { Actor, CorrectionCommand } from './commands/correction-command.rule.js';
import type { Correction } from './correction.entity.js';
import type { CorrectionProcess } from './correction-process.rule.js';
import type { CorrectionResult } from './correction-result.type.js';
import { findLimit, type CorrectionState } from './correction-state.rule.js';
import { CorrectionStore } from './correction.store.js';
import { canSee } from './visible-corrections.js';
import { say } from './messages/index.js';

/** Act under which each command is recorded. */
const AUDIT_ACTIONS: Readonly<Record<CorrectionCommand['type'], AuditAction>> = {
  FEED_BACK: 'FEED_BACK_MISMATCH',
  WITHDRAW: 'WITHDRAW_CORRECTION',
  DISPATCH: 'DISPATCH_CORRECTION',
  ACCEPT: 'ACCEPT_CORRECTION',
  DECIDE: 'DECIDE_CORRECTION',
  OBJECT: 'OBJECT_TO_CORRECTION',
  COORDINATE: 'COORDINATE_CORRECTION',
  CLOSE: 'CLOSE_CORRECTION',
};

export interface CorrectionRequest {
  readonly id: string;
  /** Version of the correction that the caller last saw (optimistic lock). */
  readonly expectedVersion: number;
  readonly command: CorrectionCommand;
  /** Date from which the value was wrong, as the provider or the authority has found. */
  readonly errorSince?: Date | undefined;
  readonly basis?: readonly string[] | undefined;
}

/** Executes one command on a correction: the change and its record are made together or not at all.
 *  @throws HubError EVIDENCE_UNAVAILABLE when it cannot be recorded; nothing has been changed then */
export async function executeCorrectionCommand(
  context: GovernanceContext,
  request: CorrectionRequest,
): Promise<CorrectionResult> {
  const { own, fetch } = context;
  const { id, command, expectedVersion, errorSince } = request;
  const now = own.now();
  return own.auditLog.transact(context.em, fetch, async (em): Promise<Recorded<CorrectionResult>> => {
    const store = new CorrectionStore(em, own);
    const row = await store.find(id);
    if (!row || !canSee(row, fetch))
      return { result: refuse('CORRECTION_UNKNOWN', say('case.unknown', { id: id.slice(0, 40) })) };
    const unfit = findUnfitText(request);
    if (unfit) return { result: { correction: row, refusal: Refusal.because('TEXT_UNFIT', unfit) } };
    if (errorSince && errorSince.getTime() > now)
      return { result: { correction: row, ...refuse('CORRECTION_MALFORMED', say('case.future')) } };
    const { authorities } = await readAuthorities(em, { applicant: row.department, provider: row.provider });
    const outcome = applyCommand(
      row.state,
      { process: row.process, reporter: row.department, provider: row.provider, items: row.items, authorities, now },
      command,
      await readActor({ ...context, em }),
      expectedVersion,
    );
    if ('refused' in outcome) {
      const { code, message, clauses } = outcome.refused;
      return { result: { correction: row, refusal: Refusal.because(code, message, clauses) } };
    }
    const { state } = outcome;
    const saved = await store.save(row, state, {
      ...(errorSince && { errorSince }),
    });
    const overseers = tellsAuthority(row.process, command) ? (await readDepartmentsByRole(em))('authority') : [];
    return {
      result: { correction: saved },
      decision: {
        act: AUDIT_ACTIONS[command.type],
        object: `correction/${id}`,
        concerns: [row.department, ...(saved.dispatchedAt ? [saved.provider] : []), ...overseers],
        basis: [...clausesOf(row, command), ...(request.basis ?? [])],
        reason: 'reason' in command ? command.reason : undefined,
        terms: describeState(saved, state),
      },
    };
  });
}

/** @source QZ-7.2d */
const tellsAuthority = ({ authorityTold }: CorrectionProcess, { type }: CorrectionCommand): boolean =>
  type === 'OBJECT' || (authorityTold !== undefined && type === 'DECIDE');

/** Clauses of the step that was open. */
function clausesOf({ process, state }: Correction, { type }: CorrectionCommand): readonly string[] {
  if (type === 'DISPATCH') return process.route.clauses;
  if (type === 'OBJECT' || type === 'COORDINATE') return process.dispute;
  const told = type === 'DECIDE' ? (process.authorityTold ?? []) : [];
  return [...new Set([...findLimit(process, state.status).clauses, ...told])];
}

const describeState = (
  { items, errorSince, dueDate, dueProvisional }: Correction,
  { status, version, decision }: CorrectionState,
) => ({
  status,
  version,
  items,
  ...(decision && { verdict: decision.verdict, corrected: decision.items, reference: decision.reference }),
  ...(errorSince && { errorSince: errorSince.toISOString() }),
  ...(dueDate != null && { dueOn: dueDate, provisional: dueProvisional }),
});

function findUnfitText({ command, basis }: CorrectionRequest): Text | undefined {
  const texts = Object.entries(command).filter(([name, value]) => name !== 'type' && typeof value === 'string');
  for (const [name, value] of texts) {
    const problem = findTextProblem(name, cleanText(value as string), { max: 500, lines: true, optional: true });
    if (problem) return problem;
  }
  return findGroundsProblem({ basis });
}

async function readActor({ em, fetch }: GovernanceContext): Promise<Actor> {
  const { department, person, system, roles = [] } = fetch;
  const accounts = person === undefined ? [system] : await findAccounts(em, person);
  return { department, id: person ?? system, roles, accounts };
}
