import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { distributeNotices } from '../../subgraphs/governance/reminders/notice/distribute-notices.js';
import type { Loose } from '../support/system.js';
import { ApplicationsUnderTest, type Person } from './support/applications-under-test.js';
import { shows, showsPartOf } from '../conformance/shows.js';

jest.setTimeout(60_000);
const opened = new Map<string, Promise<ApplicationsUnderTest>>();
const applicationsUnder = (profile: string): Promise<ApplicationsUnderTest> => {
  let applications = opened.get(profile);
  if (!applications) opened.set(profile, (applications = ApplicationsUnderTest.open(profile)));
  return applications;
};
afterAll(async () => {
  for (const applications of opened.values()) await (await applications).close();
});
const law = (provision: string) => ({ verdict: 'REFUSE', reason: '法律另有规定', bases: [{ kind: 'LAW', provision }] });

describe('Quanzhou', () => {
  it('has the authority decide, after the provider has consented, and has no due date (QZ-5.4b, QZ-5.4c, QZ-2.2c)', async () => {
    shows('QZ-2.2c', 'QZ-2.2d', 'QZ-5.4b', 'QZ-5.4c');
    const applications = await applicationsUnder('quanzhou');
    const review = await applications.apply();
    expect(review.waitsFor.toSorted()).toEqual(['*authority', 'public-security']);
    applications.now += 60 * 86_400_000;
    const aged = (await applications.review(review.id)).time;
    expect(aged).toMatchObject({ due: null, overdue: false, workingDaysLeft: null });
    expect(aged.ageInWorkingDays).toBeGreaterThan(30);
    const alone = await applications.agree('authority', review);
    expect(alone.refusal).toMatchObject({ code: 'CONSENT_MISSING', clause: 'QZ-5.4c, QZ-2.2c' });
    const { review: consented } = await applications.decide('police', review, { verdict: 'AGREE' });
    const bare = await applications.decide('authority', consented, { verdict: 'AGREE' });
    expect(bare.refusal).toMatchObject({ code: 'SCOPE_NOT_FIXED', clause: 'QZ-2.2d' });
    const { review: decided, grant } = await applications.agree('authority', consented);
    expect([decided.status, grant.approver]).toEqual(['AGREED', 'zhao.lei, wang.min']);
  });

  it('takes an application from no former data administrator (QZ-9.2d)', async () => {
    showsPartOf('QZ-9.2d');
    const applications = await applicationsUnder('quanzhou');
    const POST = `department = 'housing' and post = 'DATA_ADMINISTRATOR'`;
    await applications.rows(`update appointment set until_at = now() where officer = 'li.na' and ${POST}`);
    await applications.rows(
      `insert into appointment (id, officer, department, post) values ('R-next', 'housing.contact', 'housing', 'DATA_ADMINISTRATOR')`,
    );
    const { refusal } = await applications.start(await applications.form());
    expect(refusal).toMatchObject({ code: 'OFFICER_REQUIRED', clause: 'QZ-9.2d' });
    await applications.rows(`delete from appointment where id = 'R-next'`);
    await applications.rows(`update appointment set until_at = null where officer = 'li.na' and ${POST}`);
  });

  it('has nobody decide what the authority asks for itself', async () => {
    const applications = await applicationsUnder('quanzhou');
    await applications.rows(
      `insert into scenario (department, code, name, purpose) values ('data-bureau', 'census', '统计', '统计')`,
    );
    const { findings } = await applications.start(await applications.form({ scenario: 'census' }), true, 'bureau');
    expect(findings).toContainEqual({ code: 'NO_OTHER_DECIDER', part: 'department', clauses: ['QZ-5.4c', 'QZ-2.2c'] });
  });

  it('opens what is not shared to verification only, and asks a finding before copies (QZ-5.4d, QZ-5.3d)', async () => {
    shows('QZ-5.3d');
    showsPartOf('QZ-5.4d');
    const applications = await applicationsUnder('quanzhou');
    const value = await applications.start(await applications.form({ coordinates: ['Resident.annualIncome'] }));
    expect(value.findings).toEqual([{ code: 'MODE_CLOSED', part: 'mode', clauses: ['QZ-5.4d'] }]);
    const verify = await applications.apply({ coordinates: ['Resident.annualIncome'], mode: 'VERIFY' });
    expect(verify.id).toMatch(/\/public-security\/not_shared$/);
    const bulk = await applications.start(await applications.form({ mode: 'BULK' }));
    expect(bulk.findings).toEqual([{ code: 'PART_MISSING', part: 'bulkFinding', clauses: ['QZ-5.3d'] }]);
    const found = await applications.start(
      await applications.form({ mode: 'BULK', bulkFinding: '每日全量比对，接口不能满足' }),
    );
    expect(found.refusal).toBeNull();
  });

  it('has a special procedure, for the bodies it names alone, that only the authority and they see (QZ-5.9)', async () => {
    const applications = await applicationsUnder('quanzhou');
    const other = await applications.start(await applications.form({ special: true }));
    expect(other.findings).toContainEqual({
      code: 'NOT_A_SPECIAL_BODY',
      part: 'special',
      clauses: ['QZ-5.9a', 'QZ-5.9b'],
    });
    const [duty] = await applications.rows(`select id from duty where department = 'public-security' limit 1`);
    await applications.rows(
      `insert into scenario (department, code, name, purpose) values ('public-security', 'safety', '公共安全', '公共安全')`,
    );
    const form = {
      special: true,
      scenario: 'safety',
      duty: duty!['id'],
      mode: 'QUERY',
      coordinates: ['PensionInsurance.monthsPaid'],
    };
    const { application, refusal } = await applications.start(form, true, 'police');
    expect(refusal).toBeNull();
    const [review] = application.reviews;
    expect([review.status, review.waitsFor]).toEqual(['COORDINATION', ['*authority']]);
    for (const who of ['social', 'policeHead', 'tax'] as const)
      expect((await applications.ask(who, `{ application(id: "${application.id}") { id } }`)).application).toBeNull();
    const settle = 'agreed: true, reference: "泉数特〔2026〕1号"';
    const entered = await applications.dispute('authority', 'coordinateApplication', review, settle);
    expect([entered.review.status, entered.review.proposedCoordination, entered.grant]).toEqual([
      'COORDINATION',
      '泉数特〔2026〕1号',
      null,
    ]);
    const again = await applications.dispute('authority', 'coordinateApplication', entered.review, settle);
    expect(again.refusal.code).toBe('SAME_PERSON');
    const { review: settled, grant } = await applications.dispute(
      'secondOfAuthority',
      'coordinateApplication',
      entered.review,
      settle,
    );
    expect([settled.status, grant.coordination]).toEqual(['AGREED', '泉数特〔2026〕1号']);
    const renew = async (who: Person) =>
      (
        await applications.ask(
          who,
          `mutation { renewGrant(id: "${grant.id}", until: "2029-01-01T00:00:00+08:00", reason: "续期") { application { id } refusal { code } } }`,
        )
      ).renewGrant;
    // The renewal would show what the application said.
    expect(await renew('policeOfficer')).toEqual({ application: null, refusal: { code: 'NOT_ENTITLED' } });
    expect(await renew('police')).toEqual({ application: { id: expect.any(String) }, refusal: null });
  });
});

