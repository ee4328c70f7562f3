import type { Generated } from 'kysely';
import { type Database, type FileState, openTables } from '../core/index.js';
import type { ApplicationAction } from './draft/application-event.entity.js';
import type { FormValues } from './draft/form-values.js';
import type { ApplicationState } from './draft/share-application.entity.js';
import type { ApplicationKind, ReviewProcess } from './review/review-process.js';
import type { ReviewState, ReviewStatus } from './review/review-state.rule.js';

/** Columns of the room's tables. They are declared by hand, since columns and properties of the entities differ in name:
 *  a provider's review is a row of `application_track`. */
export interface ApplicationTables {
  share_application: {
    id: string;
    department: string;
    applicant: string;
    state: ApplicationState;
    scenario: string | null;
    form: FormValues;
    renews: string | null;
    version: number;
    created_at: Date;
    submitted_at: Date | null;
    closed_at: Date | null;
    visible_to: string[];
  };
  application_track: {
    id: string;
    application: string;
    department: string;
    provider: string;
    kind: ApplicationKind;
    status: ReviewStatus;
    version: number;
    process: ReviewProcess;
    state: ReviewState;
    waits_on: string[];
    due_date: string | null;
    due_at: Date | null;
    due_provisional: boolean;
    submitted_at: Date;
    closed_at: Date | null;
    escalated_at: Date | null;
    grant_id: string | null;
    entry: string | null;
  };
  application_file: {
    id: string;
    application: string;
    state: FileState;
    bytes: number;
    sha256: string;
    media_type: string;
    announced_at: Date;
  };
  application_event: {
    id: Generated<string>;
    application: string;
    track: string | null;
    at: Date;
    department: string;
    actor: string;
    what: ApplicationAction;
    reason: string | null;
    clauses: string[];
    version: number;
  };
}

export const applicationTables = (database: Database) => openTables<ApplicationTables>(database);
