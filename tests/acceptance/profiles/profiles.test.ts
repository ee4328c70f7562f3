import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Loose } from '../../support/system.js';
import { Hall } from './hall.js';
import { shows, showsPartOf } from '../../conformance/shows.js';

let hall: Hall;
beforeAll(async () => {
  hall = await Hall.open('2026-02-09T10:00');
}, 60_000);
afterAll(() => hall.close(), 60_000);

const NOTHING = { phone: 'GRANT_REQUIRED', registeredAddress: 'GRANT_REQUIRED' };
const PHONE = { phone: 'given', registeredAddress: 'GRANT_REQUIRED' };

/** A grant is stopped by one of its parties with effect on the next query, goes on when that party resumes it, and is over
 *  on its day. */
async function ends(grant: string, by: 'police' | 'authority' | 'housing', day: string): Promise<void> {
  expect((await hall.stop(by, 'suspendGrant', grant)).refusal).toBeNull();
  expect(await hall.sees()).toEqual({ ...PHONE, phone: 'GRANT_SUSPENDED' });
  expect((await hall.stop(by, 'resumeGrant', grant)).refusal).toBeNull();
  expect(await hall.sees()).toEqual(PHONE);
  hall.setClock(`${day}T00:00`);
  expect(await hall.sees()).toEqual({ ...PHONE, phone: 'GRANT_EXPIRED' });
}
const until = (day: string) => ({ until: new Date(`${day}T00:00:00+08:00`).toISOString() });

describe('Hangzhou', () => {
  beforeAll(() => hall.under('hangzhou', '2026-02-09T10:00'));
  let grant: string;

  it('gives 非受限 items without a reviewer and withholds 受限 ones before an application (HZ-8.4a, HZ-8.4b)', async () => {
    shows('HZ-8.4a', 'HZ-8.4b');
    const { data, errors } = await hall.look();
    expect(data!['residents'].nodes[0]).toMatchObject({ name: expect.any(String), phone: null });
    expect(errors!.map(({ extensions }) => extensions['code'])).toEqual(['GRANT_REQUIRED', 'GRANT_REQUIRED']);
  });

  it('reviews by provider and then secrecy reviewer in five working days, a Saturday among them (HZ-8.5b, HZ-8.5d, HZ-8.5e)', async () => {
    shows('HZ-8.5b', 'HZ-8.5d', 'HZ-8.5e');
    showsPartOf('HZ-8.5c');
    const lacking = await hall.start(await hall.form({ duty: undefined }));
    expect(lacking.findings).toEqual([{ code: 'DUTY_MISSING', part: 'duty', clauses: ['HZ-8.5b', 'HZ-3.4a'] }]);
    const review = await hall.apply(until('2026-02-25'));
    // 10 to 14 February; Saturday the 14th is worked for the festival.
    expect(review.time).toMatchObject({ due: '2026-02-14', provisional: false, workingDaysLeft: 5 });
    expect((await hall.agree('secrecy', review)).refusal).toMatchObject({ code: 'OUT_OF_ORDER', clause: 'HZ-8.5b' });
    hall.setClock('2026-02-14T23:59');
    expect(await hall.overdue()).not.toContain(review.id); // HZ-8.5e
    hall.setClock('2026-02-15T00:00');
    expect(await hall.overdue()).toContain(review.id); // HZ-8.5e
    expect(await hall.sees()).toEqual(NOTHING);
    // HZ-8.5c: the provider fixes what is given and how; here a part of what was asked.
    const open = await hall.decide('police', review, { verdict: 'AGREE', dutyNeed: true });
    expect(open.refusal).toMatchObject({ code: 'SCOPE_NOT_FIXED', clause: 'HZ-8.5c' });
    const { review: reviewed, grant: none } = await hall.agree('police', review, ['Resident.phone']);
    expect([reviewed.waitsFor, none]).toEqual([['*secrecy-reviewer'], null]);
    expect(await hall.sees()).toEqual(NOTHING); // HZ-8.5d: not before the second review
    const decided = await hall.decide('secrecy', reviewed, { verdict: 'AGREE' });
    expect(decided.review).toMatchObject({ status: 'AGREED', partial: true });
    ({ id: grant } = decided.grant);
  });

  it('opens access to what was agreed, and to nothing more, with the next query (HZ-8.5c, HZ-8.5f, HZ-3.4b)', async () => {
    shows('HZ-8.5f', 'HZ-3.4b');
    showsPartOf('HZ-8.5c');
    expect(await hall.sees()).toEqual(PHONE);
    await ends(grant, 'police', '2026-02-25');
  });

  it('refuses with a reason, of either reviewer, and has the authority coordinate (HZ-8.5g, HZ-8.5h)', async () => {
    shows('HZ-8.5g', 'HZ-8.5h');
    const review = await hall.apply();
    expect((await hall.refuse('police', review, ' ')).refusal).toMatchObject({
      code: 'REASON_MISSING',
      clause: 'HZ-8.5g',
    });
    const { review: open } = await hall.agree('police', review);
    const { review: refused } = await hall.refuse('secrecy', open, '涉及敏感信息');
    expect(refused).toMatchObject({ status: 'REFUSED', refusalReason: '涉及敏感信息' }); // HZ-8.5g
    const { review: contested } = await hall.dispute('housing', 'objectToRefusal', refused, 'reason: "确需使用"');
    expect([contested.status, contested.waitsFor, contested.clauses]).toEqual([
      'COORDINATION',
      ['*authority'],
      ['HZ-8.5h'],
    ]);
    const settle = 'agreed: true, reference: "杭数协〔2026〕1号"';
    await expect(hall.dispute('police', 'coordinateApplication', contested, settle)).rejects.toThrow(
      'not for the role',
    );
    const { grant: given } = await hall.dispute('authority', 'coordinateApplication', contested, settle);
    expect(given.coordination).toBe('杭数协〔2026〕1号');
    expect(await hall.sees()).toEqual({ phone: 'given', registeredAddress: 'given' });
    await hall.stop('housing', 'revokeGrant', given.id);
    expect((await hall.sees())['registeredAddress']).not.toBe('given');
  });
});