describe('an application by special procedure', () => {
  it('is not seen by the authority of another level, which is not responsible for it, while the responsible one is', async () => {
    const applications = await applicationsUnder('quanzhou');
    await applications.rows(
      `insert into department (code, name, roles, level, registered_at)
       values ('provincial-bureau', '省数据局', '["authority"]', 'PROVINCE', now()),
              ('other-bureau', '区数据局', '["authority"]', 'COUNTY', now())`,
    );
    await applications.rows(`update department set level = 'CITY' where level is null`);
    const [duty] = await applications.rows(`select id from duty where department = 'public-security' limit 1`);
    await applications.rows(
      `insert into scenario (department, code, name, purpose) values ('public-security', 'levels', '公共安全', '公共安全')`,
    );
    const form = {
      ...{ special: true, scenario: 'levels', duty: duty!['id'], mode: 'QUERY' },
      ...{ coordinates: ['PensionInsurance.monthsPaid'] },
    };
    const { application } = await applications.start(form, true, 'police');
    const ordinary = await applications.apply();
    const ordinaryId = ordinary.id.split('/')[0];
    const [review] = application.reviews;
    const seen = async (who: Person) => {
      const { application: one, applications: list } = await applications.ask(
        who,
        `{ application(id: "${application.id}") { id } applications(first: 100) { nodes { id } } }`,
      );
      const { providerReview, myTasks } = await applications.ask(
        who,
        `{ providerReview(id: "${review.id}") { id } myTasks(first: 100) { nodes { id } } }`,
      );
      return {
        one: one?.id ?? null,
        listed: list.nodes.map(({ id }: Loose) => id).filter((id: string) => [ordinaryId, application.id].includes(id)),
        review: providerReview?.id ?? null,
        tasks: myTasks.nodes.map(({ id }: Loose) => id).filter((id: string) => id === review.id),
      };
    };
    for (const who of ['province', 'otherProvince'] as const) {
      expect(await seen(who)).toEqual({ one: null, listed: [ordinaryId], review: null, tasks: [] });
      const settle = await applications.dispute(
        who,
        'coordinateApplication',
        review,
        'agreed: true, reference: "特1号"',
      );
      expect(settle).toMatchObject({ review: null, refusal: { code: 'APPLICATION_UNKNOWN' } });
    }
    const responsible = { one: application.id, listed: [ordinaryId, application.id], review: review.id };
    expect(await seen('authority')).toEqual({ ...responsible, tasks: [review.id] });

    // Who is responsible now sees it, whoever was when it was sent.
    await applications.rows(`update department set suspended = true where code = 'data-bureau'`);
    expect(await seen('province')).toEqual({ ...responsible, tasks: [review.id] });
    await applications.rows(`update department set suspended = false, level = null where code = 'data-bureau'`);
    await applications.rows(`delete from department where code in ('provincial-bureau', 'other-bureau')`);
  });

  const viewers = async (applications: ApplicationsUnderTest, id: string) =>
    (await applications.rows('select visible_to from share_application where id = $1', [id]))[0]!['visible_to'];

  it('is not seen by a person who has left the department that asks, though they began it or are named again', async () => {
    const applications = await applicationsUnder('quanzhou');
    const [duty] = await applications.rows(`select id from duty where department = 'public-security' limit 1`);
    await applications.rows(
      `insert into scenario (department, code, name, purpose) values ('public-security', 'traffic', '交通安全', '交通安全')`,
    );
    const form = {
      ...{ special: true, scenario: 'traffic', duty: duty!['id'], mode: 'QUERY' },
      ...{ coordinates: ['PensionInsurance.monthsPaid'], applicants: ['public-security.head'] },
    };
    const { application: draft } = await applications.start(form, false, 'policeOfficer');
    const sees = async (who: Person) =>
      (await applications.ask(who, `{ application(id: "${draft.id}") { form { reason } } }`)).application !== null;
    expect([await sees('policeOfficer'), await sees('policeHead'), await sees('police')]).toEqual([true, true, false]);
    const refused = await applications.changeAs('police', draft.id, 1, form, true);
    expect([refused.application, refused.refusal.code]).toEqual([null, 'APPLICATION_UNKNOWN']);
    // A draft that becomes special is hidden from the department from then on, but for the persons it names.
    const ordinary = {
      ...form,
      special: false,
      applicants: ['zhao.lei', 'public-security.head', 'qian.wu', 'lin.jun'],
    };
    const opened = await applications.changeAs('policeOfficer', draft.id, 1, ordinary);
    expect([await sees('police'), await sees('policeSystem')]).toEqual([true, true]);
    await applications.changeAs('policeOfficer', draft.id, opened.application.version, { ...ordinary, special: true });
    expect(await viewers(applications, draft.id)).toEqual(['@lin.jun', '@zhao.lei', '@public-security.head']);
    expect([await sees('police'), await sees('policeSystem'), await sees('tax')]).toEqual([true, false, false]);

    await applications.rows(`update officer set department = 'tax' where subject = 'lin.jun'`);
    const sent = await applications.changeAs('police', draft.id, 3, form, true);
    expect(sent.refusal).toBeNull();
    const now = ['*authority', '@zhao.lei', '@public-security.head'];
    expect(await viewers(applications, draft.id)).toEqual(now);

    const change = (who: Person, more: Loose = {}) =>
      applications.changeAs(who, draft.id, sent.application.version, { ...form, ...more }, true);
    expect((await change('policeSystem')).refusal.code).toBe('APPLICATION_UNKNOWN');
    const [review] = sent.application.reviews;
    const askChanges = { verdict: 'ASK_CHANGES', reason: '请补充依据' };
    const asAuthority = { ...askChanges, as: 'AUTHORITY' };
    for (const [who, code] of [
      ['social', 'APPLICATION_UNKNOWN'],
      ['secrecy', 'APPLICATION_UNKNOWN'],
      ['policeHead', 'OWN_APPLICATION'],
    ] as const)
      expect((await applications.decide(who, review, asAuthority)).refusal.code).toBe(code);
    const { review: entered } = await applications.dispute(
      'secondOfAuthority',
      'coordinateApplication',
      review,
      'agreed: true, reference: "泉数特〔2026〕2号"',
    );
    const { review: returned } = await applications.decide('authority', entered, askChanges);
    expect([returned.status, returned.waitsFor, returned.proposedCoordination]).toEqual([
      'CHANGES_ASKED',
      ['public-security'],
      null,
    ]);
    await distributeNotices(applications.pool);
    const told = await applications.rows(
      `select person, posts, roles, kind from notice where object = $1 and department = 'public-security' and closed_at is null order by person`,
      [`application/${returned.id}`],
    );
    expect(told).toEqual(
      ['public-security.head', 'zhao.lei'].map((person) => ({ person, posts: null, roles: null, kind: 'TASK' })),
    );
    const hasTask = async (who: Person) =>
      (await applications.ask(who, '{ myTasks(first: 100) { nodes { id } } }')).myTasks.nodes.some(
        ({ id }: Loose) => id === returned.id,
      );
    expect([await hasTask('police'), await hasTask('policeHead'), await hasTask('policeSystem')]).toEqual([
      true,
      true,
      false,
    ]);
    const named = await change('police', { applicants: ['lin.jun', 'nobody'] });
    expect(named.findings.map(({ code }: Loose) => code)).toEqual(['APPLICANT_UNKNOWN', 'APPLICANT_UNKNOWN']);
    expect(await viewers(applications, draft.id)).toEqual(now);
    const again = await applications.changeAs('police', draft.id, named.application.version, form, true);
    expect([again.refusal, await viewers(applications, draft.id)]).toEqual([null, now]);
    expect(again.application.reviews[0]).toMatchObject({ status: 'COORDINATION', waitsFor: ['*authority'] });
    await applications.rows(`update officer set department = 'public-security' where subject = 'lin.jun'`);
  });
});

