import type pg from 'pg';
import type { GovernanceAct } from '../../../../shared/evidence/index.js';
import { dueDate } from '../../../../shared/law/index.js';
import type { RuleCounts } from '../../../../shared/share/quality/quality-request.js';
import { nextNumber } from '../../core/index.js';
import type { PlaceRow, QualityRoom, RuleRow } from '../run/quality-room.js';
import type { QualityMode } from '../run/resource-quality.entity.js';
import { qualityTables } from '../tables.js';
import { MENDING_DAYS } from './mending-days.js';

interface SettledRun {
  readonly place: PlaceRow;
  readonly rules: readonly RuleRow[];
  readonly mode: QualityMode;
  readonly run: string;
  readonly results: readonly RuleCounts[];
  /** ms since the epoch */
  readonly now: number;
}

/** Opens a ticket for each rule that records break and that has none, and closes those of which a run over all records finds
 *  nothing any more. A rule that could not be carried out changes no ticket.
 *  @returns the acts
 *  @source QZ-3.5b, CZ-12b */
export async function settleTickets(
  client: pg.PoolClient,
  { calendar, timeZone }: Pick<QualityRoom, 'calendar' | 'timeZone'>,
  { place, rules, mode, run, results, now }: SettledRun,
): Promise<Omit<GovernanceAct, 'kind'>[]> {
  const tables = qualityTables(client);
  const open = await tables
    .selectFrom('quality_ticket')
    .select(['id', 'rule'])
    .where('place', '=', place.id)
    .where('state', '=', 'OPEN')
    .execute();
  // A rule may have been ended while the records were judged.
  const active = await tables
    .selectFrom('quality_rule')
    .select('id')
    .where('place', '=', place.id)
    .where('state', '=', 'ACTIVE')
    .execute();
  const isActive = (rule: string) => active.some(({ id }) => id === rule);
  const acts: Omit<GovernanceAct, 'kind'>[] = [];
  const time = new Date(now).toISOString();
  const toAct = (act: GovernanceAct['act'], id: string, terms: object) => ({
    ...{ time, act, object: `quality-ticket/${id}`, concerns: [place.provider], basis: [] },
    terms: { place: place.id, ...terms },
  });
  for (const result of results) {
    if ('reason' in result || !isActive(result.id)) continue;
    const { id: rule, checked, failed } = result;
    const known = open.find((ticket) => ticket.rule === rule);
    if (known && failed > 0 && mode === 'FULL')
      await tables
        .updateTable('quality_ticket')
        .set({ newest_run: run, checked, failed })
        .where('id', '=', known.id)
        .execute();
    if (known && failed === 0 && mode === 'FULL') {
      await tables
        .updateTable('quality_ticket')
        .set({
          ...{ state: 'CLOSED', outcome: 'FIXED', closed_at: new Date(now) },
          ...{ newest_run: run, checked, failed },
        })
        .where('id', '=', known.id)
        .execute();
      acts.push(toAct('CLOSE_QUALITY_TICKET', known.id, { rule, run }));
    }
    if (known || failed === 0) continue;
    const { item } = rules.find((each) => each.id === rule)!;
    const due = dueDate(calendar, { start: now, workingDays: MENDING_DAYS, timeZone });
    const id = await nextNumber(client, 'quality_ticket_number', 'QT');
    await tables
      .insertInto('quality_ticket')
      .values({
        ...{ id, rule, place: place.id, provider: place.provider, item, state: 'OPEN', opened_at: new Date(now) },
        ...{ opened_run: run, newest_run: run, checked, failed },
        ...{ due_date: due.date, due_at: new Date(due.instant), due_provisional: due.provisional },
      })
      .execute();
    acts.push(toAct('OPEN_QUALITY_TICKET', id, { rule, run, item, dueOn: due.date }));
  }
  return acts;
}
