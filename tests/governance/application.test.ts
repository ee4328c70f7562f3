import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApplicationsUnderTest } from './support/applications-under-test.js';
import { shows } from '../conformance/shows.js';
import type { Loose } from '../support/system.js';

let applications: ApplicationsUnderTest;
beforeAll(async () => {
  applications = await ApplicationsUnderTest.open('hangzhou');
}, 60_000);
afterAll(() => applications.close());

describe('an application that cannot be sent', () => {
  it('says everything that it lacks at once, with the clauses, and is kept as a draft', async () => {
    const { application, findings, refusal } = await applications.start({
      coordinates: ['Resident.phone'],
      reason: '草稿',
    });
    expect(refusal).toMatchObject({ code: 'INCOMPLETE', clause: 'HZ-8.5b, HZ-3.4a' });
    expect(findings).toEqual([
      { code: 'MODE_MISSING', part: 'mode', clauses: [] },
      { code: 'SCENARIO_MISSING', part: 'scenario', clauses: [] },
      { code: 'DUTY_MISSING', part: 'duty', clauses: ['HZ-8.5b', 'HZ-3.4a'] },
    ]);
    expect(application).toMatchObject({ state: 'DRAFT', form: { reason: '草稿' }, reviews: [] });
  });

  it.each([
    [{ coordinates: ['Resident.name'] }, 'NO_APPLICATION_NEEDED'],
    [{ coordinates: ['Resident.shoeSize'] }, 'ITEM_UNKNOWN'],
    [{ coordinates: [] }, 'ITEMS_MISSING'],
    [{ coordinates: ['Resident.annualIncome'] }, 'MODE_CLOSED'],
    [{ scenario: 'tax-credit-review' }, 'SCENARIO_UNKNOWN'],
    [{ duty: 'Z-999999' }, 'DUTY_UNKNOWN'],
    [{ until: '2020-01-01T00:00:00Z' }, 'PERIOD_WRONG'],
    [{ until: '9999-12-31T00:00:00Z' }, 'PERIOD_WRONG'],
    [{ rows: ['杭州'] }, 'ROWS_WRONG'],
    [{ special: true }, 'PROCEDURE_UNKNOWN'],
    [{ uncatalogued: { provider: 'nobody', description: '车辆信息' } }, 'PROVIDER_UNKNOWN'],
  ])('says so of %j', async (more, code) => {
    const { findings, refusal, application } = await applications.start(await applications.form(more));
    expect([refusal.code, findings.map((finding: { code: string }) => finding.code)]).toEqual([
      'INCOMPLETE',
      expect.arrayContaining([code]),
    ]);
    expect(application.state).toBe('DRAFT');
  });

  it.each([
    [{ reason: 'x'.repeat(2_001) }, '`reason` is longer than 2000 characters.'],
    [{ use: '审核\u202e核审' }, '`use` has control or invisible characters.'],
  ])('because of a text leaves the draft as it was', async (more, sentence) => {
    const { application } = await applications.start(await applications.form(), false);
    const { refusal } = await applications.change(application.id, 1, await applications.form(more), false);
    expect(refusal).toMatchObject({ code: 'TEXT_UNFIT', details: [sentence] });
    const { application: kept } = await applications.change(application.id, 1, await applications.form(), false);
    expect(kept.version).toBe(2);
  });

  it('is nobody else’s: another department neither sees nor changes a draft', async () => {
    const { application } = await applications.start(await applications.form(), false);
    for (const who of ['tax', 'police', 'authority'] as const)
      expect((await applications.ask(who, `{ application(id: "${application.id}") { id } }`)).application).toBeNull();
    const query = `mutation { submitApplication(id: "${application.id}", version: 1) { refusal { code } } }`;
    expect((await applications.ask('tax', query)).submitApplication.refusal.code).toBe('APPLICATION_UNKNOWN');
  });
});

