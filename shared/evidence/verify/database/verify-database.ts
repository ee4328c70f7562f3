import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { connectToEvidence, MONTHS_LOCK } from '../../store/connect-to-evidence.js';
import { readAnchors, type AnchorsToRead } from '../../anchor/read-anchors.js';
import { knownKeys, type PublicKey } from '../../evidence-keys.js';
import type { Finding } from '../finding.js';
import { ROW_COLUMNS } from './copied-row.js';
import { CheckedRows } from './checked-rows.js';
import { KnownGraphs } from './known-graphs.js';
import { KnownSets } from './known-sets.js';
import { readMonths, type Month } from './months.js';
import { readChains } from './read-chains.js';

export interface VerifyDatabaseOptions {
  /** The governance database. */
  readonly url: string;
  /** Every public key of the hub, oldest first. */
  readonly keys: readonly PublicKey[];
  /** Leaves out months before and after, YYYY-MM. */
  readonly from?: string;
  readonly to?: string;
  /** Where heads were anchored. */
  readonly anchors?: Pick<AnchorsToRead, 'folder' | 'anchorFolder' | 'roots'>;
  readonly onProgress?: (progress: { readonly records: number; readonly total: number }) => void;
}
export interface VerifiedDatabase {
  readonly chains: number;
  /** Months that were read, and those for which a signed manifest stands: of an archive, and of what was deleted by rule. */
  readonly months: number;
  readonly archived: readonly string[];
  readonly expired: readonly string[];
  readonly records: number;
  /** Records that no signed head covers yet. */
  readonly unsigned: number;
  /** How far each chain of a folder has come into the database, for a comparison with the folder. */
  readonly shipped: ReadonlyMap<string, { readonly seq: number; readonly hash: string }>;
  /** The first fault of each chain, and of each table that was made from the records; empty when all is as it was written. */
  readonly findings: readonly Finding[];
}

/** Checks evidence in the database, in one pass over the records in the order in which they were stored, also while it is
 *  being written: all is seen as it was at one moment.
 *  @throws HubError DATABASE_UNAVAILABLE
 *  @source share-rules section 5 */
export async function verifyDatabase(options: VerifyDatabaseOptions): Promise<VerifiedDatabase> {
  const { url, keys, from = '', to = '~', anchors, onProgress } = options;
  const known = knownKeys(keys);
  // Before the records: what an anchor vouches for is in the database by then.
  const anchored = anchors ? await readAnchors({ ...anchors, keys: known, isKnown: () => false }) : NOTHING;
  const client = await connectToEvidence(url);
  try {
    // Months are not archived meanwhile. The lock comes first, so that the moment is behind it.
    await client.query('select pg_advisory_lock_shared($1)', [MONTHS_LOCK]);
    await client.query('begin isolation level repeatable read read only');
    const { months, findings: badMonths } = await readMonths(client, known);
    const { chains, findings: badHeads } = await readChains(client, known, anchored);
    const wanted = months.filter(({ month }) => month >= from && month <= to);
    const part = { first: wanted[0] !== months[0], last: wanted.at(-1) !== months.at(-1) };
    const isPart = part.first || part.last;
    const graphs = await KnownGraphs.read(
      client,
      months.flatMap(({ manifest }) => manifest?.graphs ?? []),
    );
    const rows = new CheckedRows({ chains, part, sets: await KnownSets.read(client, graphs) });
    const ledger = await client.query<{ position: string }>('select position from evidence.ledger');
    const newest = Number(ledger.rows[0]?.position ?? 0);
    const total = newest - months.reduce((sum, { manifest }) => sum + (manifest?.records ?? 0), 0);
    for (const month of wanted) {
      if (month.manifest) rows.pass(month.manifest);
      if (!month.partition) continue;
      for await (const chunk of client.query(copyTo(sqlOf(month)))) {
        rows.take(chunk as Buffer, month.partition);
        onProgress?.({ records: rows.records, total: Math.max(total, rows.records) });
      }
    }
    const findings = [...badMonths, ...badHeads, ...rows.end(isPart ? undefined : newest)];
    for (const finding of [await rows.sets.check(client), await graphs.check(client)])
      if (finding) findings.push(finding);
    return {
      chains: chains.length,
      months: wanted.filter(({ partition }) => partition !== undefined).length,
      archived: namesOf(wanted, 'archive'),
      expired: namesOf(wanted, 'expired'),
      records: rows.good,
      unsigned: rows.unsigned,
      shipped: new Map(chains.filter(({ home }) => home === 'folder').map(({ writer, end }) => [writer, end])),
      findings,
    };
  } finally {
    await client.end().catch(() => undefined);
  }
}

const NOTHING = { files: new Map(), database: new Map() };

/** In the order of the partition's own index, which is that of the positions. */
const sqlOf = ({ partition }: Month): string =>
  `copy (select ${ROW_COLUMNS.join(', ')} from ${pg.escapeIdentifier(partition!.split('.')[0]!)}.${pg.escapeIdentifier(partition!.split('.')[1]!)}
          order by month, position) to stdout (format binary)`;

const namesOf = (months: readonly Month[], kind: string): string[] =>
  months.filter(({ manifest }) => manifest?.kind === kind).map(({ month }) => month);