describe('Quanzhou', () => {
  beforeAll(() => hall.under('quanzhou', '2026-02-13T10:00'));
  let grant: string;

  it('reviews by the authority jointly with the provider; the age is shown and nothing is overdue (QZ-2.2c, QZ-5.4b, QZ-5.4c)', async () => {
    shows('QZ-2.2c', 'QZ-2.2d', 'QZ-5.4b', 'QZ-5.4c');
    expect(await hall.sees()).toEqual(NOTHING); // QZ-2.2g: what other purposes were granted does not count
    const review = await hall.apply(until('2026-03-10'));
    expect(review.waitsFor.toSorted()).toEqual(['*authority', 'public-security']); // QZ-5.4c
    expect(await hall.tasks('authority')).toContain(review.id); // QZ-5.4b
    // The text gives no limit. Saturday 14 February is worked, then comes the festival until the 23rd.
    hall.setClock('2026-02-24T10:00');
    const { time } = await hall.review(review.id);
    expect(time).toMatchObject({ due: null, workingDaysLeft: null, overdue: false, ageInWorkingDays: 2 });
    expect(await hall.overdue()).not.toContain(review.id);
    expect((await hall.agree('authority', review)).refusal).toMatchObject({
      code: 'CONSENT_MISSING',
      clause: 'QZ-5.4c, QZ-2.2c',
    });
    const { review: consented } = await hall.decide('police', review, { verdict: 'AGREE' });
    expect(await hall.sees()).toEqual(NOTHING); // QZ-5.4c: the provider's consent alone gives nothing
    const bare = await hall.decide('authority', consented, { verdict: 'AGREE' });
    expect(bare.refusal).toMatchObject({ code: 'SCOPE_NOT_FIXED', clause: 'QZ-2.2d' });
    // QZ-2.2f: the authority gives no more than is needed.
    const decided = await hall.agree('authority', consented, ['Resident.phone']);
    expect(decided.review).toMatchObject({ status: 'AGREED', partial: true });
    ({ id: grant } = decided.grant);
  });

  it('gives what was decided for the scenario of the application and no other (QZ-2.2f, QZ-2.2g)', async () => {
    shows('QZ-2.2f', 'QZ-2.2g');
    expect(await hall.sees()).toEqual(PHONE);
    const other = await hall.look('talent-housing');
    expect(other.data!['residents'].nodes[0].phone).toBeNull();
  });

  it('lets the authority suspend a service with effect on the next query (QZ-5.10)', async () => {
    shows('QZ-5.10');
    await ends(grant, 'authority', '2026-03-10');
    await hall.stop('authority', 'suspendGrant', grant);
    const reasons = await hall.rows(`select suspension as told from share_grant where id = $1`, [grant]);
    expect(reasons[0].told).toContain('核查用途'); // QZ-5.10
  });

  it('refuses by the authority, of whose decision the text has no further step', async () => {
    shows('QZ-2.2c');
    const review = await hall.apply();
    const { review: declined } = await hall.refuse('police', review, '与职能无关');
    expect(declined.status).toBe('REVIEW'); // QZ-2.2c: the authority decides
    const { review: refused } = await hall.refuse('authority', declined, '提供单位不同意');
    expect(refused).toMatchObject({ status: 'REFUSED', refusalReason: '提供单位不同意' });
    const { refusal } = await hall.dispute('housing', 'objectToRefusal', refused, 'reason: "确需使用"');
    expect(refusal.code).toBe('FINAL');
  });

  it('opens what is not shared to verification and statistics, never as a value (QZ-5.4d, QZ-5.4f)', async () => {
    shows('QZ-2.4b');
    showsPartOf('QZ-5.4d', 'QZ-5.4f');
    const value = await hall.start(await hall.form({ coordinates: ['Resident.annualIncome'] }));
    expect(value.findings).toEqual([{ code: 'MODE_CLOSED', part: 'mode', clauses: ['QZ-5.4d'] }]);
    const review = await hall.apply({ coordinates: ['Resident.annualIncome'], mode: 'VERIFY' });
    expect(review.waitsFor.toSorted()).toEqual(['*authority', 'public-security']);
    const { review: consented } = await hall.decide('police', review, { verdict: 'AGREE' });
    const terms = { mode: 'VERIFY', coordinates: ['Resident.annualIncome'] };
    const { review: decided } = await hall.decide('authority', consented, { verdict: 'AGREE', terms });
    expect(decided.status).toBe('AGREED');
    // QZ-2.4b: the grant is of another mode, and gives no value.
    expect(await hall.item('annualIncome')).toEqual({ value: null, code: 'NOT_SHARED' });
  });
});

