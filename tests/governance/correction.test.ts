import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { identityNumber } from '../../shared/kernel/identity-number.js';
import { RecordStore } from '../../shared/evidence/store/record-store.js';
import { readCalendar, readProfile } from '../../shared/law/index.js';
import { announceDeadlines } from '../../subgraphs/governance/reminders/job/announce-deadlines.js';
import { DEADLINE_SOURCES } from '../../subgraphs/governance/reminders/job/sources.js';
import { distributeNotices } from '../../subgraphs/governance/reminders/notice/distribute-notices.js';
import { shows } from '../conformance/shows.js';
import type { Loose } from '../support/system.js';
import {
  CorrectionsUnderTest,
  type CorrectionVoices,
  hashesUnder,
  LI,
  useOf,
  WANG,
} from './support/corrections-under-test.js';
import { storeEvidence } from './support/store-evidence.js';

const DAY = 86_400_000;
let corrections: CorrectionsUnderTest;
let quanzhou: CorrectionVoices;
let chenzhou: CorrectionVoices;
beforeAll(async () => {
  corrections = await CorrectionsUnderTest.open();
  quanzhou = corrections.under('quanzhou');
  chenzhou = corrections.under('chenzhou');
  await storeEvidence(corrections.pool, [useOf('c1', 'tax', LI), useOf('c2', 'human-resources', LI)]);
}, 60_000);
afterAll(() => corrections.close());

/** Each test reports on a person of its own, unless it says otherwise. */
let persons = 0;
const person = () => ({ subject: { kind: 'PERSON', identifier: identityNumber('110101', '19800101', ++persons) } });
const codeOf = ({ refusal }: Loose): string | undefined => refusal?.code;
const accepted = async (law: CorrectionVoices, more: Record<string, unknown> = person()): Promise<Loose> => {
  let correction = await law.reported('housing', more);
  if (correction.status === 'REPORTED')
    correction = await law.made('operator', 'dispatchCorrection', correction, 'analysis: "属公安数据"');
  return law.made('police', 'acceptCorrection', correction);
};
const inbox = async (law: CorrectionVoices, who: Parameters<CorrectionVoices['ask']>[0], object: string) => {
  await distributeNotices(corrections.pool);
  const { inbox } = await law.ask(who, '{ inbox(first: 50) { nodes { kind act object text dueOn closedAt } } }');
  return inbox.nodes.filter((notice: Loose) => notice.object === object);
};
const actsOn = async (id: string): Promise<Loose[]> =>
  (
    await corrections.rows(`select line from evidence.record where kind = 'act' and object = $1 order by position`, [
      `correction/${id}`,
    ])
  ).map(({ line }) => JSON.parse(line));

