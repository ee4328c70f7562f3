import type { Migrations } from '../../../shared/database/index.js';
import { Governance } from './001-governance.js';
import { Evidence } from './002-evidence.js';
import { PeopleAndPublished } from './003-people-and-published.js';
import { EvidencePush } from './004-evidence-push.js';
import { EvidenceReading } from './005-evidence-reading.js';
import { EvidenceArchive } from './006-evidence-archive.js';
import { JobsAndNotices } from './007-jobs-and-notices.js';
import { Applications } from './008-applications.js';
import { Catalogue } from './009-catalogue.js';
import { EventWebhooks } from './010-event-webhooks.js';
import { Lists } from './011-lists.js';
import { GrantParts } from './012-grant-parts.js';
import { MendEarlyDatabases } from './013-mend-early-databases.js';
import { GrantProvider } from './014-grant-provider.js';
import { PublishersAndConsents } from './015-publishers-and-consents.js';
import { WorkerBeat } from './018-worker-beat.js';
import { ItemOutcomes } from './019-item-outcomes.js';

export const migrations: Migrations = [
  { name: '001-governance', class: Governance },
  { name: '002-evidence', class: Evidence },
  { name: '003-people-and-published', class: PeopleAndPublished },
  { name: '004-evidence-push', class: EvidencePush },
  { name: '005-evidence-reading', class: EvidenceReading },
  { name: '006-evidence-archive', class: EvidenceArchive },
  { name: '007-jobs-and-notices', class: JobsAndNotices },
  { name: '008-applications', class: Applications },
  { name: '009-catalogue', class: Catalogue },
  { name: '010-event-webhooks', class: EventWebhooks },
  { name: '011-lists', class: Lists },
  { name: '012-grant-parts', class: GrantParts },
  { name: '013-mend-early-databases', class: MendEarlyDatabases },
  { name: '014-grant-provider', class: GrantProvider },
  { name: '015-publishers-and-consents', class: PublishersAndConsents },
  { name: '018-worker-beat', class: WorkerBeat },
  { name: '019-item-outcomes', class: ItemOutcomes },
];
