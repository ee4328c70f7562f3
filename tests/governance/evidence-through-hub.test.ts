import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSystem, type System } from '../support/system.js';
import { shows } from '../conformance/shows.js';

let hub: System;
let folder: string;
let idNumber: string;

beforeAll(async () => {
  hub = await startSystem({ EVIDENCE_STORE: 'postgres' });
  folder = await mkdtemp(join(tmpdir(), 'sharehub-export-'));
  const [resident] = await hub.rows('population', 'select id_number from resident order by id_number limit 1');
  idNumber = resident!['id_number'] as string;
}, 120_000);
afterAll(async () => {
  await hub.stop();
  await rm(folder, { recursive: true, force: true });
});

const review = { scenario: 'public-rental-review' };
const usesOf = async (system: string, filter: object) => {
  const { data, errors } = await hub.ask(
    system,
    `query ($filter: UseFilter) { uses(filter: $filter, first: 100) {
       nodes { department requestId purpose released { coordinate } denied { coordinate } approvals { grant approver } } } }`,
    { variables: { filter } },
  );
  expect(errors).toBeUndefined();
  return data!['uses'].nodes as Record<string, never>[];
};

describe('through the hub', () => {
  it('a provider sees who used its items, for what and who approved; and that it looked is a use itself; YN-33c', async () => {
    shows('YN-33c');
    const asked = await hub.ask(
      'housing-app',
      `{ resident(idNumber: "${idNumber}") { name phone pensionInsurance { status } } }`,
      review,
    );
    const requestId = asked.headers.get('x-request-id');
    const [seen] = await usesOf('public-security-app', { requestId });
    expect(seen).toMatchObject({
      department: 'housing',
      purpose: expect.stringContaining('公共租赁住房'),
      approvals: [{ grant: 'D-0001', approver: 'zhao.lei' }],
    });
    const shown = JSON.stringify(seen);
    expect(shown).toContain('Resident.phone');
    expect(shown).not.toContain('Pension');
    expect(JSON.stringify(await usesOf('human-resources-app', { requestId }))).not.toMatch(/Resident\.(phone|name)/);
    expect(await usesOf('tax-app', { requestId })).toEqual([]);

    const looked = await usesOf('audit-app', { department: 'public-security', item: 'Query.uses' });
    expect(looked).toHaveLength(1);
    expect(JSON.stringify(looked)).toContain('Use.approvals');
  });

  it('a citizen’s inquiry finds every use, and is one that the next inquiry finds (JL-22e)', async () => {
    shows('JL-22e');
    const inquiry = async () => {
      const { data, errors } = await hub.ask(
        'citizen-desk',
        `{ subjectUses(identifier: "${idNumber}") { total withheld nodes { department released } } }`,
      );
      expect(errors).toBeUndefined();
      return data!['subjectUses'] as { total: number; nodes: { department: string; released: string[] }[] };
    };
    const [first, second] = [await inquiry(), await inquiry()];
    expect(first.nodes.map(({ department }) => department)).toEqual(['housing']);
    expect(second.total).toBe(2);
    expect(second.nodes[0]).toMatchObject({
      department: 'citizen-hotline',
      released: expect.arrayContaining(['Query.subjectUses']),
    });
    const refused = await hub.ask('audit-app', `{ subjectUses(identifier: "${idNumber}") { total } }`);
    expect([refused.data?.['subjectUses'], refused.errors?.[0]?.extensions['code']]).toEqual([
      null,
      'OPERATION_DENIED',
    ]);
  });

  it('an act is seen by whom it concerns', async () => {
    await hub.ask(
      'data-bureau-console',
      'mutation { suspendGrant(id: "D-0001", reason: "整改", basis: ["QZ-5.10"]) { grant { id } } }',
    );
    await hub.ask('data-bureau-console', 'mutation { resumeGrant(id: "D-0001") { grant { id } } }', {
      person: 'wang.min',
    });
    const { data } = await hub.ask('housing-app', '{ acts { nodes { act object basis reason department } } }');
    expect(data!['acts'].nodes).toEqual([
      { act: 'RESUME_GRANT', object: 'grant/D-0001', basis: [], reason: null, department: 'data-bureau' },
      {
        act: 'SUSPEND_GRANT',
        object: 'grant/D-0001',
        basis: ['QZ-5.10'],
        reason: '整改',
        department: 'data-bureau',
      },
    ]);
    const { data: course } = await hub.ask('audit-app', '{ timeline(object: "grant/D-0001") { nodes { kind } } }');
    expect(course!['timeline'].nodes.map(({ kind }: { kind: string }) => kind)).toEqual(['ACT', 'ACT', 'USE']);
  });
});