describe('Chenzhou', () => {
  beforeAll(() => hall.under('chenzhou', '2026-02-12T23:59'));
  let refused: Loose;

  it('answers in five working days over the festival and its two Saturdays (CZ-11d)', async () => {
    shows('CZ-11d', 'CZ-11f', 'CZ-5.2a');
    expect(await hall.sees()).toEqual(NOTHING);
    const lacking = await hall.start(await hall.form({ need: undefined, use: undefined }));
    expect(lacking.findings.map(({ part, clauses }: Loose) => [part, ...clauses])).toEqual([
      ['need', 'CZ-5.2a'],
      ['use', 'CZ-5.2a'],
    ]);
    const review = await hall.apply();
    // 13 and 14 February, a worked Saturday, then 24, 25 and 26.
    expect(review.time).toMatchObject({ due: '2026-02-26', provisional: false, workingDaysLeft: 5 }); // CZ-11d
    hall.setClock('2026-02-24T09:00');
    // 25, 26, 27, Saturday 28 February, which is worked, and Monday 2 March.
    expect((await hall.apply()).time).toMatchObject({ due: '2026-03-02', workingDaysLeft: 5 }); // CZ-11d
    expect((await hall.review(review.id)).time).toMatchObject({ workingDaysLeft: 2, overdue: false });
    expect((await hall.refuse('police', review, '')).refusal).toMatchObject({
      code: 'REASON_MISSING',
      clause: 'CZ-11f',
    });
    ({ review: refused } = await hall.refuse('police', review, '不属于履职需要'));
    expect(refused).toMatchObject({ status: 'REFUSED', refusalReason: '不属于履职需要' }); // CZ-11f
  });

  it('has a refusal negotiated, then coordinated, and the answer used as it was given (CZ-11g, CZ-11h, CZ-11e)', async () => {
    shows('CZ-11g', 'CZ-11h', 'CZ-11e');
    const { review: talking } = await hall.dispute('housing', 'objectToRefusal', refused, 'reason: "确需使用"');
    expect([talking.status, talking.clauses]).toEqual(['NEGOTIATION', ['CZ-11g']]);
    const settle = 'agreed: true, reference: "郴发改协〔2026〕1号", terms: { coordinates: ["Resident.phone"] }';
    expect((await hall.dispute('authority', 'coordinateApplication', talking, settle)).refusal.code).toBe(
      'OUT_OF_ORDER', // CZ-11h: only when negotiation has failed
    );
    const { review: failed } = await hall.dispute(
      'police',
      'recordNegotiation',
      talking,
      'record: "未达成一致", outcome: FAILED',
    );
    expect([failed.status, failed.clauses]).toEqual(['COORDINATION', ['CZ-11h']]);
    const { review: settled, grant } = await hall.dispute('authority', 'coordinateApplication', failed, settle);
    expect([settled.status, settled.partial, grant.coordination]).toEqual(['AGREED', true, '郴发改协〔2026〕1号']);
    expect(await hall.sees()).toEqual(PHONE); // CZ-11e
    await hall.stop('housing', 'revokeGrant', grant.id);
    expect((await hall.sees())['phone']).not.toBe('given');
  });

  it('gives in part by the provider’s own answer, until its day (CZ-11e, CZ-11j)', async () => {
    shows('CZ-11e', 'CZ-11j');
    const review = await hall.apply(until('2026-03-20'));
    const bare = await hall.decide('police', review, { verdict: 'AGREE' });
    expect(bare.refusal).toMatchObject({ code: 'SCOPE_NOT_FIXED', clause: 'CZ-11j' });
    const { review: decided, grant } = await hall.agree('police', review, ['Resident.phone']);
    expect(decided).toMatchObject({ status: 'AGREED', partial: true, terms: { coordinates: ['Resident.phone'] } });
    expect(await hall.sees()).toEqual(PHONE);
    await ends(grant.id, 'police', '2026-03-20');
  });
});

