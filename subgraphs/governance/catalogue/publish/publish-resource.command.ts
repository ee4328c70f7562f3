import type { Profile } from '../../../../shared/law/index.js';
import type { GovernanceContext } from '../../core/index.js';
import type { CatalogueResult } from '../entry/catalogue-result.js';
import { type EntryReference, executeEntryCommand, refuse, toRecorded } from '../entry/execute-entry-command.js';
import { closeTasksOfEntry } from '../maintenance/catalogue-task.store.js';
import { refuseConflictOfInterest } from '../review/conflict-of-interest.js';
import { SECRECY_STEP } from '../review/entry-review.rule.js';
import { findHolders } from './find-holders.js';
import { publishItems, selectServedItems } from './published-item.store.js';
import { refuseSecondSource } from './refuse-second-source.js';
import { say } from '../messages/index.js';

/** Puts an entry in force after all its reviews, in place of the revision before it.
 *  @source HZ-5.1c, HZ-5.4c, HZ-7.3a */
export function publishResource(context: GovernanceContext, reference: EntryReference): Promise<CatalogueResult> {
  const { fetch, own } = context;
  const requirement = { on: 'open', states: ['APPROVED'] } as const;
  return executeEntryCommand(context, reference, requirement, async (entry, store, em) => {
    const { code } = entry;
    const secrecy = findSecrecyClauses(own.profile);
    if (secrecy && !entry.reviews.some(({ step, approved }) => step === SECRECY_STEP && approved)) {
      const message = say('publish.noExamination', { code });
      return { result: refuse('SECRECY_REVIEW_MISSING', message, secrecy) };
    }
    const conflict = await refuseConflictOfInterest(em, store, entry, 'authority', fetch);
    if (conflict) return { result: conflict };
    const items = await store.readItems(entry);
    const taken = await publishItems(em, entry, selectServedItems(items));
    if (taken.length > 0) return { result: refuseSecondSource(taken) };
    const publishedAt = new Date(own.now());
    const before = await store.findCurrent(code);
    const concerns = before ? await findHolders(context, em, [...items, ...(await store.readItems(before))]) : [];
    if (before) await store.supersede(before, publishedAt);
    const step = { act: 'PUBLISH_RESOURCE', state: 'PUBLISHED' } as const;
    const published = await store.changeRevision(entry, { publishedAt }, step);
    await closeTasksOfEntry(em, code, publishedAt, fetch.person ?? fetch.system);
    return toRecorded('PUBLISH_RESOURCE', published, { concerns });
  });
}

/** Clauses under which an entry's own unit examines it for secrecy before it is published; undefined where the profile
 *  names no person for secrecy. @source HZ-7.3a, HZ-9.2b */
function findSecrecyClauses({ persons }: Profile): readonly string[] | undefined {
  const named = persons?.named?.find(({ value }) => value.includes('SECRECY_PERSON'));
  return named && ['HZ-7.3a', ...named.clauses];
}
