import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { ApplicationsUnderTest, type Person } from '../governance/support/applications-under-test.js';
import type { Loose } from '../support/system.js';
import { shows, showsPartOf } from './shows.js';

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
const tasks = async (applications: ApplicationsUnderTest, who: Person): Promise<string[]> =>
  (await applications.ask(who, '{ myTasks(first: 100) { nodes { id } } }')).myTasks.nodes.map(({ id }: Loose) => id);
const findings = async (applications: ApplicationsUnderTest, more: Loose): Promise<string[]> =>
  (await applications.start(await applications.form(more))).findings.map(({ clauses }: Loose) => clauses.join(' '));

describe('an application', () => {
  it('waits with who the law has decide: the authority in Quanzhou (QZ-2.2b), the provider in Chenzhou (CZ-11c) and Yunnan (YN-16b)', async () => {
    shows('QZ-2.2b', 'CZ-11c', 'YN-16b');
    const quanzhou = await applicationsUnder('quanzhou');
    const asked = await quanzhou.apply();
    expect(await tasks(quanzhou, 'authority')).toContain(asked.id);
    for (const profile of ['chenzhou', 'yunnan']) {
      const applications = await applicationsUnder(profile);
      const { id } = await applications.apply();
      expect(await tasks(applications, 'police')).toContain(id);
      expect(await tasks(applications, 'authority')).not.toContain(id);
    }
  });

  it('shows its age while it is open (CZ-5.2b), and when its provider is to answer (HZ-3.2c)', async () => {
    shows('CZ-5.2b', 'HZ-3.2c');
    const chenzhou = await applicationsUnder('chenzhou');
    const hangzhou = await applicationsUnder('hangzhou');
    const [review, other] = [await chenzhou.apply(), await hangzhou.apply()];
    chenzhou.now += 86_400_000;
    expect((await chenzhou.review(review.id)).time.ageInWorkingDays).toBe(1);
    expect(other.time).toMatchObject({ due: expect.any(String), ageInWorkingDays: 0 });
  });

  it('names the duty that it serves (HZ-3.4a) and the purpose (YN-4a)', async () => {
    shows('HZ-3.4a', 'YN-4a');
    expect(await findings(await applicationsUnder('hangzhou'), { duty: undefined })).toContainEqual('HZ-8.5b HZ-3.4a');
    const { findings: lacking } = await (async () => {
      const applications = await applicationsUnder('yunnan');
      return applications.start(await applications.form({ scenario: undefined }));
    })();
    expect(lacking.map(({ code }: Loose) => code)).toContain('SCENARIO_MISSING');
  });

  it('in Yunnan has contact, reason, content, use, scope and safeguards (YN-16c, YN-16d, YN-16e, YN-16f)', async () => {
    shows('YN-16c', 'YN-16d', 'YN-16f');
    showsPartOf('YN-16e');
    const applications = await applicationsUnder('yunnan');
    for (const [part, clause] of [
      ['contactPhone', 'YN-16c'],
      ['reason', 'YN-16d'],
      ['use', 'YN-16f'],
      ['scopeOfUse', 'YN-16f'],
      ['securityMeasures', 'YN-16f'],
    ] as const)
      expect(await findings(applications, { [part]: undefined })).toEqual([clause]);
    const { refusal } = await applications.start(await applications.form({ coordinates: [] })); // YN-16e
    expect(refusal.code).toBe('INCOMPLETE');
  });

  it('says the kind of service in Quanzhou, one of those that there are (QZ-2.4a)', async () => {
    showsPartOf('QZ-2.4a');
    const applications = await applicationsUnder('quanzhou');
    const { refusal, findings: lacking } = await applications.start(await applications.form({ mode: undefined }));
    expect([refusal.code, lacking[0].part]).toEqual(['INCOMPLETE', 'mode']);
    for (const mode of ['QUERY', 'VERIFY', 'BULK']) {
      const review = await applications.apply({ mode, bulkFinding: '接口不能满足每日全量比对' });
      const [row] = await applications.rows(
        `select state->'terms'->>'mode' as mode from application_track where id = $1`,
        [review.id],
      );
      expect(row).toEqual({ mode });
    }
  });
});

describe('who sends an application in Quanzhou', () => {
  it('is a department that has named its leader in charge, data administrator and contact (QZ-9.2b)', async () => {
    showsPartOf('QZ-9.2b');
    const applications = await applicationsUnder('quanzhou');
    for (const post of ['LEADER_IN_CHARGE', 'DATA_ADMINISTRATOR', 'CONTACT']) {
      const mine = `where department = 'housing' and post = '${post}'`;
      await applications.rows(`update appointment set until_at = from_at ${mine}`);
      const { application, refusal, findings: lacking } = await applications.start(await applications.form());
      await applications.rows(`update appointment set until_at = null ${mine}`);
      expect([application.state, refusal.code, refusal.clause]).toEqual(['DRAFT', 'INCOMPLETE', 'QZ-9.2b']);
      expect(lacking).toEqual([{ code: 'POST_VACANT', part: 'department', clauses: ['QZ-9.2b'] }]);
    }
  });

  it('is the data administrator alone, of a draft that anybody of the department has written (QZ-9.2d)', async () => {
    showsPartOf('QZ-9.2d');
    const applications = await applicationsUnder('quanzhou');
    const { application, refusal } = await applications.start(await applications.form(), true, 'housingProvider');
    expect(application.state).toBe('DRAFT');
    expect(refusal).toMatchObject({ code: 'OFFICER_REQUIRED', clause: 'QZ-9.2d' });
    const sent = await applications.change(application.id, application.version, await applications.form(), true);
    expect([sent.refusal, sent.application.state]).toEqual([null, 'SUBMITTED']);
  });
});

