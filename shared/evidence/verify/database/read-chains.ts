import type { ClientBase } from 'pg';
import type { KnownKeys } from '../../keys/evidence-keys.js';
import type { ChainEnd } from '../../store/record-store.js';
import { checkHeadLines } from '../check-heads.js';
import type { Finding } from '../finding.js';
import { sortAttestations, type Attestation } from '../attestation.js';

export interface StoredChain {
  readonly writer: string;
  readonly home: 'folder' | 'database' | 'governance';
  readonly end: ChainEnd;
  /** Signed heads and anchors, in the order of their records. */
  readonly attestations: readonly Attestation[];
}
/** Anchored heads of chains, by writer. */
export interface AnchoredChains {
  readonly files: ReadonlyMap<string, readonly Attestation[]>;
  readonly database: ReadonlyMap<string, readonly Attestation[]>;
}

/** Every chain that the database has, with who vouches for what of it. */
export async function readChains(
  client: ClientBase,
  keys: KnownKeys,
  anchored: AnchoredChains,
): Promise<{ readonly chains: readonly StoredChain[]; readonly findings: readonly Finding[] }> {
  const { rows } = await client.query<{ writer: string; home: StoredChain['home']; seq: string; hash: string }>(
    'select writer, home, seq, hash from evidence.chain order by writer',
  );
  const [chains, findings]: [StoredChain[], Finding[]] = [[], []];
  for (const { writer, home, seq, hash } of rows) {
    const end = { seq: Number(seq), hash };
    const { heads, finding } = await checkHeadLines(headsOf(client, writer), { file: 'evidence.head', writer, keys });
    if (finding) findings.push(finding);
    const signed = heads.map(({ seq, hash }): Attestation => ({ seq, hash, source: 'a signed head' }));
    // Anchored records of a chain in files may not have been shipped yet.
    const also =
      home === 'folder'
        ? (anchored.files.get(writer) ?? []).filter(({ seq }) => seq <= end.seq)
        : (anchored.database.get(writer) ?? []);
    chains.push({ writer, home, end, attestations: sortAttestations([...signed, ...also]) });
  }
  return { chains, findings };
}

async function* headsOf(client: ClientBase, writer: string): AsyncGenerator<Buffer> {
  for (let after = 0; ;) {
    const { rows } = await client.query<{ number: number; line: string }>(
      'select number, line from evidence.head where writer = $1 and number > $2 order by number limit 5000',
      [writer, after],
    );
    for (const { line } of rows) yield Buffer.from(line);
    if (rows.length === 0) return;
    after = rows.at(-1)!.number;
  }
}
