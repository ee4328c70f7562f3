import { connectToEvidence, MONTHS_LOCK } from '../../store/connect-to-evidence.js';
import { readAnchors, type AnchorsToRead } from '../../anchor/read-anchors.js';
import { knownKeys, type PublicKey } from '../../keys/evidence-keys.js';
import { sizeOf } from '../../archive/archive-folder.js';
import { archiveName } from '../../archive/manifest.js';
import type { Finding } from '../finding.js';
import type { Attestation } from '../attestation.js';
import { join } from 'node:path';
import { LocalDays } from '../../store/local-days.js';
import { CheckedRows } from './checked-rows.js';
import { copyRows } from './copy-rows.js';
import { CountedDays } from './counted-days.js';
import { KnownGraphs } from './known-graphs.js';
import { KnownSets } from './known-sets.js';
import { NO_CHAIN, readMonths, type Month } from './months.js';
import { readChains } from './read-chains.js';

export interface VerifyDatabaseOptions {
  /** The governance database. */
  readonly url: string;
  /** Every public key of the hub, oldest first. */
  readonly keys: readonly PublicKey[];
  /** Leaves out months before and after, YYYY-MM. */
  readonly from?: string;
  readonly to?: string;
  /** Folder of archives; if given, each archive that a manifest names must be there. */
  readonly archives?: string;
  /** Stores of anchored heads. */
  readonly anchors?: Pick<AnchorsToRead, 'folder' | 'anchorFolder' | 'roots'>;
  /** IANA name of the zone in which uses were counted by day; without it the counts are not compared. */
  readonly timeZone?: string;
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
  /** Of each chain that was shipped from a folder the end and some records before, for a comparison with the folder. */
  readonly shipped: ReadonlyMap<string, readonly Attestation[]>;
  /** The first fault of each chain, and of each table that was made from the records; empty when all is as it was written. */
  readonly findings: readonly Finding[];
}

/** Checks evidence in the database, in one pass over the records in the order in which they were stored, also while it is
 *  being written: all is seen as it was at one moment.
 *  @throws HubError DATABASE_UNAVAILABLE
 *  @source share-rules section 5 */
export async function verifyDatabase(options: VerifyDatabaseOptions): Promise<VerifiedDatabase> {
  const { url, keys, from = '', to = '~', archives, anchors, onProgress } = options;
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
    const days =
      options.timeZone === undefined || isPart
        ? undefined
        : new CountedDays(new LocalDays(options.timeZone), firstCountedDay(months));
    const rows = new CheckedRows({ chains, part, sets: await KnownSets.read(client, graphs), days });
    const ledger = await client.query<{ position: string }>('select position from evidence.ledger');
    const newest = Number(ledger.rows[0]?.position ?? 0);
    const total = newest - months.reduce((sum, { manifest }) => sum + (manifest?.records ?? 0), 0);
    for (const month of wanted) {
      if (month.manifest) rows.pass(month.manifest);
      if (!month.partition) continue;
      for await (const chunk of copyRows(client, month.partition)) {
        rows.take(chunk, `evidence.${month.partition}`);
        onProgress?.({ records: rows.records, total: Math.max(total, rows.records) });
      }
    }
    const findings = [...badMonths, ...badHeads, ...rows.end(isPart ? undefined : newest)];
    for (const finding of [await rows.sets.check(client), await graphs.check(client)])
      if (finding) findings.push(finding);
    // Records that are not as they were counted differently, and are named already.
    const miscounted = findings.length === 0 ? await days?.check(client) : undefined;
    if (miscounted) findings.push(miscounted);
    if (archives !== undefined) findings.push(...(await missingArchives(archives, wanted)));
    const shipped = chains.filter(({ home, end }) => home === 'folder' && end.seq > 0);
    return {
      chains: chains.length,
      months: wanted.filter(({ partition }) => partition !== undefined).length,
      archived: namesOf(wanted, 'archive'),
      expired: namesOf(wanted, 'expired'),
      records: rows.good,
      unsigned: rows.unsigned,
      shipped: new Map(
        shipped.map(({ writer, end }) => [writer, [...rows.marksOf(writer), { ...end, source: 'the database' }]]),
      ),
      findings,
    };
  } finally {
    // It has only read; a lost connection is closed already.
    await client.end().catch(() => undefined);
  }
}

/** The day behind the first of the first month that a manifest does not stand for. Records of its first hours may stand in
 *  the month before, because clocks differ. */
function firstCountedDay(months: readonly Month[]): string {
  const archived = months.findLast(({ manifest }) => manifest !== undefined)?.month;
  if (archived === undefined) return '0001-01-01';
  const [year, month] = archived.split('-').map(Number);
  return new Date(Date.UTC(year!, month, 2)).toISOString().slice(0, 10);
}

const NOTHING = { files: new Map(), database: new Map() };

/** Finds archives that are missing or have another size; `checkArchive` reads their content. */
async function missingArchives(folder: string, months: readonly Month[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { manifest } of months) {
    if (manifest?.kind !== 'archive') continue;
    const size = await sizeOf(join(folder, archiveName(manifest.month)));
    if (size === manifest.bytes) continue;
    const [kind, message] =
      size === undefined
        ? (['dropped', 'the archive is gone'] as const)
        : (['altered', 'the archive has another size'] as const);
    findings.push({ kind, writer: NO_CHAIN, file: archiveName(manifest.month), seq: 0, message });
  }
  return findings;
}

const namesOf = (months: readonly Month[], kind: string): string[] =>
  months.filter(({ manifest }) => manifest?.kind === kind).map(({ month }) => month);