describe('Chenzhou', () => {
  it('answers in five working days over Spring Festival, and the use is said (CZ-11d, CZ-5.2a)', async () => {
    shows('CZ-11d', 'CZ-5.2a', 'CZ-5.2b');
    const applications = await applicationsUnder('chenzhou');
    const lacking = await applications.start(await applications.form({ need: undefined, use: undefined }));
    expect(lacking.findings.map(({ part, clauses }: Loose) => [part, ...clauses])).toEqual([
      ['need', 'CZ-5.2a'],
      ['use', 'CZ-5.2a'],
    ]);
    applications.now = Date.parse('2026-02-12T23:59:00+08:00');
    const review = await applications.apply();
    // 13 and 14 February (a Saturday that is worked), then 24, 25 and 26: the days between are the festival.
    expect(review.time).toMatchObject({
      due: '2026-02-26',
      provisional: false,
      workingDaysLeft: 5,
      clauses: ['CZ-11d'],
    });
  });

  it('has a refusal negotiated, with a record, before the authority coordinates it (CZ-11f, CZ-11g, CZ-11h)', async () => {
    shows('CZ-11f', 'CZ-11g', 'CZ-11h');
    const applications = await applicationsUnder('chenzhou');
    const review = await applications.apply();
    const { review: refused } = await applications.decide('police', review, { verdict: 'REFUSE', reason: '不予共享' });
    const { review: talking } = await applications.dispute('housing', 'objectToRefusal', refused, 'reason: "确需使用"');
    expect([talking.status, talking.clauses]).toEqual(['NEGOTIATION', ['CZ-11g']]);
    const early = await applications.dispute(
      'authority',
      'coordinateApplication',
      talking,
      'agreed: true, reference: "x"',
    );
    expect(early.refusal.code).toBe('OUT_OF_ORDER');
    const blank = await applications.dispute('housing', 'recordNegotiation', talking, 'record: " ", outcome: FAILED');
    expect(blank.refusal).toMatchObject({ code: 'RECORD_MISSING', clause: 'CZ-11g' });
    const { review: failed } = await applications.dispute(
      'police',
      'recordNegotiation',
      talking,
      'record: "未达成一致", outcome: FAILED',
    );
    expect([failed.status, failed.clauses]).toEqual(['COORDINATION', ['CZ-11h']]);
    const { review: settled } = await applications.dispute(
      'authority',
      'coordinateApplication',
      failed,
      'agreed: false, reason: "不符合规定"',
    );
    expect([settled.status, settled.refusalReason]).toEqual(['REFUSED', '不符合规定']);
    const again = await applications.dispute('housing', 'objectToRefusal', settled, 'reason: "确需使用"');
    expect(again.refusal.code).toBe('FINAL');
  });

  it('has a value of what is not shared negotiated too, from the first (CZ-11g)', async () => {
    shows('CZ-11g');
    const applications = await applicationsUnder('chenzhou');
    const review = await applications.apply({ coordinates: ['Resident.annualIncome'] });
    expect([review.status, review.waitsFor, review.clauses]).toEqual([
      'NEGOTIATION',
      ['housing', 'public-security'],
      ['CZ-11g'],
    ]);
    expect((await applications.agree('police', review)).refusal.code).toBe('OUT_OF_ORDER');
  });

  it('never has the authority of the city settle a case with a provincial department (CZ-11i)', async () => {
    shows('CZ-11i');
    const applications = await applicationsUnder('chenzhou');
    await applications.rows(`update department set level = 'PROVINCE' where code = 'human-resources'`);
    await applications.rows(
      `insert into department (code, name, roles, level, registered_at)
       values ('provincial-bureau', '省政务数据局', '["authority"]', 'PROVINCE', now()),
              ('other-bureau', '外省政务数据局', '["authority"]', 'PROVINCE', now())`,
    );
    await applications.rows(`update department set parent = 'provincial-bureau' where code = 'human-resources'`);
    const review = await applications.apply({ coordinates: ['PensionInsurance.monthsPaid'] });
    const { review: refused } = await applications.decide('social', review, { verdict: 'REFUSE', reason: '不予共享' });
    const { review: talking } = await applications.dispute('housing', 'objectToRefusal', refused, 'reason: "确需使用"');
    const { review: failed } = await applications.dispute(
      'housing',
      'recordNegotiation',
      talking,
      'record: "未达成一致", outcome: FAILED',
    );
    expect([failed.status, failed.clauses, failed.waitsFor]).toEqual([
      'COORDINATION',
      ['CZ-11i'],
      ['*higher-authority'],
    ]);
    const waiting = async (who: Person) =>
      (await applications.ask(who, '{ myTasks(first: 100) { nodes { id } } }')).myTasks.nodes
        .map(({ id }: Loose) => id)
        .filter((id: string) => id === failed.id);
    expect([await waiting('authority'), await waiting('otherProvince'), await waiting('province')]).toEqual([
      [],
      [],
      [failed.id],
    ]);
    await distributeNotices(applications.pool);
    const told = await applications.rows(
      `select department, roles, kind from notice where object = $1 and kind = 'TASK' and closed_at is null`,
      [`application/${failed.id}`],
    );
    expect(told).toEqual([{ department: 'provincial-bureau', roles: ['authority'], kind: 'TASK' }]);
    const stranger = await applications.dispute(
      'otherProvince',
      'coordinateApplication',
      failed,
      'agreed: true, reference: "赣数协〔2026〕1号"',
    );
    expect(stranger.refusal.code).toBe('HIGHER_AUTHORITY_DECIDES');
    for (const decision of ['agreed: true, reference: "郴数协〔2026〕1号"', 'agreed: false, reason: "不符合规定"']) {
      const { review: still, refusal } = await applications.dispute(
        'authority',
        'coordinateApplication',
        failed,
        decision,
      );
      expect(refusal).toMatchObject({ code: 'HIGHER_AUTHORITY_DECIDES', clause: 'CZ-11i', clauseWords: [CZ_11I] });
      expect(refusal.message).toContain('省级政务信息资源共享主管部门');
      expect([still.status, still.version]).toEqual(['COORDINATION', failed.version]);
    }
    const { review: settled, grant } = await applications.dispute(
      'province',
      'coordinateApplication',
      failed,
      'agreed: true, reference: "湘数协〔2026〕9号"',
    );
    expect([settled.status, grant.coordination]).toEqual(['AGREED', '湘数协〔2026〕9号']);
  });

  it('has the authority of the city settle a case of a county with a department of the city (CZ-11h)', async () => {
    shows('CZ-11h');
    const applications = await applicationsUnder('chenzhou');
    await applications.rows(`update department set level = 'COUNTY' where code = 'housing'`);
    const review = await applications.apply();
    const { review: refused } = await applications.decide('police', review, { verdict: 'REFUSE', reason: '不予共享' });
    const { review: talking } = await applications.dispute('housing', 'objectToRefusal', refused, 'reason: "确需使用"');
    const { review: failed } = await applications.dispute(
      'police',
      'recordNegotiation',
      talking,
      'record: "未达成一致", outcome: FAILED',
    );
    expect([failed.status, failed.clauses]).toEqual(['COORDINATION', ['CZ-11h']]);
    const { review: settled } = await applications.dispute(
      'authority',
      'coordinateApplication',
      failed,
      'agreed: true, reference: "郴数协〔2026〕2号"',
    );
    expect(settled.status).toBe('AGREED');
  });
});

