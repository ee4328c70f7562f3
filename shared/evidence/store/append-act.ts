import type { GovernanceAct } from '../governance-act.js';
import { writeLine } from '../record-line.js';
import { placeAfter, type RecordStore } from './record-store.js';
import type { StoreConnection } from './store-connection.js';

/** Records an act of governance at the end of the governance chain, in the transaction that makes the change: both are
 *  there, or neither is. The chain's row is held until that transaction ends, so acts follow one another.
 *  @returns  what to call when the transaction has been committed
 *  @source HZ-9.3e, YN-34a */
export async function appendAct(
  store: RecordStore,
  connection: StoreConnection,
  act: Omit<GovernanceAct, 'kind'>,
): Promise<() => void> {
  const [chain] = await connection.query("select writer from evidence.chain where home = 'governance'");
  const writer = chain!['writer'] as string;
  const { seq, hash } = await store.hold(connection, writer, 'governance');
  const place = placeAfter(writer, { seq, hash });
  const event: GovernanceAct = { kind: 'act', ...act };
  const written = writeLine(place, event);
  const line = { line: written.line.slice(0, -1), record: { ...event, ...place, hash: written.hash } };
  return store.add(connection, { writer, home: 'governance', after: { seq, hash }, lines: [line] });
}
