import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type pg from 'pg';
import pino from 'pino';
import { attachFile } from '../../cli/correction/attach-file.js';
import { fetchFile } from '../../cli/correction/fetch-file.js';
import { openGateway } from '../../gateway/index.js';
import { SubjectKeys, subjectKeysFile } from '../../shared/evidence/keys/subject-keys.js';
import { RecordStore } from '../../shared/evidence/store/record-store.js';
import { readCalendar } from '../../shared/law/index.js';
import { identityNumber } from '../../shared/kernel/identity-number.js';
import { openHubSecret } from '../../shared/trust/hub-secret.js';
import { envelopeKeys } from '../../shared/trust/secret-envelope.js';
import { followCorrections, takeFiles } from '../../subgraphs/governance/correction/index.js';
import { findGrantHolders } from '../../subgraphs/governance/grant/index.js';
import { distributeNotices } from '../../subgraphs/governance/reminders/notice/distribute-notices.js';
import { shows } from '../conformance/shows.js';
import { startSystem, type AskOptions, type Loose, type System } from '../support/system.js';
import { openTestPool } from '../support/test-database.js';

let hub: System;
let governance: pg.Pool;
let subjects: SubjectKeys;
let follow: () => Promise<number>;
let person: string;
let other: string;

beforeAll(async () => {
  hub = await startSystem({ EVIDENCE_STORE: 'postgres', SHAREHUB_PROFILE: 'chenzhou', GRANT_LEASE_MS: '20000' }, 20);
  const residents = await hub.rows(
    'population',
    'select id_number from resident where phone is not null order by id_number',
  );
  [person, other] = residents.map(({ id_number }) => id_number as string) as [string, string];
  const { database, host, port, user, password } = hub.governance;
  governance = openTestPool({ database, host, port, user, password, max: 4 });
  subjects = await SubjectKeys.open(subjectKeysFile(hub.folder));
  const keys = envelopeKeys(await openHubSecret(hub.folder, undefined), 'correction-subjects');
  follow = () =>
    followCorrections({
      ...{ pool: governance, store: new RecordStore('Asia/Shanghai'), keys, findGrantHolders, now: Date.now() },
      ...{ timeZone: 'Asia/Shanghai', calendar: readCalendar(), hashesOf: (subject) => subjects.hashesOf(subject) },
    });
}, 120_000);
afterAll(async () => {
  subjects.close();
  await governance.end();
  await hub.stop();
}, 60_000);

const SILENT = pino({ level: 'silent' });
const CONSUMERS: Readonly<Record<string, AskOptions>> = {
  'housing-app': { scenario: 'public-rental-review' },
  'civil-affairs-app': { scenario: 'living-allowance-review' },
  'market-app': { scenario: 'licence-renewal' },
  'human-resources-app': { scenario: 'pension-check' },
  'public-security-app': { person: 'zhao.lei' },
};
const ask = (system: string, query: string, options: AskOptions = CONSUMERS[system]!) =>
  hub.ask(system, query, options);
const phoneOf = (id: string, more = '') => `{ resident(idNumber: "${id}") { idNumber phone } ${more} }`;
const disputedIn = (reply: Loose): Loose[] | undefined => reply.extensions?.disputed;
async function step(system: string, by: string, mutation: string): Promise<Loose> {
  const { data, errors } = await hub.ask(
    system,
    `mutation { made: ${mutation} { correction { id version status identifier proof { item state } told } refusal { code message } } }`,
    { person: by },
  );
  expect([errors, data?.['made'].refusal]).toEqual([undefined, null]);
  return data!['made'].correction;
}
const see = async (system: string, by: string, id: string): Promise<Loose> =>
  (
    await hub.ask(system, `{ correction(id: "${id}") { id version status told confirmed proof { item state } } }`, {
      person: by,
    })
  ).data!['correction'];

