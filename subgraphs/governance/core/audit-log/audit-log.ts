import type { EntityManager } from '@mikro-orm/postgresql';
import type { GovernanceAct } from '../../../../shared/evidence/index.js';
import { holdActs, recordActs, RecordStore, type StoreConnection } from '../../../../shared/evidence/store/index.js';
import type { FetchContext } from '../../../../shared/trust/signed-context.js';
import { HubError } from '../../../../shared/kernel/index.js';
import { say } from '../messages/index.js';
import { queryIn } from './query-in.js';
import { requireRecord } from './require-record.js';

/** A decision for the audit log; the request names the person or system that made it. */
export interface Decision extends Pick<GovernanceAct, 'act' | 'object'> {
  /** Departments that it concerns; the acting one may be among them. */
  readonly concerns: readonly string[];
  readonly basis?: readonly string[] | null | undefined;
  readonly reason?: string | null | undefined;
  readonly terms?: Readonly<Record<string, unknown>> | undefined;
}
/** The result of a change with its decision. Without a decision nothing was changed and nothing is recorded. */
export interface Recorded<T> {
  readonly result: T;
  readonly decision?: Decision;
  /** Further acts that the change consists of, recorded before it. */
  readonly before?: readonly Decision[];
}

/** The department and roles of a caller whom a reform has taken to another department since; undefined where none has. */
export type CallerNow = (
  database: EntityManager,
  caller: Pick<FetchContext, 'department' | 'person' | 'system'>,
) => Promise<Pick<FetchContext, 'department' | 'roles'> | undefined>;

/** Evidence of the decisions of governance. A change and its record are one transaction: neither is there without the
 *  other, and the records of all changes are one chain.
 *  @source HZ-9.3e, YN-34a, YN-36f */
export class AuditLog {
  private readonly store: RecordStore;

  /** @param timeZone  in which months begin */
  constructor(
    timeZone: string,
    private readonly findCallerNow: CallerNow,
  ) {
    this.store = new RecordStore(timeZone);
  }

  /** Makes a change and records its decision. Changes are made one after the other, so each may rely on what it reads.
   *  @param change  does everything through the entity manager that it is given
   *  @throws HubError EVIDENCE_UNAVAILABLE when it cannot be recorded, CALLER_MOVED when a reform was carried out while it waited;
   *          nothing has been changed then */
  async transact<T>(
    em: EntityManager,
    fetch: FetchContext,
    change: (em: EntityManager) => Promise<Recorded<T>>,
  ): Promise<T> {
    return em.transactional(async (transaction) => {
      const connection: StoreConnection = { query: queryIn(transaction) };
      const chain = await requireRecord(() => holdActs(this.store, connection));
      if (await this.findCallerNow(transaction, fetch)) throw new HubError('CALLER_MOVED', say('caller.moved'));
      const { result, decision, before = [] } = await change(transaction);
      const acts = [...before, ...(decision ? [decision] : [])].map((each) => actOf(each, fetch));
      await requireRecord(() => recordActs(this.store, connection, chain, acts));
      return result;
    });
  }
}

function actOf(
  { act, object, concerns, basis, reason, terms }: Decision,
  { requestId, department: callerDepartment, system, person }: FetchContext,
): GovernanceAct {
  const others = [...new Set(concerns)]
    .filter((department) => department !== callerDepartment && department !== '')
    .sort();
  return {
    kind: 'act',
    time: new Date().toISOString(),
    requestId,
    department: callerDepartment,
    system,
    ...(person !== undefined && { person }),
    act,
    object,
    concerns: others,
    basis: basis ?? [],
    ...(reason != null && { reason }),
    ...(terms && { terms }),
  };
}
