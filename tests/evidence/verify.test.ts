import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EvidenceLog } from '../../gateway/evidence/evidence-log.js';
import { headsName } from '../../shared/evidence/log/evidence-folder.js';
import { readPublicKeys, rotateSigningKey, type PublicKey } from '../../shared/evidence/keys/evidence-keys.js';
import { verifyEvidence, type Verified } from '../../shared/evidence/verify/verify-evidence.js';
import { record } from './support/record.js';

/** Files of an evidence folder by name, each as its lines. */
type Files = Map<string, string[]>;
let root: string;
let keysFile: string;
let keys: readonly PublicKey[];
/** Two chains: one of 4 records in a segment, ends signed; one of 12 in a single segment, signed only at its end. */
let whole: Files;
let [long, single] = ['', ''];
let copies = 0;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'sharehub-verify-'));
  keysFile = join(root, 'trust', 'keys.json');
  const folder = join(root, 'whole');
  const log = await EvidenceLog.open({ folder, keys: keysFile, segmentBytes: 1_600 });
  const other = await EvidenceLog.open({ folder, keys: keysFile });
  [long, single] = [log.writer, other.writer];
  for (let i = 1; i <= 20; i++) {
    if (i === 10) await rotateSigningKey(keysFile);
    await log.append(record(`long-${i}`));
    if (i <= 12) await other.append(record(`single-${i}`, { purpose: '核定税款' }));
  }
  await log.close();
  await other.close();
  keys = await readPublicKeys(keysFile);
  whole = new Map();
  for (const name of (await readdir(folder)).sort())
    if (name.endsWith('.ndjson'))
      whole.set(name, (await readFile(join(folder, name), 'utf8')).split('\n').slice(0, -1));
});
afterAll(async () => {
  await rm(root, { recursive: true, force: true });
});

const segmentsOf = (files: Files, writer: string) =>
  [...files.keys()].filter((name) => name.startsWith(writer) && name !== headsName(writer));
const bytesOf = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');
const copy = (): Files => new Map([...whole].map(([name, lines]) => [name, [...lines]]));

/** What `verify` says of such files. */
async function verify(files: Map<string, readonly string[] | Buffer>, more = {}): Promise<Verified> {
  const folder = join(root, `copy-${copies++}`);
  await mkdir(folder);
  for (const [name, content] of files)
    await writeFile(join(folder, name), Buffer.isBuffer(content) ? content : bytesOf(content));
  const verified = await verifyEvidence({ folder, keys, ...more });
  await rm(folder, { recursive: true });
  return verified;
}
/** The line as a forger writes it who knows how lines are hashed. */
function rehashed(line: string): string {
  const body = line.slice(0, -54);
  return `${body},"hash":"${hash('sha256', body, 'base64url')}"}`;
}
const change = (line: string) => line.replace('"tax"', '"tex"');