describe('an application that repeats another or a grant', () => {
  const fresh = { scenario: 'talent-housing', coordinates: ['Resident.registeredAddress'] };
  const codes = ({ warnings }: Loose) => warnings.map(({ code }: Loose) => code);

  it('is told so with the draft, and is sent all the same', async () => {
    const form = await applications.form({ ...fresh, until: '2026-06-30T16:00:00Z' });
    const first = await applications.start(form);
    expect([first.refusal, codes(first)]).toEqual([null, []]);

    const second = await applications.start(form, false);
    expect(second).toMatchObject({
      refusal: null,
      findings: [],
      warnings: [{ code: 'ALREADY_APPLIED', duplicates: first.application.id, until: '2026-06-30T16:00:00.000Z' }],
    });
    expect(second.warnings[0].message).toContain(`${first.application.id} asks for the same, until 2026-07-01`);
    const sent = await applications.change(second.application.id, second.application.version, form, true);
    expect(sent).toMatchObject({ refusal: null, application: { state: 'SUBMITTED' } });
    expect(codes(sent)).toEqual(['ALREADY_APPLIED']);
  });

  it.each([
    ['another item', { coordinates: ['Resident.phone'] }],
    ['another mode', { mode: 'VERIFY' }],
    ['another scenario', { scenario: 'public-rental-review' }],
    ['more rows', { rows: undefined }],
  ])('is not one that asks for %s', async (_, more) => {
    const rows = { ...fresh, coordinates: ['Resident.certificates'], rows: ['330106'] };
    const { application } = await applications.start(await applications.form(rows));
    const narrower = await applications.start(await applications.form({ ...rows, rows: ['330106002'] }), false);
    expect(narrower.warnings).toMatchObject([{ duplicates: application.id }]);
    await applications.change(narrower.application.id, 1, {}, false);
    const other = await applications.start(await applications.form({ ...rows, ...more }), false);
    expect(other.warnings.filter(({ duplicates }: Loose) => duplicates === application.id)).toEqual([]);
    await applications.change(other.application.id, 1, {}, false);
    await applications.withdraw(application.id, application.version);
  });

  it('names the grant that gives it, what it gives of it, and its end', async () => {
    const whole = await applications.start(await applications.form({ coordinates: ['Resident.phone'] }), false);
    const [{ until_at }] = (await applications.rows(`select until_at from share_grant where id = 'D-0001'`)) as Loose;
    expect(whole.warnings).toContainEqual(
      expect.objectContaining({
        code: 'ALREADY_GRANTED',
        duplicates: 'D-0001',
        until: until_at.toISOString(),
        message: expect.stringContaining('D-0001 gives all of this until'),
      }),
    );
    const coordinates = ['Resident.phone', 'Resident.insuredUnit', 'Resident.maritalStatus'];
    const { warnings } = await applications.start(await applications.form({ coordinates }), false);
    expect(warnings).toMatchObject([{ message: expect.stringContaining('D-0001 gives Resident.phone until') }]);
  });

  it.each([
    ['masked', `masks = '{"Resident.phone": "PHONE"}'`],
    ['revoked', `revoked_at = now(), revocation = '不再需要'`],
    ['over', `until_at = '2026-02-01T00:00:00Z'`],
    ['another item by now', `identities = '{"Resident.phone": "another"}'`],
    ['limited to other rows', `rows = '["330102"]'`],
    ['limited to a few uses', `quota_per_day = 3`],
  ])('is not warned of a grant that is %s', async (_, change) => {
    const form = await applications.form({
      coordinates: ['Resident.phone'],
      rows: ['330106'],
      until: '2026-05-01T00:00:00Z',
    });
    const grants = async () =>
      (await applications.start(form, false)).warnings.filter(({ code }: Loose) => code === 'ALREADY_GRANTED');
    expect(await grants()).toMatchObject([{ duplicates: 'D-0001' }]);
    const [before] = await applications.rows(`select * from share_grant where id = 'D-0001'`);
    await applications.rows(`update share_grant set ${change} where id = 'D-0001'`);
    try {
      expect(await grants()).toEqual([]);
    } finally {
      const columns = ['masks', 'revoked_at', 'revocation', 'until_at', 'identities', 'rows', 'quota_per_day'];
      const values = columns.map((column) => {
        const value: unknown = before![column];
        return ['masks', 'identities', 'rows'].includes(column) && value != null ? JSON.stringify(value) : value;
      });
      const set = columns.map((column, at) => `${column} = $${at + 1}`).join(', ');
      await applications.rows(`update share_grant set ${set} where id = 'D-0001'`, values);
    }
  });

  it('says that the grant is suspended', async () => {
    await applications.rows(`update share_grant set suspended = true, suspension = '整改' where id = 'D-0001'`);
    const { warnings } = await applications.start(await applications.form({ coordinates: ['Resident.phone'] }), false);
    await applications.rows(`update share_grant set suspended = false, suspension = null where id = 'D-0001'`);
    expect(warnings.find(({ duplicates }: Loose) => duplicates === 'D-0001').message).toContain('It is suspended');
  });

  it('tells nothing of an application of another department, or of one that the caller may not see', async () => {
    const form = await applications.form({ ...fresh, coordinates: ['Resident.household'] });
    const { application } = await applications.start(form);
    const about = async () =>
      (await applications.start(form, false)).warnings.filter(({ duplicates }: Loose) => duplicates === application.id);
    expect(await about()).toHaveLength(1);
    const change = (set: string) =>
      applications.rows(`update share_application set ${set} where id = $1`, [application.id]);
    await change(`visible_to = '{*authority,@sun.hao}'`);
    expect(await about()).toEqual([]);
    await change(`visible_to = '{housing}', department = 'tax'`);
    expect(await about()).toEqual([]);
  });
});

