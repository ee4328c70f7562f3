import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { writeLine } from '../../shared/evidence/record-line.js';
import { RecordLineScanner, type MemberName } from '../../shared/evidence/verify/database/record-line-scanner.js';
import { record } from './support/record.js';

const text = fc.string({
  unit: fc.constantFrom('a', '"', '}', ']', '{', '[', ':', ',', '\\', '名', 'code', '":"', '}]'),
});
const simple = fc.string({ unit: fc.constantFrom('a', 'B', '.', '-', '名', ':', ' ', '}', ']') });
const recordOf = (part: fc.Arbitrary<string>) =>
  fc
    .record(
      {
        department: part,
        person: part,
        scenario: part,
        purpose: part,
        code: part,
        released: fc.array(part, { maxLength: 3 }),
        denied: fc.array(fc.record({ coordinate: part, code: part }), { maxLength: 2 }),
        approvals: fc.array(fc.record({ grant: part, approver: part, basis: fc.array(part, { maxLength: 2 }) }), {
          maxLength: 2,
        }),
        subjects: fc.array(part, { maxLength: 2 }),
        rows: fc.dictionary(part, fc.nat(), { maxKeys: 2 }),
        graphVersion: part,
      },
      { requiredKeys: [] },
    )
    .map((more) => writeLine({ writer: 'a'.repeat(12), seq: 1, prev: '' }, record('r', more)).line.slice(0, -1));
const NAMES: readonly MemberName[] = [
  ...(['kind', 'time', 'requestId', 'department', 'system', 'person', 'scenario', 'mode', 'outcome', 'code'] as const),
  ...(['released', 'denied', 'internal', 'subjects', 'graphVersion'] as const),
];

/** What a scan found, as JSON says it; undefined when it gave up. */
function scanned(line: string): Record<string, unknown> | undefined {
  const members = new RecordLineScanner();
  const bytes = Buffer.from(`before${line}`).toString('latin1');
  if (!members.scan(bytes, 6)) return undefined;
  const found = NAMES.flatMap((name) => {
    const raw = Buffer.from(members.raw(name), 'latin1').toString();
    return members.has(name) ? [[name, JSON.parse(raw) as unknown]] : [];
  });
  return Object.fromEntries(found) as Record<string, unknown>;
}
const parsed = (line: string) =>
  Object.fromEntries(Object.entries(JSON.parse(line) as object).filter(([name]) => NAMES.includes(name as MemberName)));

it('finds in a line what parsing finds, or gives up', () => {
  fc.assert(
    fc.property(recordOf(text), (line) => {
      const found = scanned(line);
      if (found) expect(found).toEqual(parsed(line));
    }),
    { numRuns: 3_000 },
  );
});

it('does not give up on lines as nearly all are', () => {
  fc.assert(
    fc.property(recordOf(simple.map((part) => part.replace(/[}\]]/g, ''))), (line) => {
      expect(scanned(line)).toEqual(parsed(line));
    }),
    { numRuns: 500 },
  );
});
