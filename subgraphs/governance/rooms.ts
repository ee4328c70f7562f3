import { aggregation } from './aggregation/index.js';
import { application } from './application/index.js';
import { catalogue } from './catalogue/index.js';
import type { GovernanceModule } from './core/index.js';
import { correction } from './correction/index.js';
import { evidence } from './evidence/index.js';
import { freshness } from './freshness/index.js';
import { grant } from './grant/index.js';
import { lists } from './lists/index.js';
import { loading } from './loading/index.js';
import { quality } from './quality/index.js';
import { register } from './register/index.js';
import { registry } from './registry/index.js';
import { reminders } from './reminders/index.js';
import { sources } from './sources/index.js';
import { subscriptions } from './subscriptions/index.js';

/** The rooms of governance, each before those that import it. Deleting a line, with its folder, removes a feature. */
export const rooms: readonly GovernanceModule[] = [
  register,
  catalogue,
  grant,
  registry,
  loading,
  sources,
  application,
  lists,
  evidence,
  correction,
  freshness,
  aggregation,
  quality,
  reminders,
  subscriptions,
];