describe('a review in Hangzhou', () => {
  it('goes from the provider to the secrecy reviewer, and only then there is a grant (HZ-8.5b, HZ-8.5d, HZ-8.5f)', async () => {
    shows('HZ-8.5b', 'HZ-8.5d', 'HZ-8.5f');
    const review = await applications.apply({ until: '2026-12-31T16:00:00Z' });
    // Five working days from Monday 9 February: 10 to 14, where 14 is a Saturday worked for the Spring Festival.
    expect(review).toMatchObject({
      status: 'REVIEW',
      waitsFor: ['public-security'],
      time: { due: '2026-02-14', provisional: false, workingDaysLeft: 5, overdue: false },
    });
    const early = await applications.agree('secrecy', review);
    expect(early.refusal).toMatchObject({ code: 'OUT_OF_ORDER', clause: 'HZ-8.5b' });
    const own = await applications.agree('housingProvider', review);
    expect(own.refusal.code).toBe('OWN_APPLICATION');
    const { review: reviewed, grant: none } = await applications.agree('police', review, {
      coordinates: ['Resident.phone'],
    });
    expect([reviewed.status, reviewed.waitsFor, none]).toEqual(['REVIEW', ['*secrecy-reviewer'], null]);
    const { review: decided, grant } = await applications.decide('secrecy', reviewed, { verdict: 'AGREE' });
    expect(decided).toMatchObject({ status: 'AGREED', partial: true, grant: grant.id, waitsFor: [] });
    expect(decided.decisions).toMatchObject([
      { role: 'PROVIDER', verdict: 'AGREE', by: 'zhao.lei' },
      { role: 'SECRECY_REVIEWER', verdict: 'AGREE', by: 'zhou.bao' },
    ]);
    expect(grant.approver).toBe('zhao.lei, zhou.bao');
    const [row] = await applications.rows('select * from share_grant where id = $1', [grant.id]);
    expect(row).toMatchObject({
      department: 'housing',
      scenario: 'public-rental-review',
      coordinates: ['Resident.phone'],
      application: decided.id.split('/')[0],
      until_at: new Date('2026-12-31T16:00:00Z'),
    });
  });

  it('cannot be refused without a reason (HZ-8.5g), and a refusal may be objected to (HZ-8.5h)', async () => {
    shows('HZ-8.5g', 'HZ-8.5h');
    const review = await applications.apply();
    const bare = await applications.decide('police', review, { verdict: 'REFUSE', reason: '  ' });
    expect(bare.refusal).toMatchObject({ code: 'REASON_MISSING', clause: 'HZ-8.5g' });
    const { review: refused } = await applications.decide('police', review, {
      verdict: 'REFUSE',
      reason: '与职能无关',
    });
    expect([refused.status, refused.refusalReason]).toEqual(['REFUSED', '与职能无关']);
    const { review: contested } = await applications.dispute(
      'housing',
      'objectToRefusal',
      refused,
      'reason: "确需使用"',
    );
    expect([contested.status, contested.waitsFor]).toEqual(['COORDINATION', ['*authority']]);
    const { review: settled } = await applications.dispute(
      'authority',
      'coordinateApplication',
      contested,
      'agreed: true, reference: "杭数协1号"',
    );
    expect([settled.status, settled.waitsFor]).toEqual(['REVIEW', ['*secrecy-reviewer']]);
    const { grant } = await applications.decide('secrecy', settled, { verdict: 'AGREE' });
    expect((await applications.rows('select coordination from share_grant where id = $1', [grant.id]))[0]).toEqual({
      coordination: '杭数协1号',
    });
  });

  it('takes no text that could be read as another, nor one that evidence cannot hold', async () => {
    const review = await applications.apply();
    for (const reason of ['不予\u202e共享', 'x'.repeat(501), '\u0000']) {
      const { refusal } = await applications.decide('police', review, { verdict: 'REFUSE', reason });
      expect(refusal).toMatchObject({ code: 'TEXT_UNFIT', details: [expect.stringContaining('`reason`')] });
    }
    const { refusal } = await applications.agree('police', review, { conditions: ['仅\u2066限本处'] });
    expect(refusal).toMatchObject({ code: 'TEXT_UNFIT', details: [expect.stringContaining('`conditions`')] });
    expect((await applications.review(review.id)).version).toBe(review.version);
  });

  it('that two decide at once is decided by one; the other is told what happened, and changes nothing', async () => {
    const review = await applications.apply();
    const both = await Promise.all([
      applications.decide('police', review, { verdict: 'REFUSE', reason: '一' }),
      applications.decide('policeHead', review, { verdict: 'REFUSE', reason: '二' }),
    ]);
    const lost = both.find(({ refusal }) => refusal);
    expect(both.filter(({ refusal }) => refusal)).toHaveLength(1);
    expect(lost.refusal).toMatchObject({
      code: 'STALE_VERSION',
      details: [expect.stringMatching(/REFUSE_TO_SHARE by .* of public-security/)],
    });
    const replayed = await applications.decide('police', review, { verdict: 'REFUSE', reason: '一' });
    expect(replayed.refusal.code).toBe('STALE_VERSION');
    expect((await applications.review(review.id)).version).toBe(review.version + 1);
  });

  it('asks for changes, which the applicant makes without losing anything, and begins anew', async () => {
    const review = await applications.apply({ coordinates: ['Resident.phone'] });
    const { review: back } = await applications.decide('police', review, {
      verdict: 'ASK_CHANGES',
      reason: '请说明使用范围',
    });
    expect(back).toMatchObject({ status: 'CHANGES_ASKED', waitsFor: ['housing'], time: { due: null } });
    const [id] = review.id.split('/');
    const { application } = await applications.ask(
      'housing',
      `{ application(id: "${id}") { version form { reason } } }`,
    );
    expect(application.form.reason).toBe('审核公共租赁住房申请');
    applications.now += 86_400_000;
    const { application: again } = await applications.change(
      id,
      application.version,
      await applications.form({ coordinates: ['Resident.phone'], scopeOfUse: '审核科' }),
      true,
    );
    expect(again.reviews[0]).toMatchObject({ status: 'REVIEW', time: { due: '2026-02-24', workingDaysLeft: 5 } });
  });

  it('may be withdrawn while it is open, and not after', async () => {
    const review = await applications.apply();
    const [id] = review.id.split('/');
    const { application } = await applications.withdraw(id, 2);
    expect([application.state, application.reviews[0].status]).toEqual(['WITHDRAWN', 'WITHDRAWN']);
    expect((await applications.withdraw(id, 3)).refusal.code).toBe('FINAL');
    expect((await applications.decide('police', application.reviews[0], { verdict: 'AGREE' })).refusal.code).toBe(
      'OUT_OF_ORDER',
    );
  });
});

