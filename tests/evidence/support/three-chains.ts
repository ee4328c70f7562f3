import { DatabaseChain } from '../../../gateway/evidence/database-chain.js';
import { EvidenceLog } from '../../../gateway/evidence/evidence-log.js';
import { Shipper } from '../../../worker/evidence/shipper.js';
import { signDatabaseHeads } from '../../../worker/evidence/sign-database-heads.js';
import type { EvidenceEvent } from '../../../shared/evidence/evidence-event.js';
import { appendAct } from '../../../shared/evidence/store/append-act.js';
import { RecordStore } from '../../../shared/evidence/store/record-store.js';
import { connectionOf } from '../../../shared/evidence/store/store-connection.js';
import type { EvidenceDatabase } from './evidence-database.js';
import { record } from './record.js';

export interface ThreeChains {
  readonly folder: string;
  readonly direct: string;
  readonly governance: string;
}

/** Writes a chain of each kind into a database, record by record in turn, and has them signed: one record
 *  of each chain for each time, ISO 8601. */
export async function writeThreeChains(
  database: EvidenceDatabase,
  times: readonly string[],
  { folder, keys }: { readonly folder: string; readonly keys: string },
): Promise<ThreeChains> {
  const store = new RecordStore('Asia/Shanghai');
  const shipped = await EvidenceLog.open({ folder, keys });
  const direct = await EvidenceLog.over(() => DatabaseChain.open({ url: database.url, store }), { grace: 0 });
  const shipper = new Shipper({ folder, pool: database.pool, store });
  for (const [i, time] of times.entries()) {
    await shipped.append(i === 0 ? graphAt(time) : accessAt(i, time));
    await shipper.shipAll();
    await direct.append(accessAt(i, time));
    await act(database, store, i, time);
  }
  await shipped.close();
  await shipper.shipAll();
  await shipper.shipAll();
  await direct.close();
  await signDatabaseHeads(database.pool, keys);
  const [governance] = await database.rows("select writer from evidence.chain where home = 'governance'");
  return { folder: shipped.writer, direct: direct.writer, governance: governance!['writer'] as string };
}

const graphAt = (time: string): EvidenceEvent => ({
  ...{ kind: 'graph', time, version: 'g1' },
  items: [
    { provider: 'police', resource: 'R1', shareType: 'CONDITIONAL', coordinates: ['Resident.name', 'Resident.phone'] },
    { provider: 'tax', shareType: 'NOT_SHARED', coordinates: ['Resident.income'] },
  ],
});

/** Records of several shapes: some with a subject, a scenario, a code, with Chinese or with what JSON escapes. */
const accessAt = (i: number, time: string): EvidenceEvent =>
  record(`r${i}`, {
    time,
    graphVersion: 'g1',
    released: i % 2 ? ['Resident.name'] : ['Resident.name', 'Resident.phone'],
    approvals: [{ grant: 'G-1', approver: 'authority', basis: ['QZ-5.4c', '第二十八条 {"a"}]'] }],
    ...(i % 3 === 0 && { subjects: ['AbCdEfGhIjKlMnOpQrStUv', '_-_-_-_-_-_-_-_-_-_-_-'], subjectCount: 2 }),
    ...(i % 3 === 1 && { scenario: 'tax-review', purpose: '核定税款', person: 'p"1\\' }),
    ...(i % 4 === 3 && { outcome: 'refused' as const, code: 'OPERATION_TOO_DEEP' }),
  });

async function act(database: EvidenceDatabase, store: RecordStore, i: number, time: string): Promise<void> {
  const client = await database.pool.connect();
  await client.query('begin');
  const committed = await appendAct(store, connectionOf(client), {
    ...{ time, act: 'GRANT', object: `grant/G-${i}`, department: 'authority', person: 'zhou' },
    ...{ concerns: ['tax', 'police'], basis: ['QZ-5.4c'], reason: '“依法”\t履职' },
  });
  await client.query('commit');
  committed();
  client.release();
}