describe('a report', () => {
  it('names one subject, its items, and briefly what is wrong (QZ-7.1b)', async () => {
    shows('QZ-7.1b');
    const unfit: [Record<string, unknown>, string][] = [
      [{ description: ' ' }, 'CORRECTION_MALFORMED'],
      [{ description: '长'.repeat(501) }, 'CORRECTION_MALFORMED'],
      [{ items: [] }, 'CORRECTION_MALFORMED'],
      [{ items: ['Resident.phone', 'Resident.phone'] }, 'CORRECTION_MALFORMED'],
      [{ items: ['Resident.phone', 'PensionInsurance.monthsPaid'] }, 'CORRECTION_MALFORMED'],
      [{ subject: { kind: 'PERSON', identifier: '110105194912310021' } }, 'CORRECTION_MALFORMED'],
      [{ foundAt: new Date(corrections.now + DAY).toISOString() }, 'CORRECTION_MALFORMED'],
      [{ items: ['Resident.nothing'] }, 'ITEM_UNKNOWN'],
    ];
    for (const [more, code] of unfit) expect(codeOf(await quanzhou.report('housing', more))).toBe(code);
  });

  it('is refused on what one was neither given nor has a grant of, alike for every person', async () => {
    const items = ['Resident.workplace'];
    const of = (identifier: string) => ({ items, subject: { kind: 'PERSON', identifier } });
    const [known, unknown] = [await chenzhou.report('housing', of(LI)), await chenzhou.report('housing', of(WANG))];
    expect(codeOf(known)).toBe('NOT_RECEIVED');
    expect(known).toEqual(unknown);
    expect(codeOf(await chenzhou.report('tax', of(WANG)))).toBe('NOT_RECEIVED');
    expect((await chenzhou.reported('tax', of(LI))).status).toBe('DISPATCHED');
    // Two departments report the same, and neither learns of the other.
    expect((await chenzhou.reported('social', of(LI))).status).toBe('DISPATCHED');
  });

  it('may be of an item that is shared with everybody, and is refused a second time while it is open', async () => {
    const same = { ...person(), items: ['Resident.name'] };
    const { id } = await chenzhou.reported('tax', same);
    const again = await chenzhou.report('tax', same);
    expect([codeOf(again), again.refusal.message]).toEqual(['CORRECTION_KNOWN', expect.stringContaining(id)]);
    const withdrawn = await chenzhou.made('tax', 'withdrawCorrection', await chenzhou.see('tax', id), 'reason: "误报"');
    expect(withdrawn.status).toBe('WITHDRAWN');
    expect((await chenzhou.reported('tax', same)).id).not.toBe(id);
  });

  it('is of a doubt or of an error (CZ-14a), and a system may report it (QZ-7.1a)', async () => {
    shows('CZ-14a', 'QZ-7.1a');
    const { kind, status } = await chenzhou.reported('housingSystem', { ...person(), kind: 'DOUBT' });
    expect([kind, status]).toEqual(['DOUBT', 'DISPATCHED']);
  });

  it('of a difference from the own record waits for a look at that first, and the provider sees nothing of it', async () => {
    const found = await chenzhou.reported('housing', { ...person(), kind: 'MISMATCH' });
    expect([found.status, found.waitsFor]).toEqual(['FOUND', ['housing']]);
    expect(await chenzhou.see('police', found.id)).toBeNull();
    expect(
      codeOf(await chenzhou.report('desk', { ...person(), kind: 'MISMATCH', identityCheck: '身份证原件核验' })),
    ).toBe('CORRECTION_MALFORMED');
    const right = 'finding: OWN_RIGHT, reason: "已核对申请材料"';
    const fedBack = await chenzhou.made('housing', 'feedBackMismatch', found, right);
    expect([fedBack.status, fedBack.waitsFor]).toEqual(['DISPATCHED', ['public-security']]);
    expect(codeOf(await chenzhou.step('housing', 'feedBackMismatch', fedBack, right))).toBe('OUT_OF_ORDER');
    const other = await chenzhou.reported('housing', { ...person(), kind: 'MISMATCH' });
    const closed = await chenzhou.made(
      'housing',
      'feedBackMismatch',
      other,
      'finding: OWN_WRONG, reason: "本部门录入有误,已更正"',
    );
    expect(closed.status).toBe('CLOSED');
    expect((await actsOn(other.id)).flatMap(({ concerns }) => concerns)).toEqual([]);
  });

  it('goes straight to the provider in Chenzhou, with its age (CZ-14b)', async () => {
    shows('CZ-14b');
    const { id, waitsFor, meanwhile } = await chenzhou.reported('housing', person());
    expect(waitsFor).toEqual(['public-security']);
    expect(meanwhile).toContain('照常办理');
    const [task] = await inbox(chenzhou, 'police', `correction/${id}`);
    expect([task.kind, task.act]).toEqual(['TASK', 'REPORT_CORRECTION']);
    corrections.now += DAY;
    expect((await chenzhou.see('police', id)).time).toMatchObject({ due: null, ageInWorkingDays: 1 });
    corrections.now -= DAY;
  });

  it('at a desk is for the person concerned, who was identified, by a clerk', async () => {
    const own = { ...person(), items: ['Resident.workplace'] };
    const identityCheck = '身份证原件核验';
    expect(codeOf(await chenzhou.report('desk', own))).toBe('CORRECTION_MALFORMED');
    expect(codeOf(await chenzhou.report('deskSystem', { ...own, identityCheck }))).toBe('OFFICER_REQUIRED');
    const organisation = { kind: 'ORGANISATION', identifier: '91350100M000100Y43' };
    expect(codeOf(await chenzhou.report('desk', { ...own, identityCheck, subject: organisation }))).toBe(
      'CORRECTION_MALFORMED',
    );
    const correction = await chenzhou.reported('desk', { ...own, identityCheck });
    expect(correction).toMatchObject({ onBehalf: true, identityCheck, waitsFor: ['public-security'] });
    await expect(chenzhou.report('secrecy', own)).rejects.toThrow();
  });
});

