import type pg from 'pg';
import type { GovernanceAct } from '../../../../shared/evidence/index.js';
import { connectionOf, holdActs, recordActs } from '../../../../shared/evidence/store/index.js';
import { nextRun } from '../../../../shared/law/calendar/frequency.js';
import type { RuleCounts } from '../../../../shared/share/quality/quality-request.js';
import { inTransaction, nextNumber } from '../../core/index.js';
import { qualityTables } from '../tables.js';
import { settleTickets } from '../ticket/settle-tickets.js';
import type { PlaceRow, QualityRoom, RuleRow } from './quality-room.js';
import type { QualityMode } from './resource-quality.entity.js';
import { scoreRun, type JudgedRule } from './score.rule.js';

/** Days before a run within which a rule that was ended is shown with its score. */
const ENDED_DAYS = 30;
const DAY_MS = 86_400_000;

export interface RunOutcome {
  readonly place: PlaceRow;
  readonly rules: readonly RuleRow[];
  readonly mode: QualityMode;
  readonly rows: number;
  readonly results: readonly RuleCounts[];
  /** ms since the epoch */
  readonly startedAt: number;
}

/** Stores a run, its score, and the tickets that follow of it: all of it, or nothing. A run over what was changed gives no score.
 *  Figures stand in no act. */
export async function settleRun(room: QualityRoom, outcome: RunOutcome): Promise<void> {
  const { place, rules, mode, rows, results, startedAt } = outcome;
  const now = room.now();
  await inTransaction(room.pool, async (client, onCommit) => {
    const connection = connectionOf(client);
    const chain = await holdActs(room.store, connection);
    const tables = qualityTables(client);
    const { ended } = await tables
      .selectFrom('quality_rule')
      .select((eb) => eb.fn.countAll<number>().as('ended'))
      .where('place', '=', place.id)
      .where('state', '=', 'ENDED')
      .where('ended_at', '>', new Date(now - ENDED_DAYS * DAY_MS))
      .executeTakeFirstOrThrow();
    const byId = new Map(results.map((result) => [result.id, result]));
    const score = scoreRun(rules.map((rule) => toJudged(rule, byId.get(rule.id)!)));
    const counts = {
      ...{ rate: score.rate ?? null, rates: JSON.stringify(score.rates), row_count: rows },
      ...{ counted_rules: score.counted, stopped_rules: score.stopped, ended_rules: Number(ended) },
    };
    const state = score.counted === 0 ? 'CANNOT_RUN' : score.stopped > 0 ? 'PARTLY' : 'COMPLETED';
    const acts: Omit<GovernanceAct, 'kind'>[] = [];
    // Without a rule there is nothing to judge, and nothing to say.
    if (rules.length > 0) {
      const id = await nextNumber(client, 'quality_run_number', 'QU');
      const of = { id, place: place.id, provider: place.provider };
      await tables
        .insertInto('quality_run')
        .values({ ...of, mode, state, started_at: new Date(startedAt), ended_at: new Date(now), ...counts })
        .execute();
      await storeResults(client, place, id, results);
      if (mode === 'FULL')
        await tables
          .updateTable('resource_quality')
          .set({ ...counts, run: id, judged_at: new Date(startedAt) })
          .where('id', '=', place.id)
          .execute();
      acts.push(
        {
          ...{ time: new Date(now).toISOString(), act: 'END_QUALITY_RUN', object: `quality-run/${id}` },
          ...{ concerns: [place.provider], basis: [], terms: { place: place.id, mode, state } },
        },
        ...(await settleTickets(client, room, { place, rules, mode, run: id, results, now })),
      );
    }
    const { frequency, hour } = place;
    await tables
      .updateTable('resource_quality')
      .set({
        asked_mode: null,
        ...(place.next_at.getTime() <= startedAt && {
          next_at: new Date(nextRun({ frequency, hour }, now, room.timeZone)),
        }),
      })
      .where('id', '=', place.id)
      .execute();
    onCommit(await recordActs(room.store, connection, chain, acts));
  });
}

const toJudged = ({ dimension }: RuleRow, result: RuleCounts): JudgedRule =>
  'reason' in result ? { dimension, reason: result.reason } : { dimension, counts: result };

async function storeResults(
  client: pg.PoolClient,
  { id: place, provider }: PlaceRow,
  run: string,
  results: readonly RuleCounts[],
): Promise<void> {
  await qualityTables(client)
    .insertInto('quality_result')
    .values(
      results.map((result) => {
        const of = { run, rule: result.id, place, provider };
        return 'reason' in result
          ? { ...of, state: 'CANNOT_RUN' as const, reason: result.reason }
          : {
              ...{ ...of, state: 'COUNTED' as const, checked: result.checked, failed: result.failed },
              samples: result.samples ?? null,
            };
      }),
    )
    .execute();
}
