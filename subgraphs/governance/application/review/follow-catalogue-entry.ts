import type { EntityManager } from '@mikro-orm/postgresql';
import { closeTask, openTask } from '../../catalogue/index.js';
import type { GovernanceOwn } from '../../core/index.js';
import type { ProviderReview } from './provider-review.entity.js';
import type { ShareApplication } from '../draft/share-application.entity.js';
import type { ReviewState } from './review-state.rule.js';

/** Follows data that the catalogue lacks: an agreement opens a task for the provider to enter it, and the task is closed
 *  with the request, once the entry is published.
 *  @returns changes of the review's row
 *  @source YN-17b, YN-17c */
export async function followCatalogueEntry(
  em: EntityManager,
  { id: application, typed }: ShareApplication,
  row: ProviderReview,
  review: ReviewState,
  own: GovernanceOwn,
): Promise<Partial<ProviderReview>> {
  if (review.status === 'ENTRY_PENDING' && !row.entry) {
    const task = await openTask(
      em,
      {
        kind: 'REQUESTED',
        department: row.provider,
        at: own.now(),
        subject: `${application}: ${typed.uncatalogued?.description ?? ''}`,
        clauses: row.process.becomesEntry ?? [],
      },
      own,
    );
    return { entry: task.id };
  }
  if (row.entry && review.status === 'AGREED') {
    await closeTask(em, row.entry, { at: new Date(own.now()), by: review.decisions.at(-1)?.by ?? null });
  }
  return {};
}
