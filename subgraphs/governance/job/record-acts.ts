import type { GovernanceAct } from '../../../shared/evidence/governance-act.js';
import { writeLine } from '../../../shared/evidence/record-line.js';
import {
  placeAfter,
  type ChainEnd,
  type RecordStore,
  type StoredLine,
} from '../../../shared/evidence/store/record-store.js';
import type { StoreConnection } from '../../../shared/evidence/store/store-connection.js';

/** The chain of governance, held until the transaction ends: meanwhile nobody decides anything. */
export interface HeldActs {
  readonly writer: string;
  readonly end: ChainEnd;
}

export async function holdActs(store: RecordStore, connection: StoreConnection): Promise<HeldActs> {
  const [row] = await connection.query(`select writer from evidence.chain where home = 'governance' order by writer`);
  const writer = String(row!['writer']);
  return { writer, end: await store.hold(connection, writer, 'governance') };
}

/** Records several acts behind the chain that is held, in its transaction.
 *  @returns what to call when the transaction has been committed */
export async function recordActs(
  store: RecordStore,
  connection: StoreConnection,
  { writer, end }: HeldActs,
  acts: readonly Omit<GovernanceAct, 'kind'>[],
): Promise<() => void> {
  if (acts.length === 0) return () => undefined;
  const lines: StoredLine[] = [];
  let after = end;
  for (const act of acts) {
    const place = placeAfter(writer, after);
    const event: GovernanceAct = { kind: 'act', ...act };
    const { line, hash } = writeLine(place, event);
    lines.push({ record: { ...event, ...place, hash }, line: line.slice(0, -1) });
    after = { seq: place.seq, hash };
  }
  return store.add(connection, { writer, home: 'governance', after: end, lines });
}
