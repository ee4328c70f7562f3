import { createHash } from 'node:crypto';
import { type GovernanceContext, type Recorded, refuse, Refusal } from '../core/index.js';
import { isPermitted } from '../register/index.js';
import { type Announcement, checkAnnouncement } from './announcement.rule.js';
import type { LoadResult } from './load-result.type.js';
import type { Load } from './load.entity.js';
import { LoadStore } from './load.store.js';
import { say } from './messages/index.js';

/** Most loads of a department that have not ended. */
const MOST_OPEN = 200;

/** Announces a file. It is uploaded to `/loads`, and loaded once it is whole. */
export const announceLoad = (context: GovernanceContext, announcement: Announcement): Promise<LoadResult> =>
  store(context, announcement, undefined);

/** Rows that are pushed: each has a value, or none, for each of the items. */
export interface PushedRows extends Pick<Announcement, 'subgraph' | 'type' | 'key' | 'mode' | 'mostRejected'> {
  readonly items: readonly string[];
  readonly rows: readonly (readonly (string | null)[] | null)[];
}

/** Takes rows without a file; they are loaded within seconds. */
export async function ingest(
  context: GovernanceContext,
  { items, rows, ...announcement }: PushedRows,
): Promise<LoadResult> {
  const wrong = rows.findIndex((row) => row?.length !== items.length);
  if (items.length === 0 || rows.length === 0 || wrong >= 0)
    return refuse(
      'LOAD_MALFORMED',
      wrong < 0 ? say('rows.empty') : say('rows.uneven', { row: wrong + 1, items: items.length }),
    );
  const content = rows
    .map((row) => `${JSON.stringify(Object.fromEntries(items.map((item, at) => [item, row![at]])))}\n`)
    .join('');
  const [sha256, bytes] = [createHash('sha256').update(content).digest('hex'), Buffer.byteLength(content)];
  return store(context, { ...announcement, sha256, bytes, fileName: 'ingest', format: 'NDJSON' }, content);
}

async function store(
  { em, fetch, own: { auditLog, holdsPost, loading, now } }: GovernanceContext,
  announcement: Announcement,
  content: string | undefined,
): Promise<LoadResult> {
  const { person, department, system } = fetch;
  const { subgraph, type, key, sha256, mode } = announcement;
  if (!loading) return refuse('REGISTRATION_UNAVAILABLE', say('load.none'));
  const problem = checkAnnouncement(announcement, loading.mostBytes);
  if (problem) return refuse(problem.code, problem.message);
  return auditLog.transact(em, fetch, async (em): Promise<Recorded<LoadResult>> => {
    const loads = new LoadStore(em);
    const isAdministrator =
      person !== undefined &&
      (await holdsPost(em, { person, department }, ['DATA_ADMINISTRATOR', 'DESIGNATED_PERSON']));
    const isNamed = (await loads.findLoader({ subgraph, department, loader: person ?? system })) !== null;
    if (!(await isPermitted(em, subgraph, department)) || !(isAdministrator || isNamed))
      return {
        result: refuse('LOADER_UNKNOWN', say('load.notEntitled', { subgraph: subgraph.slice(0, 64) })),
      };
    if (!(await loading.findTable(em, subgraph, type)))
      return {
        result: refuse(
          'TABLE_UNKNOWN',
          say('load.type', { subgraph, type: type.slice(0, 64), from: '`from: { hosted: {} }`' }),
        ),
      };
    const before = await loads.find({ subgraph, type, key });
    if (before)
      return { result: before.sha256 === sha256 && before.mode === mode ? { load: before } : refuseKey(before) };
    if ((await loads.countOpen(department)) >= MOST_OPEN)
      return { result: refuse('TOO_MANY', say('load.tooMany', { most: MOST_OPEN })) };
    const load = await loads.add({
      ...announcement,
      department,
      state: content === undefined ? 'ANNOUNCED' : 'RECEIVED',
      content: content ?? null,
      announcedAt: new Date(now()),
      announcedBy: person ?? system,
      system,
    });
    const { bytes, fileName } = load;
    return {
      result: { load },
      decision: {
        act: 'ANNOUNCE_LOAD',
        object: `load/${load.id}`,
        concerns: [],
        terms: { subgraph, type, mode, key, sha256, bytes, fileName },
      },
    };
  });
}

const refuseKey = ({ id }: Load): { refusal: Refusal } => refuse('LOAD_KEY_REUSED', say('load.keyReused', { id }));