/** Runs `sharehub worker` beside something. */
async function whileWorking(wait: () => Promise<void>): Promise<void> {
  const worker = fork(join('dist', 'cli', 'index.js'), ['worker'], {
    env: {
      ...process.env,
      ...{ DATA_DIR: hub.folder, SUPERGRAPH_CONFIG: join(hub.folder, 'supergraph.yaml'), LOG_LEVEL: 'silent' },
      ...{ EVIDENCE_STORE: 'postgres', SHAREHUB_PROFILE: 'chenzhou', NODE_OPTIONS: '' },
      GOVERNANCE_DATABASE_URL: hub.config.GOVERNANCE_DATABASE_URL!,
    },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  try {
    await wait();
  } finally {
    const gone = once(worker, 'exit');
    worker.kill('SIGKILL');
    await gone;
  }
}

describe('a correction', () => {
  let correction: Loose;

  it('raises its flag in the answers that give the item, from its acceptance on, and in no others', async () => {
    for (const system of ['housing-app', 'civil-affairs-app', 'market-app', 'human-resources-app'])
      expect(disputedIn(await ask(system, phoneOf(person)))).toBeUndefined();
    const input = `{ kind: ERROR, subject: { kind: PERSON, identifier: "${person}" }, items: ["Resident.phone"], description: "手机号码已停机" }`;
    correction = await step('housing-app', 'li.na', `reportCorrection(input: ${input})`);
    expect(disputedIn(await ask('housing-app', phoneOf(person)))).toBeUndefined();
    correction = await step(
      'public-security-app',
      'zhao.lei',
      `acceptCorrection(id: "${correction.id}", version: ${correction.version})`,
    );
    expect(correction.identifier).toBe(person);

    // The next answer has it, where the item stands in this answer.
    const flagged = await ask('civil-affairs-app', `{ a: resident(idNumber: "${person}") { tel: phone name } }`);
    const [flag, ...more] = disputedIn(flagged)!;
    expect(more).toEqual([]);
    expect(flag).toEqual({
      path: ['a', 'tel'],
      item: 'Resident.phone',
      since: expect.stringMatching(/^2/),
      stage: 'ACCEPTED',
      notice: expect.stringContaining('照常办理'),
    });
    // It says nothing of who reported, and nothing of whom it is about.
    for (const secret of ['housing', 'li.na', correction.id, person])
      expect(JSON.stringify(flag)).not.toContain(secret);
    // Another gateway, which has heard of it from the database alone, raises it too.
    const second = await openGateway(hub.config, { config: join(hub.folder, 'supergraph.yaml') }, false, SILENT);
    try {
      const response = await fetch(`${second.url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${await hub.token('civil-affairs-app')}`,
          'share-scenario': 'living-allowance-review',
        },
        body: JSON.stringify({ query: `{ a: resident(idNumber: "${person}") { tel: phone name } }` }),
      });
      expect(disputedIn((await response.json()) as Loose)).toEqual([flag]);
    } finally {
      await second.close();
    }
    // Masked values are flagged too; rows of a list by their place.
    expect(disputedIn(await ask('market-app', phoneOf(person)))![0].path).toEqual(['resident', 'phone']);
    const listed = await ask('housing-app', '{ residents(first: 20) { nodes { idNumber phone } } }');
    const row = listed.data!['residents'].nodes.findIndex(({ idNumber }: Loose) => idNumber === person);
    expect(disputedIn(listed)!.map(({ path }) => path)).toEqual([['residents', 'nodes', row, 'phone']]);

    for (const reply of [
      await ask('housing-app', phoneOf(other)),
      await ask('housing-app', `{ resident(idNumber: "${person}") { name } }`),
      // Refused: no grant under this scenario, and a row outside of the grant.
      await ask('tax-app', phoneOf(person), { scenario: 'arrears-recovery' }),
      await ask('housing-app', phoneOf(person), {}),
    ])
      expect(disputedIn(reply)).toBeUndefined();
  });

  it('is told of in a field, for clients that drop extensions', async () => {
    const reply = await ask('housing-app', phoneOf(person, 'marks: disputedItems { at: path item stage notice }'));
    expect(reply.errors).toBeUndefined();
    expect(reply.data!['marks']).toEqual([
      {
        at: ['resident', 'phone'],
        item: 'Resident.phone',
        stage: 'ACCEPTED',
        notice: expect.stringContaining('照常办理'),
      },
    ]);
    expect(reply.data!['resident'].phone).not.toBeNull();
    expect((await ask('housing-app', phoneOf(other, 'disputedItems { item }'))).data!['disputedItems']).toEqual([]);
  });

  it('raises no flag for who is told that there is no such person, because its subject is protected', async () => {
    const protect = async (by: string, mutation: string): Promise<string> => {
      const text = `mutation { made: ${mutation} { protection { id } refusal { code message } } }`;
      const { made } = (await hub.ask('public-security-app', text, { person: by })).data!;
      expect(made.refusal).toBeNull();
      return made.protection.id as string;
    };
    const id = await protect(
      'zhao.lei',
      `proposeProtection(input: { subject: { kind: PERSON, identifier: "${person}" }, reference: "1", reason: "证人保护",
         purposes: [{ department: "civil-affairs", scenario: "living-allowance-review" }], basis: ["刑事诉讼法 第六十四条"], until: "2030-12-31" })`,
    );
    await protect('public-security.head', `confirmProtection(id: "${id}", identifier: "${person}")`);
    const absent = await ask('housing-app', phoneOf(identityNumber('330106', '19700101', 777)));
    const text = (reply: Loose) => JSON.stringify([reply.data, reply.errors, reply.extensions]);
    expect(text(await ask('housing-app', phoneOf(person)))).toBe(text(absent));
    expect(disputedIn(await ask('civil-affairs-app', phoneOf(person)))).toHaveLength(1);
    await protect('zhao.lei', `proposeProtectionEnd(id: "${id}", reason: "案件办结")`);
    await protect('public-security.head', `confirmProtectionEnd(id: "${id}")`);
  });

  it('closes with a decision and with a new read that shows the change (CZ-14c, QZ-7.2f)', async () => {
    shows('CZ-14c', 'QZ-7.2f');
    const { id } = correction;
    const decision = 'decision: { verdict: UPHELD, reason: "运营商证实号码已注销" }';
    // Nobody of the provider has read it yet: the reporter's list is the only other answer that gave it whole.
    correction = await step(
      'public-security-app',
      'zhao.lei',
      `decideCorrection(id: "${id}", version: ${correction.version}, ${decision})`,
    );
    await follow();
    expect(await see('public-security-app', 'zhao.lei', id)).toMatchObject({
      status: 'UPHELD',
      proof: [{ state: 'NOT_READ_AGAIN' }],
    });
    const same = phoneOf(person, 'disputedItems { item }');
    await ask('housing-app', same);
    await follow();
    expect(await see('housing-app', 'li.na', id)).toMatchObject({
      status: 'UPHELD',
      proof: [{ item: 'Resident.phone', state: 'NOT_READ_AGAIN' }],
    });
    await ask('housing-app', phoneOf(person, 'marks: disputedItems { at: path item stage notice }'));
    await follow();
    expect(await see('housing-app', 'li.na', id)).toMatchObject({ status: 'UPHELD', proof: [{ state: 'UNCHANGED' }] });

    await hub.rows('population', `update resident set phone = '13900001111' where id_number = '${person}'`);
    await follow();
    expect((await see('housing-app', 'li.na', id)).status).toBe('UPHELD');
    const reread = await ask('housing-app', phoneOf(person, 'marks: disputedItems { at: path item stage notice }'));
    expect([reread.data!['resident'].phone, reread.data!['marks'][0].stage]).toEqual(['13900001111', 'UPHELD']);
    // A worker that is a process of its own finds the proof.
    await whileWorking(async () => {
      do correction = await see('public-security-app', 'zhao.lei', id);
      while (correction.status === 'UPHELD');
    });
    expect(correction).toMatchObject({ status: 'NOTIFIED', proof: [{ state: 'CHANGED' }] });
    // Digests are compared: no value is in the evidence, nor in the case.
    const { rows } = await governance.query<{ text: string }>(
      `select line as text from evidence.record union all select correction::text from correction`,
    );
    expect(rows.filter(({ text }) => text.includes('13900001111'))).toEqual([]);
  });

  it('is told to every department that had received the item, each alone, which confirms it (CZ-14d)', async () => {
    shows('CZ-14d');
    const { id } = correction;
    const receipts = async (system: string): Promise<Loose[]> => {
      const { data, errors } = await hub.ask(
        system,
        `{ correctionReceipts(correction: "${id}") { nodes { department items verdict uses confirmedAt answers { requestId } } } }`,
      );
      expect(errors).toBeUndefined();
      return data!['correctionReceipts'].nodes;
    };
    // Masked, within a quota or whole; the tax office has only a grant; nobody else is told.
    const all = await receipts('audit-app');
    expect(all.map(({ department, uses }) => [department, uses > 0])).toEqual([
      ['civil-affairs', true],
      ['housing', true],
      ['human-resources', true],
      ['market-supervision', true],
      ['tax', false],
    ]);
    expect(correction.told).toBe(5);
    expect((await see('housing-app', 'li.na', id)).told).toBeNull();
    const [own, ...others] = await receipts('civil-affairs-app');
    expect(others).toEqual([]);
    expect(own).toMatchObject({
      department: 'civil-affairs',
      items: ['Resident.phone'],
      verdict: 'UPHELD',
      confirmedAt: null,
    });
    const { headers } = await ask('civil-affairs-app', phoneOf(other));
    expect(own.answers.map(({ requestId }: Loose) => requestId)).not.toContain(headers.get('x-request-id'));
    expect(own.answers.length).toBe(own.uses);

    await distributeNotices(governance);
    const inbox = await hub.ask('civil-affairs-app', '{ inbox { nodes { kind act object text } } }', {
      person: 'chen.jing',
    });
    const [notice] = inbox.data!['inbox'].nodes;
    expect(notice).toMatchObject({ kind: 'TASK', act: 'TELL_CORRECTION', object: `correction/${id}/civil-affairs` });
    const acts = await hub.ask(
      'civil-affairs-app',
      '{ acts(filter: { act: TELL_CORRECTION }) { nodes { object concerns } } }',
    );
    expect(acts.data!['acts'].nodes).toEqual([
      { object: `correction/${id}/civil-affairs`, concerns: ['civil-affairs'] },
    ]);
    expect(JSON.stringify([notice, acts.data])).not.toMatch(/housing|human-resources|market|li\.na/);

    const confirm = (system: string) =>
      hub.ask(
        system,
        `mutation { confirmCorrectionReceipt(correction: "${id}", note: "已更新本部门记录") { receipt { confirmedAt note } refusal { code } } }`,
      );
    expect((await confirm('public-security-app')).data!['confirmCorrectionReceipt'].refusal.code).toBe(
      'CORRECTION_UNKNOWN',
    );
    expect((await confirm('civil-affairs-app')).data!['confirmCorrectionReceipt'].receipt).toMatchObject({
      note: '已更新本部门记录',
    });
    expect((await see('public-security-app', 'zhao.lei', id)).confirmed).toBe(1);
    await distributeNotices(governance);
    const { rows } = await governance.query('select closed_at from notice where object = $1', [
      `correction/${id}/civil-affairs`,
    ]);
    expect(rows.map(({ closed_at }: Loose) => closed_at === null)).toEqual([false]);
  });

  it('on a record without an identifier of its own is recognised by whom it belongs to', async () => {
    const [insured] = await hub.rows(
      'social-security',
      'select insured_id_number as id_number from pension_insurance order by 1 limit 1',
    );
    const id = insured!['id_number'] as string;
    const [of, stranger] = [id, person === id ? other : person];
    const input = `{ kind: DOUBT, subject: { kind: PERSON, identifier: "${of}" }, items: ["PensionInsurance.monthsPaid"], description: "缴费月数偏少" }`;
    const { id: number, version } = await step('housing-app', 'li.na', `reportCorrection(input: ${input})`);
    await step('human-resources-app', 'guo.wei', `acceptCorrection(id: "${number}", version: ${version})`);
    const months = async (system: string, query: string) =>
      (disputedIn(await ask(system, query)) ?? []).map(({ path }) => path);
    expect(await months('human-resources-app', `{ p: pensionInsurance(idNumber: "${of}") { monthsPaid } }`)).toEqual([
      ['p', 'monthsPaid'],
    ]);
    expect(await months('housing-app', `{ resident(idNumber: "${of}") { pensionInsurance { monthsPaid } } }`)).toEqual([
      ['resident', 'pensionInsurance', 'monthsPaid'],
    ]);
    expect(await months('human-resources-app', `{ pensionInsurance(idNumber: "${stranger}") { monthsPaid } }`)).toEqual(
      [],
    );
  });

  it('lowers its flag when it is closed', async () => {
    expect(disputedIn(await ask('housing-app', phoneOf(person)))![0].stage).toBe('NOTIFIED');
    await step('housing-app', 'li.na', `closeCorrection(id: "${correction.id}", version: ${correction.version})`);
    expect(disputedIn(await ask('housing-app', phoneOf(person)))).toBeUndefined();
    const { rows } = await governance.query('select proof_key from correction where closed_at is not null');
    expect(rows).toEqual([{ proof_key: null }]);
  });
});