describe('an application to several providers', () => {
  it('has a review for each, is closed when all are decided, and open again when a refusal is objected to', async () => {
    const form = await applications.form({ coordinates: ['Resident.phone', 'PensionInsurance.monthsPaid'] });
    const { application } = await applications.start(form);
    const state = async () =>
      (await applications.ask('housing', `{ application(id: "${application.id}") { state } }`)).application.state;
    const [social, police] = application.reviews;
    expect([social.terms.coordinates, police.terms.coordinates]).toEqual([
      ['PensionInsurance.monthsPaid'],
      ['Resident.phone'],
    ]);
    expect((await applications.agree('police', social)).refusal.code).toBe('NOT_ENTITLED');
    const { review: refused } = await applications.decide('social', social, {
      verdict: 'REFUSE',
      reason: '与职能无关',
    });
    expect(await state()).toBe('SUBMITTED');
    const { review: reviewed } = await applications.agree('police', police);
    const { grant } = await applications.decide('secrecy', reviewed, { verdict: 'AGREE' });
    expect([grant.id, await state()]).toEqual([expect.stringMatching(/^G-/), 'CLOSED']);
    await applications.dispute('housing', 'objectToRefusal', refused, 'reason: "确需使用"');
    expect(await state()).toBe('SUBMITTED');
  });
});

