import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { narrowTerms, reducesTerms, type Terms } from '../../subgraphs/governance/application/draft/terms.rule.js';
import { readSnapshot, type SnapshotQuery } from '../../shared/read-model/read-snapshot.js';
import type { VerificationDetail } from '../../shared/kernel/index.js';
import { ApplicationsUnderTest } from './support/applications-under-test.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers are read loosely
type Loose = any;

describe('Answers of verification beyond one outcome, among the terms', () => {
  const BOTH = ['PER_ITEM', 'NO_RECORD'] as const;
  const asked = (...verificationDetails: VerificationDetail[]): Terms => ({
    mode: 'VERIFY',
    coordinates: ['Resident.phone'],
    until: 1,
    masks: {},
    conditions: [],
    ...(verificationDetails.length > 0 && { verificationDetails }),
  });
  const narrow = (terms: Terms, by?: readonly VerificationDetail[]) => narrowTerms(terms, { verificationDetails: by });

  it.each<[readonly VerificationDetail[], readonly VerificationDetail[]]>([
    [[], ['PER_ITEM']],
    [['PER_ITEM'], ['NO_RECORD']],
    [['NO_RECORD'], BOTH],
  ])('asked for as %j, are never widened to %j', (some, more) => {
    expect(narrow(asked(...some), more)).toMatchObject({ wider: [expect.anything()] });
  });

  it('stay as they were asked for, or become fewer, or none', () => {
    expect(narrow(asked(...BOTH))).toEqual({ terms: asked(...BOTH) });
    expect(narrow(asked(...BOTH), ['NO_RECORD'])).toEqual({ terms: asked('NO_RECORD') });
    expect(narrow(asked(...BOTH), [])).toEqual({ terms: asked() });
    expect(reducesTerms(asked(...BOTH), asked('NO_RECORD'))).toBe(true);
    expect(reducesTerms(asked('NO_RECORD'), asked('NO_RECORD'))).toBe(false);
  });
});

describe('An application', () => {
  let applications: ApplicationsUnderTest;
  beforeAll(async () => {
    applications = await ApplicationsUnderTest.open('hangzhou');
  }, 60_000);
  afterAll(() => applications.close());
  const VERIFY = { mode: 'VERIFY', coordinates: ['Resident.phone'] };

  it.each(['QUERY', 'STATISTICS', 'BULK'])(
    'of the mode %s is refused with them by name, and keeps its draft',
    async (mode) => {
      const form = await applications.form({ mode, bulkFinding: '逐条查询不足', verificationDetails: ['PER_ITEM'] });
      const { findings, application } = await applications.start(form);
      expect(findings).toContainEqual({ code: 'DETAILS_UNFIT', part: 'verificationDetails', clauses: [] });
      expect(application).toMatchObject({ state: 'DRAFT' });
    },
  );

  it('asks for them, a reviewer narrows them, and the grant has what is left, in the read model too', async () => {
    const review = await applications.apply({ ...VERIFY, verificationDetails: ['PER_ITEM', 'NO_RECORD'] });
    const wider = await applications.agree('police', await applications.apply(VERIFY), {
      ...VERIFY,
      verificationDetails: ['PER_ITEM'],
    });
    expect(wider.refusal).toMatchObject({ code: 'TERMS_WIDER' });
    const agreed = await applications.agree('police', review, { ...VERIFY, verificationDetails: ['NO_RECORD'] });
    const again = await applications.decide('secrecy', agreed.review, {
      verdict: 'AGREE',
      terms: { verificationDetails: ['PER_ITEM', 'NO_RECORD'] },
    });
    expect(again.refusal).toMatchObject({ code: 'TERMS_WIDER' });
    const { grant } = await applications.decide('secrecy', agreed.review, { verdict: 'AGREE' });
    const query = `{ grantOf(id: "${grant.id}") { mode verificationDetails } }`;
    expect((await applications.ask('housing', query)).grantOf).toEqual({
      mode: 'VERIFY',
      verificationDetails: ['NO_RECORD'],
    });
    const read: SnapshotQuery = async (sql, values) => (await applications.pool.query(sql, values as unknown[])).rows;
    const grants = [...(await readSnapshot(read)).grants.values()].flat();
    expect(grants.find(({ id }) => id === grant.id)).toMatchObject({ verificationDetails: ['NO_RECORD'] });
    expect(grants.find(({ id }) => id === 'D-0001')).not.toHaveProperty('verificationDetails');
    const { renewGrant } = await applications.ask(
      'housing',
      `mutation { renewGrant(id: "${grant.id}", until: "2028-01-01T00:00:00Z", reason: "业务继续") {
         application { form { verificationDetails } } refusal { code } } }`,
    );
    expect(renewGrant).toEqual({ application: { form: { verificationDetails: ['NO_RECORD'] } }, refusal: null });
  });

  it('is not told to be granted already where the grant says less', async () => {
    await applications.rows(
      `insert into share_grant (id, department, scenario, mode, coordinates, from_at, until_at, approver, basis)
       values ('T-1', 'housing', 'talent-housing', 'VERIFY', '["Resident.phone"]', now(), '2036-01-01', 'x', '[]')`,
    );
    const warned = async (more: object) =>
      (
        await applications.start(await applications.form({ ...VERIFY, scenario: 'talent-housing', ...more }), false)
      ).warnings
        .map(({ code, duplicates }: Loose) => [code, duplicates])
        .filter(([code]: Loose) => code === 'ALREADY_GRANTED');
    expect(await warned({})).toEqual([['ALREADY_GRANTED', 'T-1']]);
    expect(await warned({ verificationDetails: ['PER_ITEM'] })).toEqual([]);
  });
});
