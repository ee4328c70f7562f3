import type { Database } from '../../core/index.js';
import type { CatalogueState } from '../entry/catalogue-enums.js';
import { catalogueTables } from '../tables.js';
import { findWaitingStep, type WaitingStep } from './entry-review.rule.js';

/** An entry on its way to publication. */
export interface ReviewedEntry {
  readonly provider: string;
  readonly state: CatalogueState;
  /** The step that waits; undefined when all have agreed. */
  readonly waiting: WaitingStep | undefined;
}

/** The revision of a code that has been submitted and is not yet published. */
export async function findReviewedEntry(database: Database, code: string): Promise<ReviewedEntry | undefined> {
  const entry = await catalogueTables(database)
    .selectFrom('catalogue_resource')
    .select(['provider', 'state', 'process', 'reviews'])
    .where('code', '=', code)
    .where('superseded_at', 'is', null)
    .where('state', 'in', ['SUBMITTED', 'CHANGES_REQUESTED', 'APPROVED'])
    .executeTakeFirst();
  if (!entry) return undefined;
  const { provider, state, process, reviews } = entry;
  return { provider, state, waiting: findWaitingStep(process, reviews) };
}