describe('Jilin', () => {
  it('has no refusal without a law, regulation or rule, and no copy without the authority (JL-24c, JL-23h)', async () => {
    shows('JL-24c', 'JL-23h');
    const applications = await applicationsUnder('jilin');
    const review = await applications.apply({ mode: 'BULK' });
    const bare = await applications.decide('police', review, { verdict: 'REFUSE', reason: '不便提供' });
    expect(bare.refusal).toMatchObject({ code: 'BASIS_MISSING', clause: 'JL-24c' });
    const { review: open } = await applications.decide('police', review, { verdict: 'AGREE' });
    expect([open.status, open.waitsFor, open.clauses]).toEqual(['REVIEW', ['*authority'], ['JL-23h']]);
    const { review: refused } = await applications.decide('authority', open, law('数据安全法 第二十一条'));
    expect([refused.status, refused.decisions.at(-1).reason]).toEqual(['REFUSED', '法律另有规定']);
  });
});

describe('An application to providers under two authorities', () => {
  it('gives each authority the task of its own provider', async () => {
    const applications = await applicationsUnder('jilin');
    await applications.rows(
      `insert into department (code, name, roles, level, registered_at)
       values ('provincial-bureau', '省政务数据局', '["authority"]', 'PROVINCE', now())`,
    );
    await applications.rows(`update department set level = 'PROVINCE' where code = 'human-resources'`);
    const form = await applications.form({
      mode: 'BULK',
      coordinates: ['Resident.phone', 'PensionInsurance.monthsPaid'],
    });
    const { application } = await applications.start(form);
    for (const review of application.reviews)
      await applications.decide(review.id.endsWith('human-resources') ? 'social' : 'police', review, {
        verdict: 'AGREE',
      });
    await distributeNotices(applications.pool);
    const told = await applications.rows(
      `select department, object from notice where kind = 'TASK' and closed_at is null and roles @> '{authority}' order by 1, 2`,
    );
    expect(told.map(({ department, object }) => `${department} ${object.replace(/^.*\//, '')}`)).toEqual([
      `data-bureau ${application.id}`,
      'data-bureau public-security',
      `provincial-bureau ${application.id}`,
      'provincial-bureau human-resources',
    ]);
  });
});