describe('the subject of a correction', () => {
  it('is seen by whoever reported and by the provider’s administrators, and by nobody else', async () => {
    const subject = person();
    const { identifier } = subject.subject;
    const { id, identifier: own } = await chenzhou.reported('housing', subject);
    expect(own).toBe(identifier);
    expect((await chenzhou.see('police', id)).identifier).toBe(identifier);
    for (const who of [
      'housingColleague',
      'housingSystem',
      'policeOfficer',
      'authority',
      'operator',
      'auditor',
      'housingAtPolice',
    ] as const)
      expect([who, (await chenzhou.see(who, id)).identifier]).toEqual([who, null]);
    for (const who of ['tax', 'social', 'desk'] as const) expect(await chenzhou.see(who, id)).toBeNull();
    expect(await chenzhou.list('tax')).not.toContain(id);
    // Neither the table nor the evidence has it in plain.
    const [row] = await corrections.rows('select correction::text as text from correction where id = $1', [id]);
    expect(row!['text']).not.toContain(identifier);
    expect(JSON.stringify(await actsOn(id))).not.toContain(identifier);
  });
});

describe('the steps in Quanzhou', () => {
  it('begin with the operator’s analysis (QZ-7.2a) and its dispatch to the provider (QZ-7.2b)', async () => {
    shows('QZ-7.2a', 'QZ-7.2b');
    const reported = await quanzhou.reported('housing', person());
    expect([reported.status, reported.waitsFor]).toEqual(['REPORTED', ['*operator']]);
    expect(await quanzhou.see('police', reported.id)).toBeNull();
    expect(await quanzhou.list('operator', 'waiting: true')).toContain(reported.id);
    expect((await inbox(quanzhou, 'operator', `correction/${reported.id}`))[0]).toMatchObject({ kind: 'TASK' });
    const blank = await quanzhou.step('operator', 'dispatchCorrection', reported, 'analysis: " "');
    expect(blank.refusal).toMatchObject({ code: 'REASON_MISSING', clause: expect.stringContaining('QZ-7.2a') });
    await expect(quanzhou.step('housing', 'dispatchCorrection', reported, 'analysis: "自行分发"')).rejects.toThrow();
    expect(codeOf(await quanzhou.step('police', 'acceptCorrection', reported))).toBe('CORRECTION_UNKNOWN');
    const dispatched = await quanzhou.made(
      'operator',
      'dispatchCorrection',
      reported,
      'analysis: "号码格式正确,请核实"',
    );
    expect(dispatched).toMatchObject({
      status: 'DISPATCHED',
      waitsFor: ['public-security'],
      analysis: '号码格式正确,请核实',
    });
    expect(Date.parse(dispatched.dispatchedAt)).toBe(corrections.now);
    const [task] = await inbox(quanzhou, 'police', `correction/${reported.id}`);
    expect(task).toMatchObject({ kind: 'TASK', act: 'DISPATCH_CORRECTION', dueOn: '2026-03-09' });
    const [done] = (await inbox(quanzhou, 'operator', `correction/${reported.id}`)).filter(
      ({ kind }: Loose) => kind === 'TASK',
    );
    expect(done.closedAt).not.toBeNull();
  });

  it('give the provider five working days from the dispatch to decide (QZ-7.2c), of which the authority is told (QZ-7.2d)', async () => {
    shows('QZ-7.2c', 'QZ-7.2d', 'QZ-3.6b');
    const start = corrections.now;
    const correction = await accepted(quanzhou);
    expect(correction.time).toMatchObject({
      due: '2026-03-09',
      workingDaysLeft: 5,
      overdue: false,
      clauses: expect.arrayContaining(['QZ-7.2c']),
    });
    corrections.now = Date.parse('2026-03-09T23:59:00+08:00');
    expect(await quanzhou.list('authority', 'overdue: true')).not.toContain(correction.id);
    corrections.now = Date.parse('2026-03-10T00:00:01+08:00');
    expect(await quanzhou.list('authority', 'overdue: true')).toContain(correction.id);
    const clock = { now: corrections.now, calendar: readCalendar(), timeZone: 'Asia/Shanghai' };
    const options = {
      ...clock,
      pool: corrections.pool,
      store: new RecordStore('Asia/Shanghai'),
      profile: readProfile('quanzhou'),
      sources: DEADLINE_SOURCES,
    };
    await announceDeadlines(options);
    await announceDeadlines(options);
    const late = (await actsOn(correction.id)).filter(({ act }) => act === 'ESCALATE');
    expect(late.map(({ terms }) => terms.owners)).toEqual([['public-security']]);
    const { correction: decided } = await quanzhou.decide(
      'police',
      correction,
      'verdict: REJECTED, reason: "经核实号码无误"',
    );
    expect(decided).toMatchObject({
      status: 'REJECTED',
      verdict: 'REJECTED',
      corrected: [],
      reason: '经核实号码无误',
      waitsFor: ['housing'],
    });
    const [told] = await inbox(quanzhou, 'bureau', `correction/${correction.id}`);
    expect([told.act, told.text]).toEqual(['DECIDE_CORRECTION', expect.stringContaining('QZ-7.2d')]);
    corrections.now = start;
  });

  it('give it ten working days from the decision to correct at the source (QZ-7.2e), and close on the proof alone', async () => {
    shows('QZ-7.2e');
    const correction = await accepted(quanzhou, { ...person(), items: ['Resident.phone', 'Resident.name'] });
    const reason = 'reason: "号码录入有误"';
    for (const [decision, code] of [
      ['verdict: UPHELD, reason: ""', 'REASON_MISSING'],
      [`verdict: UPHELD, items: ["Resident.phone"], ${reason}`, 'CORRECTION_MALFORMED'],
      [`verdict: PARTLY, ${reason}`, 'CORRECTION_MALFORMED'],
      [`verdict: PARTLY, items: ["Resident.workplace"], ${reason}`, 'ITEM_UNKNOWN'],
    ] as const)
      expect(codeOf(await quanzhou.decide('police', correction, decision))).toBe(code);
    const { correction: decided } = await quanzhou.decide(
      'police',
      correction,
      `verdict: PARTLY, items: ["Resident.phone"], ${reason}`,
    );
    expect(decided).toMatchObject({ status: 'UPHELD', verdict: 'PARTLY', corrected: ['Resident.phone'] });
    expect(decided.time).toMatchObject({ due: '2026-03-16', clauses: expect.arrayContaining(['QZ-7.2e']) });
    for (const who of ['housing', 'housingColleague'] as const)
      expect(codeOf(await quanzhou.step(who, 'closeCorrection', decided))).toBe('NOT_PROVEN');
    expect(codeOf(await quanzhou.step('housing', 'withdrawCorrection', decided, 'reason: "不需要了"'))).toBe(
      'OUT_OF_ORDER',
    );
  });
});

