import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Pool } from 'pg';
import { EvidenceLog } from '../dist/gateway/evidence/evidence-log.js';
import { Shipper } from '../dist/worker/evidence/shipper.js';
import { openDatabaseServer, openOrm } from '../dist/shared/database/index.js';
import { readPublicKeys } from '../dist/shared/evidence/keys/index.js';
import { RecordStore } from '../dist/shared/evidence/store/index.js';
import { verifyDatabase, verifyEvidence } from '../dist/shared/evidence/verify/index.js';
import { migrations } from '../dist/subgraphs/governance/migrations/index.js';
import { graphOf, recordsOf } from './lib/evidence-world.js';
import { markdown } from './lib/table.js';

/** Millions of records: written, verified, shipped, and verified where they were shipped to. */
const { values: options } = parseArgs({
  options: {
    records: { type: 'string', default: '1000000' },
    folder: { type: 'string', default: join('results', 'evidence') },
  },
});
const RECORDS = Number(options.records);
const { folder } = options;
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const [segments, keys] = [join(folder, 'evidence'), join(folder, 'trust', 'keys.json')];
const results = [];
const measure = async (what, act) => {
  const began = performance.now();
  const records = await act();
  const seconds = (performance.now() - began) / 1000;
  results.push([
    what,
    records.toLocaleString('en'),
    seconds.toFixed(1),
    Math.round(records / seconds).toLocaleString('en'),
  ]);
  console.error(results.at(-1).join('  '));
};

await measure('written, without fsync', async () => {
  const log = await EvidenceLog.open({ folder: segments, keys, sync: false });
  await log.append(graphOf());
  let batch = [];
  for (const record of recordsOf(RECORDS)) {
    batch.push(log.append(record));
    if (batch.length === 500) {
      await Promise.all(batch);
      batch = [];
    }
  }
  await Promise.all(batch);
  await log.close();
  return RECORDS;
});

await measure('verified in files', async () => {
  const { records, findings } = await verifyEvidence({ folder: segments, keys: await readPublicKeys(keys) });
  if (findings.length > 0) throw new Error(JSON.stringify(findings[0]));
  return records;
});

const server = await openDatabaseServer({ dataDir: folder });
await server.createDatabase('governance');
const url = server.url('governance');
await (
  await openOrm({
    entities: (await import('../dist/subgraphs/governance/mikro-orm.config.js')).entities,
    migrations,
    url,
  })
).close(true);
const pool = new Pool({ connectionString: url });
await measure('shipped', async () => {
  const shipper = new Shipper({ folder: segments, pool, store: new RecordStore('Asia/Shanghai') });
  let shipped = 0;
  for (let more = await shipper.shipAll(); more > 0; more = await shipper.shipAll()) shipped += more;
  return shipped;
});
const { rows } = await pool.query(
  `select pg_size_pretty(sum(pg_total_relation_size(relid))) as size, pg_size_pretty(sum(pg_relation_size(relid))) as heap
     from pg_stat_user_tables where schemaname = 'evidence'`,
);
console.error(`tables ${rows[0].heap}, with indexes ${rows[0].size}`);
await pool.query('vacuum analyze');
await measure('verified in the database', async () => {
  const { records, findings } = await verifyDatabase({ url, keys: await readPublicKeys(keys) });
  if (findings.length > 0) throw new Error(JSON.stringify(findings[0]));
  return records;
});
await pool.end();
await server.stop();

console.log(markdown(['records', 'number', 'seconds', 'per second'], results));
