import { localDate } from '../../../shared/law/index.js';
import { findGroundsProblem, type GovernanceContext, type Grounds, type Recorded, refuse } from '../core/index.js';
import { clausesOf, type ListKind } from './list-kind.rule.js';
import { ListStore } from './list.store.js';
import type { PublishListResult } from './share-list.type.js';

/** Publishes a list as it is now as a version that stays; the act is recorded with it. @source YN-9c, JL-24g, JL-24h, JL-24i */
export async function publishList(
  kind: ListKind,
  grounds: Grounds,
  { em, fetch, own: { auditLog, profile, now, timeZone } }: GovernanceContext,
): Promise<PublishListResult> {
  const problem = findGroundsProblem(grounds);
  if (problem) return refuse('GROUNDS_MALFORMED', problem);
  return auditLog.transact(em, fetch, async (em): Promise<Recorded<PublishListResult>> => {
    const at = now();
    const store = new ListStore(em, { profile, now: at });
    const clauses = clausesOf(profile, kind);
    const number = await store.addVersion({ kind, level: 'OWN', publishedOn: localDate(at, timeZone), clauses });
    const departments = new Set<string>();
    for await (const rows of store.all({ kind })) {
      await store.addRows(number, rows);
      for (const { department, provider } of rows) [department, provider].forEach((one) => one && departments.add(one));
    }
    const version = (await store.newest(kind, 'OWN'))!;
    return {
      result: { version },
      decision: {
        act: 'PUBLISH_LIST',
        object: `list/${version.id}`,
        concerns: [...departments],
        reason: grounds.reason,
        basis: [...clauses, ...(grounds.basis ?? [])],
        terms: { list: kind, publishedOn: version.publishedOn, entries: version.entries },
      },
    };
  });
}