describe('the lists', () => {
  it('refuse a state that no application has, instead of being empty', async () => {
    await expect(applications.ask('housing', '{ applications(state: OPEN) { nodes { id } } }')).rejects.toThrow(
      /"OPEN" does not exist in "ApplicationState"/,
    );
  });

  it('go on page by page, the newest application first', async () => {
    const { id: older } = (await applications.start({}, false)).application;
    const { id: newer } = (await applications.start({}, false)).application;
    const page = async (after: string | null) =>
      (
        await applications.ask(
          'housing',
          `query ($after: String) { applications(first: 1, state: DRAFT, after: $after) {
            edges { cursor node { id } } nodes { id } pageInfo { hasNextPage hasPreviousPage endCursor } } }`,
          { after },
        )
      ).applications;
    const first = await page(null);
    expect(first).toMatchObject({
      nodes: [{ id: newer }],
      edges: [{ cursor: first.pageInfo.endCursor, node: { id: newer } }],
      pageInfo: { hasNextPage: true, hasPreviousPage: false },
    });
    expect(await page(first.pageInfo.endCursor)).toMatchObject({
      nodes: [{ id: older }],
      pageInfo: { hasPreviousPage: true },
    });
  });
});

describe('a list of what is to be done', () => {
  it('shows each its own, and what is late is listed and escalated, never granted (HZ-8.3c, HZ-8.5e)', async () => {
    shows('HZ-8.3c', 'HZ-8.5e', 'HZ-3.2c');
    const review = await applications.apply();
    const tasks = async (who: 'police' | 'secrecy' | 'housing', overdue = false) =>
      (await applications.ask(who, `{ myTasks(first: 100, overdue: ${overdue}) { nodes { id } } }`)).myTasks.nodes.map(
        ({ id }: { id: string }) => id,
      );
    expect(await tasks('police')).toContain(review.id);
    expect([await tasks('secrecy'), await tasks('housing')].flat()).not.toContain(review.id);
    expect(await tasks('police', true)).not.toContain(review.id);
    const soon = await applications.ask(
      'housing',
      `mutation { escalateAnswer(review: "${review.id}") { refusal { code } } }`,
    );
    expect(soon.escalateAnswer.refusal.code).toBe('NOT_OVERDUE');
    applications.now += 30 * 86_400_000;
    expect(await tasks('police', true)).toContain(review.id);
    const { overdueAnswers } = await applications.ask('authority', '{ overdueAnswers(first: 100) { nodes { id } } }');
    expect(overdueAnswers.nodes.map(({ id }: { id: string }) => id)).toContain(review.id);
    const { escalateAnswer } = await applications.ask(
      'housing',
      `mutation { escalateAnswer(review: "${review.id}") { review { status escalatedAt grant } } }`,
    );
    expect(escalateAnswer.review).toMatchObject({ status: 'REVIEW', grant: null, escalatedAt: expect.any(String) });
    expect((await applications.review(review.id)).time).toMatchObject({
      overdue: true,
      clauses: ['HZ-8.5e', 'HZ-8.5d'],
    });
  });

  it('keeps the whole history of an application, with who, when and why', async () => {
    const review = await applications.apply();
    await applications.decide('police', review, { verdict: 'REFUSE', reason: '与职能无关' });
    const [id] = review.id.split('/');
    const { application } = await applications.ask(
      'housing',
      `{ application(id: "${id}") { history { action actor department reason clauses } } }`,
    );
    expect(application.history).toEqual([
      { action: 'START', actor: 'li.na', department: 'housing', reason: null, clauses: [] },
      { action: 'SUBMIT', actor: 'li.na', department: 'housing', reason: null, clauses: ['HZ-8.5b', 'HZ-8.5d'] },
      {
        action: 'REFUSE_TO_SHARE',
        actor: 'zhao.lei',
        department: 'public-security',
        reason: '与职能无关',
        clauses: ['HZ-8.5b'],
      },
    ]);
  });
});

