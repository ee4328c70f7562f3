import type pg from 'pg';
import type { EvidenceEvent } from '../../../shared/evidence/evidence-event.js';
import { writeLine } from '../../../shared/evidence/record-line.js';
import { nextChainPosition, RecordStore, type StoredLine } from '../../../shared/evidence/store/record-store.js';
import { connectionOf } from '../../../shared/evidence/store/store-connection.js';

const WRITER = 'abcdef012345';

/** Stores evidence as a gateway does that commits straight to the database. */
export async function storeEvidence(pool: pg.Pool, events: readonly EvidenceEvent[]): Promise<void> {
  const store = new RecordStore('Asia/Shanghai');
  const client = await pool.connect();
  try {
    await client.query('begin');
    const connection = connectionOf(client);
    const after = await store.hold(connection, WRITER, 'database');
    let end = after;
    const lines = events.map((event): StoredLine => {
      const place = nextChainPosition(WRITER, end);
      const { line, hash } = writeLine(place, event);
      end = { ...end, seq: place.seq, hash };
      return { line: line.slice(0, -1), record: { ...event, ...place, hash } };
    });
    await store.add(connection, { writer: WRITER, home: 'database', after, lines });
    await client.query('commit');
  } finally {
    client.release();
  }
}
