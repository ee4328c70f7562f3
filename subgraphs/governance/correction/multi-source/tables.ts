import type { InferClassEntityDB } from '@mikro-orm/sql';
import type { JSONColumnType } from 'kysely';
import type { ClaimRule } from '../../../../shared/share/claims/claim-rule.js';
import { type Database, openTables } from '../../core/index.js';
import type { MultiSourceCheck } from './check/multi-source-check.entity.js';
import type { CheckConsent } from './consent/check-consent.entity.js';
import type { ComparableItem } from './items/comparable-item.entity.js';
import type { MultiSourceRun } from './run/multi-source-run.entity.js';

export interface MultiSourceTables {
  comparable_item: Omit<InferClassEntityDB<typeof ComparableItem>['comparable_item'], 'rule'> & {
    rule: JSONColumnType<ClaimRule>;
  };
  multi_source_check: InferClassEntityDB<typeof MultiSourceCheck>['multi_source_check'];
  multi_source_consent: Omit<CheckConsentColumns, 'until'> & { until_at: Date };
  multi_source_run: Omit<InferClassEntityDB<typeof MultiSourceRun>['multi_source_run'], 'check' | `${Figure}_count`> &
    Record<Figure, number> & {
      check_id: string;
      /** Where a run goes on, sealed; null at its beginning. */
      mark: string | null;
      batches: number;
    };
  multi_source_case: {
    run_id: string;
    check_id: string;
    /** Keyed hash of the check and the subject. */
    subject: Buffer;
    provider: string;
    correction: string;
    opened_at: Date;
  };
}
type Figure = 'compared' | 'agreed' | 'mismatched' | 'absent' | 'held' | 'cases';
type CheckConsentColumns = InferClassEntityDB<typeof CheckConsent>['check_consent'];

export const multiSourceTables = (database: Database) => openTables<MultiSourceTables>(database);
