import { randomBytes } from 'node:crypto';
import { signDatabaseHeads } from '../../../worker/evidence/sign-database-heads.js';
import type { EvidenceEvent } from '../../../shared/evidence/evidence-event.js';
import { writeLine } from '../../../shared/evidence/record-line.js';
import { appendAct } from '../../../shared/evidence/store/append-act.js';
import { nextChainPosition, RecordStore, type ChainEnd } from '../../../shared/evidence/store/record-store.js';
import { connectionOf } from '../../../shared/evidence/store/store-connection.js';
import type { EvidenceDatabase } from './evidence-database.js';
import { record } from './record.js';

/** Months one after the other, YYYY-MM. */
export const monthsFrom = (year: number, count: number): string[] =>
  Array.from({ length: count }, (_, i) => new Date(Date.UTC(year, i)).toISOString().slice(0, 7));

/** Fills a database with records of three chains and the governance chain, month by month, and signs the chains' ends.
 *  @returns  records written */
export async function writeMonths(
  database: EvidenceDatabase,
  months: readonly string[],
  asked: { readonly perChain: number; readonly keys: string },
): Promise<number> {
  const store = new RecordStore('Asia/Shanghai');
  const ends = new Map<string, ChainEnd>(
    Array.from({ length: 3 }, () => [randomBytes(6).toString('hex'), { seq: 0, hash: '' }]),
  );
  const client = await database.pool.connect();
  const connection = connectionOf(client);
  let written = 0;
  for (const [m, month] of months.entries()) {
    for (const [writer, after] of ends) {
      let end = after;
      const lines = Array.from({ length: asked.perChain }, (_, i) => {
        const event = eventAt(month, i, asked.perChain, m % 12 === 0 && i === 0 ? `g${m}` : undefined);
        const chainPosition = nextChainPosition(writer, end);
        const { line, hash } = writeLine(chainPosition, event);
        end = { seq: chainPosition.seq, hash };
        return { line: line.slice(0, -1), record: { ...event, ...chainPosition, hash } };
      });
      await client.query('begin');
      const committed = await store.add(connection, { writer, home: 'database', after, lines });
      await client.query('commit');
      committed();
      ends.set(writer, end);
      written += lines.length;
    }
    await client.query('begin');
    const committed = await appendAct(store, connection, {
      ...{ time: `${month}-28T08:00:00.000Z`, act: 'GRANT', object: `grant/${month}` },
      ...{ concerns: ['tax'], basis: ['QZ-5.4c'] },
    });
    await client.query('commit');
    committed();
    written++;
    if (m % 5 === 4) await signDatabaseHeads(database.pool, asked.keys);
  }
  client.release();
  await signDatabaseHeads(database.pool, asked.keys);
  return written;
}

function eventAt(month: string, i: number, count: number, graph: string | undefined): EvidenceEvent {
  const day = String(1 + Math.floor((i / count) * 28)).padStart(2, '0');
  const time = `${month}-${day}T08:00:00.000Z`;
  const items = [
    { provider: 'police', resource: 'R1', shareType: 'CONDITIONAL', coordinates: ['Resident.name'] },
  ] as const;
  return graph !== undefined
    ? { kind: 'graph', time, version: graph, items }
    : record(`${month}-${i}`, {
        ...{ time, department: `d${i % 7}`, scenario: i % 2 ? 'review' : undefined, graphVersion: 'g0' },
        released: i % 3 ? ['Resident.name'] : ['Resident.name', 'Resident.phone'],
        subjects: i % 4 ? [] : [randomBytes(16).toString('base64url')],
      });
}
