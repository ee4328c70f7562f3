import type { GovernanceAct } from '../governance-act.js';
import { writeLine } from '../record-line.js';
import { nextChainPosition, type ChainEnd, type RecordStore, type StoredLine } from './record-store.js';
import { run, statements } from './statements.js';
import type { StoreConnection } from './store-connection.js';

/** The chain of governance, held until the transaction ends: meanwhile nobody decides anything. */
export interface HeldActs {
  readonly writer: string;
  readonly end: ChainEnd;
}

export async function holdActs(store: RecordStore, connection: StoreConnection): Promise<HeldActs> {
  const [row] = await run(
    connection.query,
    statements.selectFrom('evidence.chain').select('writer').where('home', '=', 'governance').orderBy('writer'),
  );
  const { writer } = row!;
  return { writer, end: await store.hold(connection, writer, 'governance') };
}

/** Records acts behind the chain that is held, in its transaction.
 *  @returns  what to call when the transaction has been committed */
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
    const chainPosition = nextChainPosition(writer, after);
    const event: GovernanceAct = { kind: 'act', ...act };
    const { line, hash } = writeLine(chainPosition, event);
    lines.push({ record: { ...event, ...chainPosition, hash }, line: line.slice(0, -1) });
    after = { seq: chainPosition.seq, hash };
  }
  return store.add(connection, { writer, home: 'governance', after: end, lines });
}

/** Records an act of governance at the end of the governance chain, in the transaction that makes the change: both are
 *  there, or neither is. The chain's row is held until that transaction ends, so acts follow one another.
 *  @returns  what to call when the transaction has been committed
 *  @source HZ-9.3e, YN-34a */
export async function appendAct(
  store: RecordStore,
  connection: StoreConnection,
  act: Omit<GovernanceAct, 'kind'>,
): Promise<() => void> {
  return recordActs(store, connection, await holdActs(store, connection), [act]);
}