describe('Jilin', () => {
  beforeAll(() => hall.under('jilin', '2026-02-27T10:00'));

  it('says nothing of applications: who has the data answers, which is labelled, and nothing is ever overdue', async () => {
    expect(await hall.sees()).toEqual(NOTHING);
    const review = await hall.apply(until('2026-06-01'));
    expect(review.waitsFor).toEqual(['public-security']);
    expect(review.notes).toEqual([
      'The text names no reviewer: the department that has the data answers.',
      'The text gives no limit for the answer: age is shown.',
    ]);
    // Saturday 28 February is worked.
    hall.setClock('2026-03-02T10:00');
    expect((await hall.review(review.id)).time).toMatchObject({
      due: null,
      workingDaysLeft: null,
      overdue: false,
      ageInWorkingDays: 2,
    });
    hall.setClock('2026-05-29T10:00');
    expect(await hall.overdue()).not.toContain(review.id);
    expect(await hall.sees()).toEqual(NOTHING);
    const { review: decided, grant } = await hall.agree('police', review, ['Resident.phone']);
    expect(decided).toMatchObject({ status: 'AGREED', partial: true });
    expect(await hall.sees()).toEqual(PHONE);
    await ends(grant.id, 'authority', '2026-06-01');
  });

  it('refuses on a law, regulation or rule alone (JL-24c), and has no step after a refusal', async () => {
    shows('JL-24c');
    const review = await hall.apply();
    for (const kind of [undefined, 'CENTRAL_POLICY'])
      expect((await hall.refuse('police', review, '不便提供', kind)).refusal).toMatchObject({
        code: 'BASIS_MISSING',
        clause: 'JL-24c',
      });
    const { review: refused } = await hall.refuse('police', review, '法律另有规定', 'LAW');
    expect(refused).toMatchObject({ status: 'REFUSED', refusalReason: '法律另有规定' });
    const { refusal } = await hall.dispute('housing', 'objectToRefusal', refused, 'reason: "确需使用"');
    expect(refusal.code).toBe('FINAL');
  });

  it('gives copies only when the authority consents as well (JL-23h)', async () => {
    shows('JL-23h');
    const review = await hall.apply({ mode: 'BULK' });
    const { review: open, grant } = await hall.decide('police', review, { verdict: 'AGREE' });
    expect([open.status, open.waitsFor, open.clauses, grant]).toEqual(['REVIEW', ['*authority'], ['JL-23h'], null]);
  });
});