describe('evidence that was tampered with', () => {
  it.each<[string, string, number, (lines: string[], files: Files) => void]>([
    ['altered', 'a value', 5, (lines) => (lines[4] = change(lines[4]!))],
    ['altered', 'a value and its hash', 5, (lines) => (lines[4] = rehashed(change(lines[4]!)))],
    ['dropped', 'a record', 5, (lines) => lines.splice(4, 1)],
    ['dropped', 'the first record', 1, (lines) => lines.shift()],
    ['inserted', 'a record twice', 5, (lines) => lines.splice(7, 0, lines[4]!)],
    ['inserted', 'a later record also here', 9, (lines) => lines.splice(4, 0, lines[8]!)],
    ['inserted', 'text', 5, (lines) => lines.splice(4, 0, 'nothing')],
    ['inserted', 'a forged record before the right one', 5, (lines) => lines.splice(4, 0, rehashed(change(lines[4]!)))],
    [
      'inserted',
      "another chain's record",
      5,
      (lines, files) => lines.splice(4, 0, files.get(segmentsOf(files, long)[1]!)![0]!),
    ],
    ['reordered', 'two neighbours swapped', 5, (lines) => lines.splice(4, 2, lines[5]!, lines[4]!)],
    ['reordered', 'two distant ones swapped', 3, (lines) => ([lines[2], lines[9]] = [lines[9]!, lines[2]!])],
    ['truncated', 'the end cut off', 11, (lines) => lines.splice(10)],
    ['truncated', 'all records cut off', 1, (lines) => lines.splice(0)],
    ['truncated', 'the file gone', 1, (_, files) => files.delete(segmentsOf(files, single)[0]!)],
  ])('is named: %s, %s', async (kind, _, seq, tamper) => {
    const files = copy();
    tamper(files.get(segmentsOf(files, single)[0]!)!, files);
    expect((await verify(files)).findings).toMatchObject([{ kind, writer: single, seq }]);
  });

  it('is named when a whole chain was written anew, up to a signed head', async () => {
    const files = copy();
    const lines = files.get(segmentsOf(files, single)[0]!)!;
    let prev = '';
    lines.forEach((line, i) => {
      lines[i] = rehashed((i === 6 ? change(line) : line).replace(/"prev":"[^"]*"/, `"prev":"${prev}"`));
      prev = lines[i].slice(-45, -2);
    });
    expect((await verify(files)).findings).toMatchObject([{ kind: 'altered', writer: single, seq: 1, until: 12 }]);
  });

  it('is named when segments are gone, in the middle or at the end, or changed names', async () => {
    const names = segmentsOf(whole, long);
    expect(names.length).toBeGreaterThan(4);
    const firstOf = (name: string) => Number(/"seq":(\d+)/.exec(whole.get(name)![0]!)![1]);
    const middle = copy();
    middle.delete(names[2]!);
    expect((await verify(middle)).findings).toMatchObject([{ kind: 'dropped', seq: firstOf(names[2]!) }]);
    const end = copy();
    end.delete(names.at(-1)!);
    expect((await verify(end)).findings).toMatchObject([{ kind: 'truncated', seq: firstOf(names.at(-1)!), until: 20 }]);
    const swapped = copy();
    swapped.set(names[1]!, whole.get(names[2]!)!).set(names[2]!, whole.get(names[1]!)!);
    expect((await verify(swapped)).findings).toMatchObject([{ kind: 'reordered', seq: firstOf(names[1]!) }]);
  });

  it('is named when heads were tampered with', async () => {
    const name = headsName(long);
    const heads = whole.get(name)!;
    const cases: [string, string[]][] = [
      ['altered', heads.map((line, i) => (i === 1 ? line.replace(/"seq":\d/, '"seq":9') : line))],
      ['dropped', heads.filter((_, i) => i !== 1)],
      ['inserted', [...heads.slice(0, 2), ...heads.slice(1)]],
      ['altered', ['{}', ...heads]],
      ['dropped', []],
    ];
    for (const [kind, lines] of cases) {
      const { findings } = await verify(copy().set(name, lines));
      expect(findings).toMatchObject([{ kind, writer: long, file: name }]);
    }
    expect((await verify(copy(), { keys: keys.slice(0, 1) })).findings[0]!.message).toContain(
      'not among the known keys',
    );
    expect((await verify(copy(), { keys: [...keys].reverse() })).findings[0]!.message).toContain('out of use by then');
  });

  it('is always found, and named by chain and place, whatever was done where', async () => {
    const line = fc.nat();
    const edit = fc.record({
      kind: fc.constantFrom('flip', 'value', 'forge', 'drop', 'copy', 'swap', 'cut'),
      writer: fc.boolean(),
      line,
      to: line,
      byte: fc.nat(),
      bits: fc.integer({ min: 1, max: 255 }),
    });
    await fc.assert(
      fc.asyncProperty(edit, async ({ kind, writer: first, line, to, byte, bits }) => {
        const writer = first ? long : single;
        const names = segmentsOf(whole, writer);
        const places = names.flatMap((name) => whole.get(name)!.map((_, i) => ({ name, i })));
        const at = line % places.length;
        const { name, i } = places[at]!;
        const files = copy() as Map<string, string[] | Buffer>;
        const lines = files.get(name) as string[];
        let kinds = ['altered'];
        let seqs: [number, number] = [at + 1, at + 1];
        if (kind === 'flip') {
          const bytes = Buffer.from(bytesOf(lines));
          const before = Buffer.byteLength(bytesOf(lines.slice(0, i)));
          const where = before + (byte % Buffer.byteLength(bytesOf([lines[i]!])));
          bytes[where]! ^= bits;
          files.set(name, bytes);
        } else if (kind === 'value') lines[i] = change(lines[i]!);
        else if (kind === 'forge') lines[i] = rehashed(change(lines[i]!));
        else if (kind === 'drop') {
          lines.splice(i, 1);
          kinds = at === places.length - 1 ? ['truncated'] : ['dropped'];
        } else if (kind === 'copy') {
          const target = places[to % places.length]!;
          (files.get(target.name) as string[]).splice(target.i, 0, lines[i]!);
          kinds = ['inserted'];
        } else if (kind === 'swap') {
          const target = places[to % places.length]!;
          fc.pre(to % places.length !== at);
          const others = files.get(target.name) as string[];
          [lines[i], others[target.i]] = [others[target.i]!, lines[i]!];
          kinds = ['reordered'];
          seqs = [Math.min(at, to % places.length) + 1, Math.min(at, to % places.length) + 1];
        } else {
          const bytes = Buffer.from(bytesOf(lines));
          const before = Buffer.byteLength(bytesOf(lines.slice(0, i)));
          const cut = byte % Buffer.byteLength(bytesOf([lines[i]!]).slice(0, -1));
          files.set(name, bytes.subarray(0, before + cut));
          kinds = ['truncated', 'dropped'];
        }
        const { findings } = await verify(files);
        expect(findings).toHaveLength(1);
        const [found] = findings;
        expect(found!.writer).toBe(writer);
        expect(kinds).toContain(found!.kind);
        // A rewritten record that a head covers with others is named with them.
        expect(found!.seq).toBeLessThanOrEqual(seqs[1]);
        expect(found!.until ?? found!.seq).toBeGreaterThanOrEqual(seqs[0]);
      }),
      { numRuns: 200 },
    );
  }, 60_000);
});

describe('evidence that nobody touched', () => {
  it('is whole, also when only a part is asked for, while it is written, and with what a crash has left', async () => {
    const names = segmentsOf(whole, long);
    const sound = { findings: [], unsigned: 0, unfinished: [] };
    expect(await verify(copy())).toMatchObject({ ...sound, chains: 2, records: 32 });
    const begun = names.map((name) => Number(name.slice(29, -7)));
    const later = await verify(copy(), { from: begun.at(-1)! + 1 });
    expect(later).toMatchObject(sound);
    expect(later.records).toBeLessThan(32);
    expect(await verify(copy(), { to: begun[0]! - 4_000_000 })).toMatchObject({ ...sound, records: 0 });

    const bytes = Buffer.concat([Buffer.from(bytesOf(whole.get(names.at(-1)!)!)), Buffer.from('{"writer":"')]);
    const torn = new Map<string, string[] | Buffer>(copy()).set(names.at(-1)!, bytes);
    expect(await verify(torn)).toMatchObject({ ...sound, unfinished: [long] });
    const unsigned = copy();
    unsigned.get(headsName(single))!.pop();
    expect(await verify(unsigned)).toMatchObject({ ...sound, unsigned: 12 });
  });

  it('is whole when a gateway closes meanwhile and removes the segment in which it wrote nothing', async () => {
    const files = copy();
    const empty = [long, single].map((writer) => `${writer}-${'9'.repeat(15)}-9999999999999.ndjson`);
    for (const name of empty) files.set(name, []);
    const onProgress = () => {
      for (const name of empty) rmSync(join(root, `copy-${copies - 1}`, name), { force: true });
    };
    expect(await verify(files, { onProgress })).toMatchObject({ findings: [], records: 32 });
  });

  it('is told apart from a folder that holds none', async () => {
    await expect(verifyEvidence({ folder: join(root, 'none'), keys })).rejects.toThrow('There is no evidence in');
  });

  it('tells how far the check is', async () => {
    const seen: number[] = [];
    await verify(copy(), { onProgress: ({ records }: { records: number }) => void seen.push(records) });
    expect(seen.at(-1)).toBe(32);
  });
});