describe('an evidence file', () => {
  const PDF = Buffer.from('%PDF-1.7\n运营商销户证明\n%%EOF\n');
  let correction: Loose;
  const announce = async (
    system: string,
    by: string,
    content: Buffer,
    more: Record<string, unknown> = {},
  ): Promise<Loose> => {
    const file = {
      ...{ fileName: '销户证明.pdf', mediaType: 'application/pdf', bytes: content.length },
      ...{ sha256: createHash('sha256').update(content).digest('hex'), ...more },
    };
    const { data } = await hub.ask(
      system,
      `mutation ($file: CorrectionFileInput!) { made: attachToCorrection(correction: "${correction.id}", file: $file) {
         file { id state address } refusal { code } } }`,
      { person: by, variables: { file } },
    );
    return data!['made'];
  };
  const call = async (system: string, by: string, method: string, path: string, headers = {}, body?: Buffer) => {
    const response = await fetch(hub.url + path, {
      method,
      headers: { 'tus-resumable': '1.0.0', authorization: `Bearer ${await hub.token(system, by)}`, ...headers },
      ...(body && { body: new Uint8Array(body) }),
    });
    return { status: response.status, headers: response.headers, content: Buffer.from(await response.arrayBuffer()) };
  };
  const upload = async (id: string, content: Buffer, by = 'li.na') => {
    const metadata = `file ${Buffer.from(id).toString('base64')}`;
    const created = await call('housing-app', by, 'POST', '/correction-files', {
      'upload-length': String(content.length),
      'upload-metadata': metadata,
    });
    if (created.status !== 201) return created.status;
    const part = { 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' };
    return (await call('housing-app', by, 'PATCH', `/correction-files/${id}`, part, content)).status;
  };
  const take = () =>
    takeFiles({ pool: governance, folder: join(hub.folder, 'loads', 'correction-files'), now: Date.now() });
  const download = async (system: string, by: string, { address }: Loose) =>
    (await call(system, by, 'GET', address)).status;

  it('is a PDF or a picture of some megabytes, on a correction that one has a part in', async () => {
    const input = `{ kind: ERROR, subject: { kind: PERSON, identifier: "${other}" }, items: ["Resident.phone"], description: "号码有误" }`;
    correction = await step('housing-app', 'li.na', `reportCorrection(input: ${input})`);
    const codeOf = async (...args: Parameters<typeof announce>) => (await announce(...args)).refusal?.code;
    expect(await codeOf('housing-app', 'li.na', PDF, { mediaType: 'text/html' })).toBe('FILE_UNFIT');
    expect(await codeOf('housing-app', 'li.na', PDF, { bytes: 10_000_001 })).toBe('FILE_UNFIT');
    expect(await codeOf('housing-app', 'li.na', PDF, { sha256: 'x' })).toBe('FILE_UNFIT');
    expect(await codeOf('civil-affairs-app', 'chen.jing', PDF)).toBe('CORRECTION_UNKNOWN');
    expect(await codeOf('public-security-app', 'lin.jun', PDF)).toBe('NOT_ENTITLED');
  });

  it('is handed out once it was looked at, to whoever reported and to the provider’s administrators', async () => {
    const { file } = await announce('housing-app', 'li.na', PDF);
    expect((await announce('housing-app', 'li.na', PDF)).file.id).toBe(file.id);
    expect(await upload(file.id, PDF, 'housing.contact')).toBe(404);
    expect(await upload(file.id, Buffer.from('short'))).toBe(400);
    expect(await upload(file.id, PDF)).toBe(204);
    expect(await download('housing-app', 'li.na', file)).toBe(404);
    expect(await take()).toBe(1);
    const got = await call('public-security-app', 'zhao.lei', 'GET', file.address);
    expect([got.status, got.content.equals(PDF)]).toEqual([200, true]);
    expect([got.headers.get('content-disposition'), got.headers.get('x-content-type-options')]).toEqual([
      `attachment; filename="${file.id}"`,
      'nosniff',
    ]);
    expect(await download('housing-app', 'li.na', file)).toBe(200);
    for (const [system, by] of [
      ['housing-app', 'housing.contact'],
      ['public-security-app', 'lin.jun'],
      ['civil-affairs-app', 'chen.jing'],
      ['data-bureau-console', 'xu.fang'],
      ['audit-app', 'he.shen'],
    ] as const)
      expect([by, await download(system, by, file)]).toEqual([by, 404]);
    const seen = async (system: string, by: string): Promise<Loose[]> =>
      (await hub.ask(system, `{ correction(id: "${correction.id}") { files { id state } } }`, { person: by })).data![
        'correction'
      ].files;
    expect(await seen('public-security-app', 'zhao.lei')).toEqual([{ id: file.id, state: 'STORED' }]);
    expect(await seen('data-bureau-console', 'xu.fang')).toEqual([]);
    // The authority that settles a dispute sees the evidence.
    await governance.query(`update correction set status = 'DISPUTED' where id = $1`, [correction.id]);
    expect(await download('data-bureau-console', 'xu.fang', file)).toBe(200);
  });

  it('that is not what was announced is deleted', async () => {
    const page = Buffer.from('<script>alert(1)</script>');
    const wrong = await announce('housing-app', 'li.na', page);
    expect(await upload(wrong.file.id, page)).toBe(204);
    const other = await announce('housing-app', 'li.na', PDF, { sha256: '0'.repeat(64) });
    expect(await upload(other.file.id, PDF)).toBe(204);
    expect(await take()).toBe(2);
    for (const { file } of [wrong, other]) expect(await download('public-security-app', 'zhao.lei', file)).toBe(404);
    const { rows } = await governance.query(`select state from correction_file where state <> 'STORED'`);
    expect(rows).toEqual([{ state: 'REFUSED' }, { state: 'REFUSED' }]);
    expect(await readdir(join(hub.folder, 'loads', 'correction-files'))).toHaveLength(1);
  });

  it('is attached and fetched by command, and a second run uploads nothing anew', async () => {
    const [file, output] = [join(hub.folder, '证明.png'), join(hub.folder, 'fetched.png')];
    const picture = Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      Buffer.alloc(100, 7),
    ]);
    await writeFile(file, picture);
    const written: string[] = [];
    const out = jest.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    const before = process.env['SHAREHUB_TOKEN'];
    try {
      process.env['SHAREHUB_TOKEN'] = await hub.token('housing-app', 'li.na');
      for (let run = 0; run < 2; run++) await attachFile(file, { to: correction.id, url: hub.url });
      const [id] = written.map((line) => line.trim());
      await expect(fetchFile(id!, { output, url: hub.url })).rejects.toThrow('not looked at');
      await take();
      await fetchFile(id!, { output, url: hub.url });
    } finally {
      out.mockRestore();
      if (before === undefined) delete process.env['SHAREHUB_TOKEN'];
      else process.env['SHAREHUB_TOKEN'] = before;
    }
    expect(new Set(written.slice(0, 2)).size).toBe(1);
    expect((await readFile(output)).equals(picture)).toBe(true);
  });
});
