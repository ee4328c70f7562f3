import type pg from 'pg';
import type { GovernanceAct } from '../../../shared/evidence/governance-act.js';
import { appendAct } from '../../../shared/evidence/store/append-act.js';
import { RecordStore } from '../../../shared/evidence/store/record-store.js';
import { connectionOf } from '../../../shared/evidence/store/store-connection.js';

const store = new RecordStore('Asia/Shanghai');

/** Records an act of governance as whoever decides does. */
export async function recordAct(
  pool: pg.Pool,
  act: Partial<GovernanceAct> & Pick<GovernanceAct, 'act'>,
): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const whole = { time: new Date().toISOString(), object: 'grant/G-000001', concerns: [], basis: [], ...act };
    (await appendAct(store, connectionOf(client), whole))();
    await client.query('commit');
  } finally {
    client.release();
  }
}