describe('another purpose', () => {
  it('than the one granted needs an application of its own; a renewal keeps the purpose (YN-32c)', async () => {
    showsPartOf('YN-32c');
    const applications = await applicationsUnder('yunnan');
    await applications.rows(
      `insert into scenario (department, code, name, purpose) values ('housing', 'other', '其他', '其他')`,
    );
    const { grant } = await applications.agree('police', await applications.apply());
    const until = '2030-01-01T00:00:00Z';
    const { renewGrant } = await applications.ask(
      'housing',
      `mutation { renewGrant(id: "${grant.id}", until: "${until}", reason: "继续") { application { scenario } } }`,
    );
    expect(renewGrant.application.scenario).toBe('public-rental-review');
    const review = await applications.apply({ scenario: 'other' });
    expect(await tasks(applications, 'police')).toContain(review.id);
    const scenarios = await applications.rows(`select scenario from share_grant where id = $1`, [grant.id]);
    expect(scenarios).toEqual([{ scenario: 'public-rental-review' }]);
  });
});

describe('an answer', () => {
  it('in Hangzhou finds whether the duty needs the data (HZ-8.5b)', async () => {
    shows('HZ-8.5b', 'HZ-3.4a');
    const applications = await applicationsUnder('hangzhou');
    const review = await applications.apply();
    const terms = { mode: 'QUERY', coordinates: ['Resident.phone'] };
    const { refusal } = await applications.decide('police', review, { verdict: 'AGREE', terms });
    expect(refusal).toMatchObject({ code: 'DUTY_FINDING_MISSING', clause: expect.stringContaining('HZ-8.5b') });
  });

  it('may be given at once in Yunnan, and its time is on record (YN-16g)', async () => {
    shows('YN-16g');
    const applications = await applicationsUnder('yunnan');
    const review = await applications.apply();
    const { review: decided, grant } = await applications.agree('police', review);
    expect(decided.status).toBe('AGREED');
    const [row] = await applications.rows('select closed_at, grant_id from application_track where id = $1', [
      review.id,
    ]);
    expect(row).toEqual({ closed_at: new Date(applications.now), grant_id: grant.id });
  });

  it('becomes a grant that names the duty it serves (QZ-5.1b, CZ-11a) and its uses (CZ-11j)', async () => {
    shows('QZ-5.1b', 'CZ-11a', 'CZ-11j');
    for (const profile of ['quanzhou', 'chenzhou']) {
      const applications = await applicationsUnder(profile);
      let review = await applications.apply();
      if (profile === 'quanzhou') ({ review } = await applications.decide('police', review, { verdict: 'AGREE' }));
      const { grant } = await applications.agree(profile === 'quanzhou' ? 'authority' : 'police', review);
      const { grantOf } = await applications.ask(
        'authority',
        `{ grantOf(id: "${grant.id}") { duty uses coordinates } }`,
      );
      const { duty } = await applications.form();
      expect(grantOf).toMatchObject({ duty, uses: ['ADMINISTRATIVE_BASIS'] });
    }
  });

  it('in Jilin is for calls of request and response; a copy is given by nobody without the authority (JL-23g, JL-23h)', async () => {
    shows('JL-23h');
    showsPartOf('JL-23g');
    const applications = await applicationsUnder('jilin');
    const query = await applications.agree('police', await applications.apply());
    expect(query.review.status).toBe('AGREED');
    const copy = await applications.agree('police', await applications.apply({ mode: 'BULK' }), { mode: 'BULK' });
    expect([copy.grant, copy.review.status]).toEqual([null, 'REVIEW']);
    const wider = await applications.agree('police', await applications.apply(), { mode: 'BULK' });
    expect(wider.refusal.code).toBe('TERMS_WIDER');
    const { grant } = await applications.agree('authority', copy.review, { mode: 'BULK' });
    expect(grant.approver).toBe('zhao.lei, wang.min');
  });

  it('opens each mode of use, as it was applied for (CZ-11l)', async () => {
    showsPartOf('CZ-11l');
    const applications = await applicationsUnder('chenzhou');
    for (const mode of ['QUERY', 'BULK', 'VERIFY', 'STATISTICS']) {
      const { grant, refusal } = await applications.agree('police', await applications.apply({ mode }), { mode });
      expect(refusal).toBeNull();
      const [row] = await applications.rows('select mode from share_grant where id = $1', [grant.id]);
      expect(row).toEqual({ mode });
    }
  });

  it('for what is not shared needs both consents in Quanzhou, whatever the mode (QZ-5.4f)', async () => {
    showsPartOf('QZ-5.4f');
    const applications = await applicationsUnder('quanzhou');
    const review = await applications.apply({ coordinates: ['Resident.annualIncome'], mode: 'VERIFY' });
    const alone = await applications.agree('authority', review, { mode: 'VERIFY' });
    expect(alone.refusal).toMatchObject({ code: 'CONSENT_MISSING' });
    const { review: consented, grant: none } = await applications.decide('police', review, { verdict: 'AGREE' });
    expect(none).toBeNull();
    const { grant } = await applications.agree('authority', consented, { mode: 'VERIFY' });
    expect(grant.approver).toBe('zhao.lei, wang.min');
  });
});