describe('the order of the steps', () => {
  it('is kept, and a step on an older version changes nothing', async () => {
    const correction = await chenzhou.reported('housing', person());
    const decision = 'verdict: UPHELD, reason: "确有错误"';
    expect(codeOf(await chenzhou.decide('police', correction, decision))).toBe('OUT_OF_ORDER');
    expect(codeOf(await chenzhou.step('housing', 'objectToCorrection', correction, 'reason: "等太久"'))).toBe(
      'OUT_OF_ORDER',
    );
    const taken = await chenzhou.made('police', 'acceptCorrection', correction);
    expect(codeOf(await chenzhou.step('police', 'acceptCorrection', taken))).toBe('OUT_OF_ORDER');
    expect(codeOf(await chenzhou.decide('police', correction, decision))).toBe('STALE_VERSION');
    const { correction: decided } = await chenzhou.decide('police', taken, decision);
    expect(codeOf(await chenzhou.decide('police', decided, decision))).toBe('OUT_OF_ORDER');
    const [row] = await corrections.rows('select version, status from correction where id = $1', [correction.id]);
    expect(row).toEqual({ version: 3, status: 'UPHELD' });
  });

  it('has each step in the hands of its side', async () => {
    const correction = await chenzhou.reported('housing', person());
    for (const who of ['housing', 'policeOfficer', 'operator', 'authority'] as const)
      await expect(chenzhou.step(who, 'acceptCorrection', correction)).rejects.toThrow();
    expect(codeOf(await chenzhou.step('social', 'acceptCorrection', correction))).toBe('CORRECTION_UNKNOWN');
    const taken = await chenzhou.made('police', 'acceptCorrection', correction);
    const { correction: rejected } = await chenzhou.decide('police', taken, 'verdict: REJECTED, reason: "无误"');
    expect(codeOf(await chenzhou.step('police', 'objectToCorrection', rejected, 'reason: "x"'))).toBe('NOT_ENTITLED');
    expect(codeOf(await chenzhou.step('police', 'closeCorrection', rejected))).toBe('NOT_ENTITLED');
  });
});

