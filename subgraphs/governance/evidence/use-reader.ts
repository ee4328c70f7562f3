import type { SubjectHash } from '../../../shared/evidence/subject-keys.js';
import { subjectNumber } from '../../../shared/evidence/store/record-row.js';
import type { Query } from '../../../shared/evidence/store/store-connection.js';
import { Conditions } from './conditions.js';
import type { Place } from './cursor.js';
import { dayWindows, type Window } from './day-windows.js';
import { chosenUses, type UseChoice } from './use-choice.js';
import { foundUse, type FoundUse } from './use-view.js';
import type { Viewer } from './viewer.js';

/** Which uses are wanted. */
export interface UseQuestion extends UseChoice {
  readonly from?: Date | null | undefined;
  readonly until?: Date | null | undefined;
  readonly person?: string | null | undefined;
  readonly system?: string | null | undefined;
  readonly requestId?: string | null | undefined;
  /** Every hash under which the wanted subject may be named. */
  readonly subject?: readonly SubjectHash[] | undefined;
  /** Id of a grant that the release rests on. */
  readonly grant?: string | undefined;
}
export interface UseRequest {
  readonly question: UseQuestion;
  readonly viewer: Viewer;
  /** The entry behind which to begin. */
  readonly after?: Place | undefined;
  readonly limit: number;
  readonly timeZone: string;
}

/** Uses, newest first, cut to what the viewer may see. */
export async function readUses(query: Query, request: UseRequest): Promise<FoundUse[]> {
  const { question, viewer, after, limit } = request;
  const chosen = await chosenUses(query, question, viewer, { ownOnly: question.subject !== undefined });
  const conditions = wantedRecords(chosen.copy(), question, after);
  const rare = question.subject !== undefined || question.requestId != null;
  if (rare || question.person != null || question.system != null) return select(query, conditions, limit, rare);

  const found: FoundUse[] = [];
  const until = after ? new Date(after.at + 1) : question.until;
  const wanted = () => limit - found.length;
  for await (const window of dayWindows(query, {
    ...request,
    conditions: chosen,
    from: question.from,
    until,
    wanted,
  })) {
    const inWindow = within(conditions.copy(), window);
    const more = window.days
      ? await selectBySets(query, inWindow, chosen, window.days, request)
      : await select(query, inWindow, wanted(), false);
    found.push(...more.slice(0, wanted()));
    if (wanted() <= 0) break;
  }
  return found;
}

function wantedRecords(conditions: Conditions, question: UseQuestion, after: Place | undefined): Conditions {
  const { from, until, person, system, requestId, subject, grant } = question;
  conditions
    .add(`kind = 'access'`)
    .addGiven('at >= ?::timestamptz', from?.toISOString())
    .addGiven('at < ?::timestamptz', until?.toISOString())
    .addGiven('person = ?', person)
    .addGiven('system = ?', system)
    .addGiven('request = ?', requestId)
    .addGiven('strpos(line, ?) > 0', grant && `"grant":${JSON.stringify(grant)}`);
  if (subject) namesSubject(conditions, subject);
  if (after)
    conditions.add('(at, position) < (?::timestamptz, ?::bigint)', new Date(after.at).toISOString(), after.position);
  return conditions;
}

/** The index knows the first half of each hash; the whole one stands in the line. */
export function namesSubject(conditions: Conditions, subject: readonly SubjectHash[]): Conditions {
  return conditions
    .add(
      'subjects && ?::bigint[]',
      subject.map(({ hash }) => subjectNumber(hash)),
    )
    .add(
      'exists (select from unnest(?::text[]) as hash where strpos(line, hash) > 0)',
      subject.map(({ hash }) => `"${hash}"`),
    );
}

const within = (conditions: Conditions, { from, until, months }: Window): Conditions =>
  conditions.add('month = any(?::date[])', months).add('at >= ?::timestamptz', from).add('at < ?::timestamptz', until);

const COLUMNS = 'position, at, line, department, items';

/** @param rare  what is wanted is found by an index of its own, not along the order */
async function select(query: Query, conditions: Conditions, limit: number, rare: boolean): Promise<FoundUse[]> {
  const records = `select ${COLUMNS} from evidence.record where ${conditions.text}`;
  const shown = `select position, (extract(epoch from at) * 1000)::float8 as at_ms, line, department, items`;
  const last = conditions.value(limit);
  const ordered = `order by at desc, position desc limit ${last}`;
  const rows = await query(
    rare
      ? `with found as materialized (${records}) ${shown} from found ${ordered}`
      : `${shown} from evidence.record where ${conditions.text} ${ordered}`,
    conditions.values,
  );
  return rows.map(foundUse);
}

/** Reads day by day and set by set what the counts say that there is, and nothing beside it: for what is rare among much
 *  else. */
async function selectBySets(
  query: Query,
  conditions: Conditions,
  chosen: Conditions,
  [low, high]: readonly [string, string],
  { limit, timeZone }: UseRequest,
): Promise<FoundUse[]> {
  const counted = conditions.embed(chosen.copy().add('day between ?::date and ?::date', low, high));
  const zone = conditions.value(timeZone);
  const last = conditions.value(limit);
  const rows = await query(
    `with counted as materialized (
       select distinct items, day::timestamp at time zone ${zone} as from_at,
              (day + 1)::timestamp at time zone ${zone} as until_at
         from evidence.daily where ${counted})
     select position, (extract(epoch from at) * 1000)::float8 as at_ms, line, department, held.items
       from counted cross join lateral (
         select ${COLUMNS} from evidence.record
          where record.items = counted.items and record.at >= counted.from_at and record.at < counted.until_at
            and ${conditions.text}
          order by record.at desc, position desc limit ${last}) held
      order by at desc, position desc limit ${last}`,
    conditions.values,
  );
  return rows.map(foundUse);
}