describe('Yunnan', () => {
  beforeAll(() => hall.under('yunnan', '2026-02-11T10:00'));
  let grant: string;

  it('asks its parts at once and answers and supplies in ten working days (YN-16c, YN-16d, YN-16f, YN-16h)', async () => {
    shows('YN-16c', 'YN-16d', 'YN-16f', 'YN-16h');
    expect(await hall.sees()).toEqual(NOTHING);
    const bare = { contactPhone: undefined, reason: undefined, use: undefined, securityMeasures: undefined };
    const { findings } = await hall.start(await hall.form(bare));
    expect(findings.map(({ part, clauses }: Loose) => [part, ...clauses])).toEqual([
      ['contactPhone', 'YN-16c'],
      ['reason', 'YN-16d'],
      ['use', 'YN-16f'],
      ['securityMeasures', 'YN-16f'],
    ]);
    const review = await hall.apply(until('2026-04-01'));
    // 12 to 14, 24 to 28 February, 2 and 3 March: both Saturdays are worked.
    expect(review.time).toMatchObject({ due: '2026-03-03', provisional: false, workingDaysLeft: 10 }); // YN-16h
    hall.setClock('2026-03-04T00:00');
    expect(await hall.overdue()).toContain(review.id); // YN-16h
    expect(await hall.sees()).toEqual(NOTHING); // nothing is given by silence
    const decided = await hall.agree('police', review, ['Resident.phone']);
    expect(decided.review).toMatchObject({ status: 'AGREED', partial: true });
    ({ id: grant } = decided.grant);
  });

  it('supplies what was agreed with the next query, in its scope and for its use (YN-16i, YN-16j, YN-15d)', async () => {
    shows('YN-16i', 'YN-16j', 'YN-15d');
    expect(await hall.sees()).toEqual(PHONE);
    const other = await hall.look('talent-housing');
    expect(other.data!['residents'].nodes[0].phone).toBeNull(); // YN-15d
    await ends(grant, 'police', '2026-04-01');
  });

  it('refuses with a reason and a provision of its own list, negotiates, and coordinates (YN-13c, YN-16k, YN-18a, YN-18b)', async () => {
    shows('YN-13c', 'YN-16k', 'YN-18a', 'YN-18b');
    const review = await hall.apply();
    expect((await hall.refuse('police', review, '', 'LAW')).refusal).toMatchObject({
      code: 'REASON_MISSING',
      clause: 'YN-16k',
    });
    expect((await hall.refuse('police', review, '不便提供', 'STATE_PROVISION')).refusal).toMatchObject({
      code: 'BASIS_MISSING',
      clause: 'YN-13c',
    });
    const { review: refused } = await hall.refuse('police', review, '法律另有规定', 'LAW');
    const { review: talking } = await hall.dispute('housing', 'objectToRefusal', refused, 'reason: "确需使用"');
    expect([talking.status, talking.clauses]).toEqual(['NEGOTIATION', ['YN-18a']]);
    const { review: failed } = await hall.dispute(
      'housing',
      'recordNegotiation',
      talking,
      'record: "未达成一致", outcome: FAILED',
    );
    expect([failed.status, failed.clauses]).toEqual(['COORDINATION', ['YN-18b']]);
    const settle = 'agreed: true, reference: "云数协〔2026〕1号"';
    const { grant: given } = await hall.dispute('authority', 'coordinateApplication', failed, settle);
    expect(given.coordination).toBe('云数协〔2026〕1号'); // YN-18b
    expect(await hall.sees()).toEqual({ phone: 'given', registeredAddress: 'given' });
  });

  it('gives what the catalogue lacked once it is published, with the next query (YN-17c)', async () => {
    shows('YN-17c');
    const uncatalogued = { provider: 'public-security', description: '与户主关系' };
    const review = await hall.apply({ coordinates: undefined, uncatalogued });
    const { review: agreed } = await hall.decide('police', review, { verdict: 'AGREE' });
    expect(agreed.status).toBe('ENTRY_PENDING');
    expect(await hall.item('householdRole')).toEqual({ value: null, code: 'GRANT_REQUIRED' });
    const fulfilled = 'coordinates: ["Resident.householdRole"]';
    expect((await hall.dispute('police', 'fulfilRequest', agreed, fulfilled)).review.status).toBe('AGREED');
    expect(await hall.item('householdRole')).toEqual({ value: expect.any(String), code: undefined });
  });
});