describe('a person', () => {
  it('who has reported decides nothing in the case, also after moving to the provider', async () => {
    const correction = await chenzhou.reported('housing', person());
    await corrections.rows(`update officer set department = 'public-security' where subject = 'li.na'`);
    await corrections.rows(
      `update appointment set until_at = now() where department = 'public-security' and post = 'DESIGNATED_PERSON'`,
    );
    await corrections.rows(
      `insert into appointment (id, officer, department, post) values ('T-moved', 'li.na', 'public-security', 'DESIGNATED_PERSON')`,
    );
    expect(codeOf(await chenzhou.step('housingAtPolice', 'acceptCorrection', correction))).toBe('SAME_PERSON');
    const taken = await chenzhou.made('police', 'acceptCorrection', correction);
    expect(codeOf(await chenzhou.decide('housingAtPolice', taken, 'verdict: REJECTED, reason: "无误"'))).toBe(
      'SAME_PERSON',
    );
    await corrections.rows(`delete from appointment where id = 'T-moved'`);
    await corrections.rows(`update officer set department = 'housing' where subject = 'li.na'`);
  });
});

describe('a result that nobody objects to', () => {
  it('closes the case after ten working days, and not on a date that may still move', async () => {
    const reject = async () =>
      (await quanzhou.decide('police', await accepted(quanzhou), 'verdict: REJECTED, reason: "无误"')).correction;
    const start = corrections.now;
    const [early, late] = [await reject(), await reject()];
    await corrections.rows(
      `update correction set state = jsonb_set(state, '{since}', to_jsonb($2::float8)) where id = $1`,
      [late.id, Date.parse('2026-12-28T10:00:00+08:00')],
    );
    corrections.now = Date.parse('2026-03-16T23:00:00+08:00');
    await corrections.follow();
    expect((await quanzhou.see('housing', early.id)).status).toBe('REJECTED');
    corrections.now = Date.parse('2026-03-17T00:00:00+08:00');
    await corrections.follow();
    expect(await quanzhou.see('housing', early.id)).toMatchObject({ status: 'CLOSED', waitsFor: [] });
    expect((await actsOn(early.id)).at(-1)).toMatchObject({
      act: 'CLOSE_CORRECTION',
      concerns: ['housing', 'public-security'],
    });
    corrections.now = Date.parse('2027-03-01T00:00:00+08:00');
    await corrections.follow();
    expect((await quanzhou.see('housing', late.id)).status).toBe('REJECTED');
    corrections.now = start;
  });
});