describe('sharehub evidence export', () => {
  const run = (...args: string[]): Promise<{ code: number; out: string; err: string }> =>
    new Promise((done) => {
      const env = { ...process.env, DATA_DIR: hub.folder, OIDC_ISSUER: hub.config.OIDC_ISSUER, PUBLIC_URL: hub.url };
      const command = [resolve('cli/sharehub.js'), 'evidence', 'export', ...args];
      execFile(process.execPath, command, { env }, (error, out, err) =>
        done({ code: error ? Number(error.code) : 0, out, err }),
      );
    });

  it('writes what the system may see, says how many, and leaves nothing beside it', async () => {
    for (let i = 0; i < 3; i++) await hub.ask('tax-app', '{ departments { nodes { code } } }');
    const output = join(folder, 'tax.ndjson');
    const { code, out, err } = await run('--as', 'tax-app', '--format', 'ndjson', '--output', output);
    const lines = (await readFile(output, 'utf8')).trimEnd().split('\n');
    expect([code, out, err]).toEqual([0, `${lines.length} uses in ${output}\n`, '']);
    expect(lines.map((line) => (JSON.parse(line) as { department: string }).department)).toEqual(
      lines.map(() => 'tax'),
    );
    expect(await readdir(folder)).toEqual(['tax.ndjson']);
    const [exported] = await usesOf('audit-app', { department: 'tax', item: 'Query.uses' });
    expect(JSON.stringify(exported)).toContain('Use.requestId');
  }, 60_000);

  it('writes CSV with a header, on wish with the mark for spreadsheets, cut by filters', async () => {
    const output = join(folder, 'audit.csv');
    const flags = ['--department', 'housing', '--item', 'Resident.phone', '--from', '2020-01-01'];
    const { code, out } = await run('--as', 'audit-app', '--bom', '--output', output, ...flags);
    const text = await readFile(output, 'utf8');
    expect([code, out]).toEqual([0, `1 use in ${output}\n`]);
    expect(text).toMatch(/^\uFEFFposition,time,department,.*\r\n\d+,2.*,housing,housing-app,.*\r\n$/);
  }, 60_000);

  it('refuses to write over a file, and says how it is used', async () => {
    const output = join(folder, 'there.csv');
    await writeFile(output, 'mine');
    expect(await run('--as', 'audit-app', '--output', output)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^BAD_USER_INPUT: .*--output/),
    });
    expect(await readFile(output, 'utf8')).toBe('mine');
    expect((await run('--as', 'audit-app')).err).toContain("required option '--output <file>'");
    expect((await run('--as', 'audit-app', '--output', 'x', '--item', 'phone')).err).toContain('Type.field');
  }, 60_000);

  it('leaves no file where the hub refuses', async () => {
    const output = join(folder, 'refused.csv');
    const { code, err } = await run('--as', 'citizen-desk', '--output', output);
    expect([code, err]).toEqual([1, expect.stringMatching(/^OPERATION_DENIED: /)]);
    expect((await readdir(folder)).filter((name) => name.startsWith('refused'))).toEqual([]);
  }, 60_000);
});