describe('a grant for which no period was asked', () => {
  it('begins when it is decided and ends a year later, at the end of a day of the jurisdiction', async () => {
    const before = applications.now;
    applications.now = Date.parse('2026-02-09T10:00:00+08:00');
    const review = await applications.apply({ coordinates: ['Resident.phone'] });
    expect(review.terms.from).toBeNull();
    applications.now = Date.parse('2026-02-10T23:30:00+08:00');
    const { review: reviewed } = await applications.agree('police', review);
    const { review: decided, grant } = await applications.decide('secrecy', reviewed, { verdict: 'AGREE' });
    const [row] = await applications.rows('select from_at, until_at from share_grant where id = $1', [grant.id]);
    expect([row!['from_at'].toISOString(), row!['until_at'].toISOString()]).toEqual([
      '2026-02-10T15:30:00.000Z',
      '2027-02-10T16:00:00.000Z',
    ]);
    expect([decided.terms.from, decided.terms.until, decided.partial]).toEqual([
      null,
      '2027-02-10T16:00:00.000Z',
      false,
    ]);
    applications.now = before;
  });

  it('ends as soon as the decision says', async () => {
    const review = await applications.apply({ coordinates: ['Resident.phone'] });
    const { review: reviewed } = await applications.agree('police', review, { until: '2026-06-30T16:00:00Z' });
    const { grant } = await applications.decide('secrecy', reviewed, { verdict: 'AGREE' });
    const [row] = await applications.rows('select until_at from share_grant where id = $1', [grant.id]);
    expect(row!['until_at'].toISOString()).toBe('2026-06-30T16:00:00.000Z');
  });
});

describe('a person', () => {
  it('who only changed the draft decides nothing of it after moving, and nothing of its renewal', async () => {
    const { application } = await applications.start(await applications.form(), false);
    await applications.changeAs('housingProvider', application.id, 1, await applications.form());
    const { application: sent } = await applications.change(application.id, 2, await applications.form(), true);
    const [review] = sent.reviews;
    expect((await applications.agree('housingProviderAtPolice', review)).refusal.code).toBe('SAME_PERSON');
    const { review: reviewed } = await applications.agree('police', review);
    const { grant } = await applications.decide('secrecy', reviewed, { verdict: 'AGREE' });
    const { renewGrant } = await applications.ask(
      'housing',
      `mutation { renewGrant(id: "${grant.id}", until: "2028-01-01T00:00:00Z", reason: "业务继续") {
        application { reviews { id version terms { coordinates } } } } }`,
    );
    const [renewal] = renewGrant.application.reviews;
    expect((await applications.agree('housingProviderAtPolice', renewal)).refusal.code).toBe('SAME_PERSON');
  });

  it('who decided in a case does not act for the department that asks', async () => {
    const review = await applications.apply();
    await applications.agree('housingProviderAtPolice', review);
    const id = review.id.split('/')[0];
    const query = `mutation { withdrawApplication(id: "${id}", version: 2, reason: "不再需要") { refusal { code } } }`;
    expect((await applications.ask('housingProvider', query)).withdrawApplication.refusal.code).toBe('SAME_PERSON');
  });

  it('must be signed in to decide: a system on its own behalf is refused', async () => {
    const review = await applications.apply();
    await expect(applications.agree('policeSystem', review)).rejects.toThrow('may not use');
    expect((await applications.review(review.id)).version).toBe(1);
  });
});