describe('the hashes of a subject', () => {
  it('are made anew when its keys have changed, so that the flag outlives the key of before', async () => {
    const { id } = await accepted(chenzhou);
    const keysOf = async () => {
      const [row] = await corrections.rows('select hashes from correction where id = $1', [id]);
      return row!['hashes'].map(({ key }: Loose) => key);
    };
    const versionOf = async () => (await corrections.rows('select disputes from read_model'))[0]!['disputes'];
    const before = await versionOf();
    await corrections.follow();
    expect([await keysOf(), await versionOf()]).toEqual([['new', 'old'], before]);
    await corrections.follow(hashesUnder('newer', 'new'));
    expect(await keysOf()).toEqual(['newer', 'new']);
    expect(await versionOf()).not.toBe(before);
    await corrections.follow();
  });
});

describe('a dispute', () => {
  it('goes to the authority, and neither department closes it alone', async () => {
    const correction = await accepted(chenzhou);
    const { correction: rejected } = await chenzhou.decide('police', correction, 'verdict: REJECTED, reason: "无误"');
    expect(codeOf(await chenzhou.step('housing', 'objectToCorrection', rejected, 'reason: " "'))).toBe(
      'REASON_MISSING',
    );
    const disputed = await chenzhou.made('housing', 'objectToCorrection', rejected, 'reason: "本人持运营商证明"');
    expect([disputed.status, disputed.waitsFor]).toEqual(['DISPUTED', ['*authority']]);
    expect((await inbox(chenzhou, 'authority', `correction/${correction.id}`))[0]).toMatchObject({ kind: 'TASK' });
    for (const who of ['housing', 'police'] as const) {
      const { refusal } = await chenzhou.step(who, 'closeCorrection', disputed);
      expect(['OUT_OF_ORDER', 'NOT_ENTITLED']).toContain(refusal.code);
    }
    expect(codeOf(await chenzhou.decide('police', disputed, 'verdict: UPHELD, reason: "改"'))).toBe('OUT_OF_ORDER');
    expect(codeOf(await chenzhou.step('housing', 'withdrawCorrection', disputed, 'reason: "算了"'))).toBe(
      'OUT_OF_ORDER',
    );
    const settle = (reference: string) =>
      chenzhou.step(
        'authority',
        'coordinateCorrection',
        disputed,
        `reference: "${reference}", decision: { verdict: UPHELD, reason: "证明有效" }`,
      );
    expect((await settle('')).refusal).toMatchObject({ code: 'REFERENCE_MISSING' });
    const { correction: settled } = await settle('电政办函〔2026〕3号');
    expect(settled).toMatchObject({
      status: 'UPHELD',
      verdict: 'UPHELD',
      coordination: '电政办函〔2026〕3号',
      objection: '本人持运营商证明',
    });
  });

  it('is settled once: what the authority has rejected is final', async () => {
    const correction = await accepted(chenzhou);
    const { correction: rejected } = await chenzhou.decide('police', correction, 'verdict: REJECTED, reason: "无误"');
    const disputed = await chenzhou.made('housing', 'objectToCorrection', rejected, 'reason: "不同意"');
    const settled = await chenzhou.made(
      'authority',
      'coordinateCorrection',
      disputed,
      'reference: "函1", decision: { verdict: REJECTED, reason: "无误" }',
    );
    expect(codeOf(await chenzhou.step('housing', 'objectToCorrection', settled, 'reason: "仍不同意"'))).toBe('FINAL');
    // The departments that use the item are told first, those with a grant of it too.
    expect(codeOf(await chenzhou.step('housing', 'closeCorrection', settled))).toBe('OUT_OF_ORDER');
    await corrections.follow();
    const told = await corrections.rows(
      'select department, verdict, uses from correction_receipt where correction = $1 order by 1',
      [settled.id],
    );
    expect(told).toContainEqual({ department: 'tax', verdict: 'REJECTED', uses: 0 });
    expect(told.map(({ department }) => department)).not.toContain('public-security');
    const closed = await chenzhou.made('housing', 'closeCorrection', await chenzhou.see('housing', settled.id));
    expect([closed.status, closed.waitsFor]).toEqual(['CLOSED', []]);
    await expect(
      corrections.rows(`update correction set status = 'FOUND', closed_at = null where id = $1`, [closed.id]),
    ).rejects.toThrow('never changed');
  });
});
