import type { EntityManager } from '@mikro-orm/postgresql';
import { cleanText, type GovernanceContext, type GovernanceOwn, type Recorded, refuse } from '../core/index.js';
import { findItems, hasReceived } from '../evidence/index.js';
import { checkReport } from './check-report.rule.js';
import type { CorrectionKind } from './correction.entity.js';
import { resolveCorrectionProcess } from './correction-process.rule.js';
import type { CorrectionResult } from './correction-result.type.js';
import { openCorrection } from './correction-state.rule.js';
import { CorrectionStore } from './correction.store.js';
import { type DisputedSubject, hashSubject, normaliseSubject, sealSubject } from './subject-seal.js';
import { say } from './messages/index.js';
import { joinTexts } from '../../../shared/kernel/index.js';

/** Most open corrections of one department that reported. */
const MOST_OPEN = 1_000;

export interface CorrectionReport {
  readonly kind: CorrectionKind;
  readonly subject: DisputedSubject;
  readonly items: readonly string[];
  readonly description: string;
  readonly errorSince?: Date | undefined;
  readonly foundAt?: Date | undefined;
  readonly identityCheck?: string | undefined;
}

/** Reports a doubt or an error on a subject's items. Nothing is looked up in the provider's data, so that neither an answer
 *  nor a refusal says whether there is such a record.
 *  @source HZ-8.6c, QZ-7.1a, CZ-14b, YN-33a */
export async function reportCorrection(
  { em, fetch, own }: GovernanceContext,
  report: CorrectionReport,
): Promise<CorrectionResult> {
  const { auditLog, correctionKeys, hashesOf, profile, calendar, timeZone, now } = own;
  const { department, person, system, roles = [] } = fetch;
  if (!correctionKeys || !hashesOf) return refuse('REGISTRATION_UNAVAILABLE', say('report.closed'));
  const onBehalf = !roles.includes('consumer') && !roles.includes('provider');
  if (onBehalf && person === undefined) return refuse('OFFICER_REQUIRED', say('report.clerk'));
  const items = report.items.map(cleanText);
  const problem = checkReport(
    {
      items,
      description: report.description,
      errorSince: report.errorSince?.getTime(),
      foundAt: report.foundAt?.getTime(),
      identityCheck: onBehalf ? (report.identityCheck ?? '') : undefined,
    },
    now(),
  );
  if (problem) return refuse(problem.code, problem.message, problem.clauses);
  if (onBehalf && report.kind === 'MISMATCH') return refuse('CORRECTION_MALFORMED', say('report.desk'));
  const identifier = normaliseSubject(report.subject);
  if (identifier === undefined || (onBehalf && report.subject.kind !== 'PERSON'))
    return refuse('CORRECTION_MALFORMED', say('report.subject'), ['QZ-7.1b']);
  const hashes = hashSubject(hashesOf, { kind: report.subject.kind, identifier });
  const process = resolveCorrectionProcess(profile);
  return auditLog.transact(em, fetch, async (em): Promise<Recorded<CorrectionResult>> => {
    const store = new CorrectionStore(em, { calendar, timeZone });
    const known = await findItems(em, items);
    const unknown = items.filter((item) => !known.some(({ coordinate }) => coordinate === item));
    if (unknown.length > 0)
      return { result: refuse('ITEM_UNKNOWN', say('report.itemUnknown', { items: unknown.join(', ').slice(0, 300) })) };
    const [provider, ...others] = new Set(known.map((item) => item.provider));
    if (others.length > 0)
      return {
        result: refuse(
          'CORRECTION_MALFORMED',
          say('report.oneProvider', { providers: joinTexts([provider!, ...others], ',') }),
        ),
      };
    const restricted = known
      .filter(({ shareType }) => shareType !== 'UNCONDITIONAL')
      .map(({ coordinate }) => coordinate);
    if (!onBehalf && provider !== department && !(await mayKnow(em, own, { department, hashes, items: restricted })))
      return {
        result: refuse('NOT_RECEIVED', say('report.notReceived')),
      };
    const same = await store.findSame(department, hashes, items);
    if (same) return { result: refuse('CORRECTION_KNOWN', say('report.known', { id: same })) };
    if ((await store.countOpen(department)) >= MOST_OPEN)
      return {
        result: refuse('TOO_MANY', say('report.tooMany', { most: MOST_OPEN })),
      };
    const id = await store.nextId();
    const state = openCorrection(
      process,
      { by: person ?? system, as: 'reporter', type: 'REPORT' },
      { now: now(), found: report.foundAt?.getTime(), mismatch: report.kind === 'MISMATCH' },
    );
    const correction = await store.add(
      {
        ...{ id, kind: report.kind, department, reporter: person ?? system, onBehalf, provider: provider! },
        ...{ subjectKind: report.subject.kind, hashes, sealed: await sealSubject(identifier, correctionKeys, id) },
        ...{ items, description: cleanText(report.description), process, errorSince: report.errorSince ?? null },
      },
      onBehalf ? { ...state, identityCheck: cleanText(report.identityCheck!) } : state,
    );
    return {
      result: { correction },
      decision: {
        act: 'REPORT_CORRECTION',
        object: `correction/${id}`,
        // The provider learns of it when it is dispatched.
        concerns: state.status === 'DISPATCHED' ? [provider!] : [],
        basis: process.route.clauses,
        terms: { kind: report.kind, items, status: state.status, onBehalf },
      },
    };
  });
}

/** True for a department that was given, or has a grant of, each of the items. */
async function mayKnow(
  em: EntityManager,
  { findGrantHolders, now }: Pick<GovernanceOwn, 'findGrantHolders' | 'now'>,
  { department, hashes, items }: Parameters<typeof hasReceived>[1],
): Promise<boolean> {
  for (const item of items) {
    if ((await findGrantHolders(em, [item], now())).includes(department)) continue;
    if (!(await hasReceived(em, { hashes, items: [item], department }))) return false;
  }
  return true;
}
