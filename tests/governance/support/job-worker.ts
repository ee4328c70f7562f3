import pg from 'pg';
import { RecordStore } from '../../../shared/evidence/store/record-store.js';
import { readCalendar, readProfile } from '../../../shared/law/index.js';
import { Jobs } from '../../../subgraphs/governance/reminders/job/jobs.js';

// A worker whose clock stands where a test wants it, to be killed by that test.
const [url, now] = process.argv.slice(2) as [string, string];
const pool = new pg.Pool({ connectionString: url, max: 6 });
pool.on('error', () => undefined);
const jobs = new Jobs({
  pool,
  store: new RecordStore('Asia/Shanghai'),
  profile: readProfile('quanzhou'),
  calendar: () => readCalendar(),
  now: () => Date.parse(now),
  onState: (failing) => void (failing && process.send!({ failing: true })),
});
jobs.start();
process.send!('ready');