describe('Yunnan', () => {
  it('asks all of its parts at once (YN-16c to YN-16f) and answers within ten working days (YN-16h)', async () => {
    shows('YN-16c', 'YN-16d', 'YN-16f', 'YN-16h');
    const applications = await applicationsUnder('yunnan');
    const { scenario, mode, coordinates, duty } = (await applications.form()) as Record<string, unknown>;
    const { findings } = await applications.start({ scenario, mode, coordinates, duty });
    expect(findings.map(({ part, clauses }: Loose) => [part, ...clauses])).toEqual([
      ['contactPhone', 'YN-16c'],
      ['reason', 'YN-16d'],
      ['use', 'YN-16f'],
      ['scopeOfUse', 'YN-16f'],
      ['securityMeasures', 'YN-16f'],
    ]);
    applications.now = Date.parse('2026-03-02T09:00:00+08:00');
    expect((await applications.apply()).time).toMatchObject({ due: '2026-03-16', workingDaysLeft: 10 });
  });

  it('gives a value of what is not shared only by negotiation and coordination (YN-18a, YN-18b)', async () => {
    shows('YN-18a', 'YN-18b');
    const applications = await applicationsUnder('yunnan');
    const review = await applications.apply({ coordinates: ['Resident.annualIncome'] });
    expect([review.status, review.waitsFor]).toEqual(['NEGOTIATION', ['housing', 'public-security']]);
    const agreed = 'record: "同意提供", outcome: AGREED';
    expect((await applications.dispute('housing', 'recordNegotiation', review, agreed)).refusal.code).toBe(
      'OWN_APPLICATION',
    );
    const { review: waiting, grant: none } = await applications.dispute('police', 'recordNegotiation', review, agreed);
    expect([waiting.status, none]).toEqual(['COORDINATION', null]);
    const { grant } = await applications.dispute(
      'authority',
      'coordinateApplication',
      waiting,
      'agreed: true, reference: "云数协1号"',
    );
    expect(grant.coordination).toBe('云数协1号');
  });

  it('has the authority of their level settle it, and tells and hears no other (YN-18b)', async () => {
    shows('YN-18b');
    const applications = await applicationsUnder('yunnan');
    await applications.rows(
      `insert into department (code, name, roles, level, registered_at)
       values ('provincial-bureau', '省政务数据局', '["authority"]', 'PROVINCE', now()),
              ('other-bureau', '区数据局', '["authority"]', 'COUNTY', now())`,
    );
    await applications.rows(`update department set level = 'CITY' where level is null`);
    const review = await applications.apply({ coordinates: ['Resident.annualIncome'] });
    const agreed = 'record: "同意提供", outcome: AGREED';
    const { review: open } = await applications.dispute('police', 'recordNegotiation', review, agreed);
    expect([open.status, open.waitsFor]).toEqual(['COORDINATION', ['*authority']]);
    await distributeNotices(applications.pool);
    const told = await applications.rows(
      `select department, roles from notice where object = $1 and kind = 'TASK' and closed_at is null`,
      [`application/${open.id}`],
    );
    expect(told).toEqual([{ department: 'data-bureau', roles: ['authority'] }]);
    const tasks = async (who: Person) =>
      (await applications.ask(who, '{ myTasks(first: 100) { nodes { id } } }')).myTasks.nodes.length;
    expect([await tasks('authority'), await tasks('province'), await tasks('otherProvince')]).toEqual([1, 0, 0]);
    for (const decision of ['agreed: true, reference: "数协1号"', 'agreed: false, reason: "不符合规定"'])
      for (const who of ['province', 'otherProvince'] as const) {
        const { review: still, refusal } = await applications.dispute(who, 'coordinateApplication', open, decision);
        expect([refusal.code, still.version]).toEqual(['OTHER_AUTHORITY_DECIDES', open.version]);
        expect(refusal.message).toContain('data-bureau');
      }
    const settled = await applications.dispute(
      'authority',
      'coordinateApplication',
      open,
      'agreed: true, reference: "云数协1号"',
    );
    expect(settled.grant.coordination).toBe('云数协1号');
  });

  it('makes what the catalogue lacks an entry, and closes the request only when it is published (YN-17a, YN-17b, YN-17c, YN-17d)', async () => {
    shows('YN-17a', 'YN-17b', 'YN-17c', 'YN-17d');
    const applications = await applicationsUnder('yunnan');
    const uncatalogued = { provider: 'public-security', description: '居住证签发日期' };
    const review = await applications.apply({ coordinates: undefined, uncatalogued });
    expect(review.time).toMatchObject({ clauses: ['YN-17a'], workingDaysLeft: 10 });
    const bare = await applications.decide('police', review, { verdict: 'REFUSE', reason: '' });
    expect(bare.refusal).toMatchObject({ code: 'REASON_MISSING', clause: 'YN-17d' });
    const { review: agreed } = await applications.decide('police', review, { verdict: 'AGREE' });
    expect([agreed.status, agreed.waitsFor, agreed.entry]).toEqual([
      'ENTRY_PENDING',
      ['public-security'],
      expect.any(String),
    ]);
    const [task] = await applications.rows('select * from catalogue_task where id = $1', [agreed.entry]);
    expect(task).toMatchObject({ department: 'public-security', kind: 'REQUESTED' });
    const fulfil = (at: string) => applications.dispute('police', 'fulfilRequest', agreed, `coordinates: ["${at}"]`);
    expect((await fulfil('Resident.permitIssued')).refusal).toMatchObject({ code: 'ENTRY_NOT_LIVE', clause: 'YN-17b' });
    const foreign = 'PensionInsurance.monthsPaid';
    expect((await fulfil(foreign)).refusal).toMatchObject({
      code: 'ENTRY_NOT_LIVE',
      details: [expect.stringContaining(foreign)],
    });
    const [id] = review.id.split('/');
    const state = async () =>
      (await applications.ask('housing', `{ application(id: "${id}") { state } }`)).application.state;
    expect(await state()).toBe('SUBMITTED');
    const { review: closed, grant } = await fulfil('Resident.householdRole');
    expect([closed.status, closed.grant, await state()]).toEqual(['AGREED', grant.id, 'CLOSED']);
  });
});

const CZ_11I = '第十一条 向省级政务信息资源共享主管部门请求协调解决';
