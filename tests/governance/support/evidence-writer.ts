import type pg from 'pg';
import type { AccessRecord } from '../../../shared/evidence/access-record.js';
import type { EvidenceEvent } from '../../../shared/evidence/evidence-event.js';
import { writeLine } from '../../../shared/evidence/record-line.js';
import { nextChainPosition, RecordStore } from '../../../shared/evidence/store/record-store.js';
import { connectionOf } from '../../../shared/evidence/store/store-connection.js';
import { connectClient } from '../../../shared/database/connect-client.js';
import { record } from '../../evidence/support/record.js';

/** A writer of evidence that needs no gateway: what it writes is in the database when it resolves. */
export class EvidenceWriter {
  private readonly store = new RecordStore('Asia/Shanghai');

  constructor(
    private readonly pool: pg.Pool,
    private readonly writer = '0123456789ab',
  ) {}

  async write(events: readonly EvidenceEvent[]): Promise<void> {
    const client = await connectClient(this.pool);
    let failure: Error | undefined;
    try {
      await client.query('begin');
      const connection = connectionOf(client);
      const after = await this.store.hold(connection, this.writer, 'database');
      let end: { seq: number; hash: string } = after;
      const lines = events.map((event) => {
        const place = nextChainPosition(this.writer, end);
        const { line, hash } = writeLine(place, event);
        end = { seq: place.seq, hash };
        return { line: line.slice(0, -1), record: { ...event, ...place, hash } };
      });
      const committed = await this.store.add(connection, { writer: this.writer, home: 'database', after, lines });
      await client.query('commit');
      committed();
    } catch (error) {
      failure = error as Error;
      throw error;
    } finally {
      // A connection that failed is not used again.
      client.release(failure);
    }
  }
}

export const GRAPH: EvidenceEvent = {
  kind: 'graph',
  time: '2026-01-05T08:00:00.000Z',
  version: 'g1',
  items: [
    { provider: 'public-security', resource: 'R1', shareType: 'CONDITIONAL', coordinates: ['Resident.phone'] },
    { provider: 'public-security', resource: 'R1', shareType: 'NOT_SHARED', coordinates: ['Resident.annualIncome'] },
    { provider: 'human-resources', resource: 'R2', shareType: 'CONDITIONAL', coordinates: ['PensionInsurance.status'] },
  ],
};

/** A use of both providers' items by the housing department. */
export const useOfBoth = (requestId: string, more: Partial<AccessRecord> = {}): AccessRecord =>
  record(requestId, {
    graphVersion: 'g1',
    department: 'housing',
    system: 'housing-app',
    scenario: 'public-rental-review',
    purpose: '公租房资格审核',
    approvals: [{ grant: 'D-0001', approver: 'zhao.lei', basis: ['公共租赁住房管理办法 第七条'] }],
    released: ['Resident.phone', 'PensionInsurance.status'],
    denied: [{ coordinate: 'Resident.annualIncome', code: 'NOT_SHARED' }],
    subjects: ['c3ViamVjdC1oYXNoLQ'],
    subjectCount: 1,
    rows: { Resident: 1, PensionInsurance: 1 },
    ...more,
  });

/** A use of the human resources department's items alone. */
export const useOfPensions = (requestId: string): AccessRecord =>
  useOfBoth(requestId, { released: ['PensionInsurance.status'], denied: [], rows: { PensionInsurance: 1 } });
