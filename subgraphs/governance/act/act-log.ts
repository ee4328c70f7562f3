import type { EntityManager } from '@mikro-orm/postgresql';
import type { GovernanceAct } from '../../../shared/evidence/governance-act.js';
import { writeLine } from '../../../shared/evidence/record-line.js';
import { placeAfter, RecordStore, type ChainEnd } from '../../../shared/evidence/store/record-store.js';
import type { StoreConnection } from '../../../shared/evidence/store/store-connection.js';
import type { FetchContext } from '../../../shared/trust/signed-context.js';
import { queryIn } from './query-in.js';
import { recorded } from './recorded.js';

/** What was decided; who decided it is known from the request. */
export interface Decision extends Pick<GovernanceAct, 'act' | 'object'> {
  /** Departments that it concerns; the acting one may be among them. */
  readonly concerns: readonly string[];
  readonly basis?: readonly string[] | null | undefined;
  readonly reason?: string | null | undefined;
  readonly terms?: Readonly<Record<string, unknown>> | undefined;
}
/** What came of a change; without a decision nothing was changed, so there is nothing to record. */
export interface Done<T> {
  readonly result: T;
  readonly decision?: Decision;
}

/** Evidence of what is decided in governance. A change and its record are one transaction: neither is there without the
 *  other, and the records of all changes are one chain.
 *  @source HZ-9.3e, YN-34a, YN-36f */
export class ActLog {
  private readonly store: RecordStore;

  /** @param timeZone  in which months begin */
  constructor(timeZone: string) {
    this.store = new RecordStore(timeZone);
  }

  /** Changes something and records who decided it. Changes are made one after the other, so each may rely on what it
   *  reads.
   *  @param change  does everything through the entity manager that it is given
   *  @throws HubError EVIDENCE_UNAVAILABLE when it cannot be recorded; nothing has been changed then */
  async perform<T>(
    em: EntityManager,
    fetch: FetchContext,
    change: (em: EntityManager) => Promise<Done<T>>,
  ): Promise<T> {
    return em.transactional(async (transaction) => {
      const connection: StoreConnection = { query: queryIn(transaction) };
      const chain = await recorded(() => this.hold(connection));
      const { result, decision } = await change(transaction);
      if (decision) await recorded(() => this.append(connection, chain, actOf(decision, fetch)));
      return result;
    });
  }

  private async hold(connection: StoreConnection): Promise<ChainEnd & { readonly writer: string }> {
    const [row] = await connection.query(`select writer from evidence.chain where home = 'governance' order by writer`);
    const writer = String(row!['writer']);
    return { ...(await this.store.hold(connection, writer, 'governance')), writer };
  }

  private async append(
    connection: StoreConnection,
    { writer, ...after }: ChainEnd & { readonly writer: string },
    act: GovernanceAct,
  ): Promise<void> {
    const place = placeAfter(writer, after);
    const { line, hash } = writeLine(place, act);
    const lines = [{ record: { ...act, ...place, hash }, line: line.slice(0, -1) }];
    (await this.store.add(connection, { writer, home: 'governance', after, lines }))();
  }
}

function actOf(
  { act, object, concerns, basis, reason, terms }: Decision,
  { rid, dep, sys, per }: FetchContext,
): GovernanceAct {
  const others = [...new Set(concerns)].filter((department) => department !== dep && department !== '').sort();
  return {
    kind: 'act',
    time: new Date().toISOString(),
    requestId: rid,
    department: dep,
    system: sys,
    ...(per !== undefined && { person: per }),
    ...{ act, object, concerns: others, basis: basis ?? [] },
    ...(reason != null && { reason }),
    ...(terms && { terms }),
  };
}
