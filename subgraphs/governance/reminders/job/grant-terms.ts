import type { Query } from '../../../../shared/evidence/store/index.js';
import { localDate } from '../../../../shared/law/index.js';
import type { Source, SourceContext } from './source.js';
import type { Watched } from './watched.rule.js';

/** Days before its end at which the consumer of a grant is reminded, so that a renewal can be decided in time. */
const NOTICE_DAYS = 30;
const DAY_MS = 86_400_000;

/** Grants that will end within the days of notice, or have ended without anybody having been told. One that was given for
 *  a shorter time is told of in the second half of it. */
export const grantTerms: Source = { read };

async function read({ query, now, timeZone, only }: SourceContext): Promise<Watched[]> {
  const rows = await query(
    `select id, department, coordinates, extract(epoch from from_at) * 1000 as from, extract(epoch from until_at) * 1000 as until
       from share_grant
      where revoked_at is null and until_at <= $1::timestamptz + interval '${NOTICE_DAYS} days' and from_at <= $1
        and ($2::text[] is null or 'grant/' || id = any($2))
        and not exists (
          select from job_done where subject = 'grant/' || share_grant.id and stage = 'ENDED'
             and due = to_char(until_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
      order by until_at, id`,
    [new Date(now).toISOString(), only ?? null],
  );
  const providers = await providersBy(
    query,
    rows.flatMap(({ coordinates }) => coordinates as string[]),
  );
  return rows.map(({ id, department, coordinates, ...term }) => {
    const [from, until] = [Number(term['from']), Number(term['until'])];
    const others = new Set((coordinates as string[]).flatMap((coordinate) => providers.get(coordinate) ?? []));
    return {
      subject: `grant/${String(id)}`,
      object: `grant/${String(id)}`,
      kind: 'GRANT' as const,
      owners: [String(department)],
      others: [...others].sort(),
      clauses: [],
      due: { date: localDate(until, timeZone), instant: until, provisional: false },
      noticeDays: Math.min(NOTICE_DAYS, (until - from) / 2 / DAY_MS),
    };
  });
}

/** Departments that provide each item, by the newest graph. */
async function providersBy(query: Query, coordinates: readonly string[]): Promise<ReadonlyMap<string, string[]>> {
  if (coordinates.length === 0) return new Map();
  const rows = await query(
    `select coordinate, array_agg(distinct provider) as providers from evidence.graph_item
      where graph = (select version from evidence.graph order by position desc limit 1)
        and coordinate = any($1::text[]) and provider <> ''
      group by coordinate`,
    [[...new Set(coordinates)]],
  );
  return new Map(rows.map(({ coordinate, providers }) => [String(coordinate), providers as string[]]));
}
