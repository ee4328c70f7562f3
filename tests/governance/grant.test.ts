import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readSnapshot, type SnapshotQuery } from '../../shared/read-model/read-snapshot.js';
import type { Loose } from '../support/system.js';
import { ApplicationsUnderTest, type Person } from './support/applications-under-test.js';
import { showsPartOf } from '../conformance/shows.js';

let applications: ApplicationsUnderTest;
let grant: string;
const query: SnapshotQuery = (sql, values) => applications.rows(sql, values as unknown[]);
beforeAll(async () => {
  applications = await ApplicationsUnderTest.open('hangzhou');
}, 60_000);
afterAll(() => applications.close());

/** A grant of the telephone number for the housing department's rental review. */
async function granted(more: Record<string, unknown> = {}): Promise<string> {
  const review = await applications.apply({ coordinates: ['Resident.phone'], ...more });
  const { review: reviewed } = await applications.agree('police', review, {
    masks: [{ coordinate: 'Resident.phone', as: 'PHONE' }],
  });
  return (await applications.decide('secrecy', reviewed, { verdict: 'AGREE' })).grant.id;
}
beforeEach(async () => {
  grant = await granted();
});

const GRANT = 'grant { id suspended suspensions { party reason } persons } refusal { code message }';
const act = async (who: Person, mutation: string, more: string): Promise<Loose> =>
  (await applications.ask(who, `mutation { ${mutation}(id: "${grant}", ${more}) { ${GRANT} } }`))[mutation];
const inForce = async () => [...(await readSnapshot(query)).grants.values()].flat().find(({ id }) => id === grant);

describe('stopping a grant', () => {
  it('is open to those who have a part in it, and to nobody else', async () => {
    for (const who of ['tax', 'social'] as const)
      for (const mutation of ['suspendGrant', 'revokeGrant'])
        expect((await act(who, mutation, 'reason: "x"')).refusal.code).toBe('GRANT_UNKNOWN');
    expect((await act('housing', 'suspendGrant', 'reason: "x", as: PLATFORM')).refusal.code).toBe('NOT_ENTITLED');
    expect((await act('police', 'suspendGrant', 'reason: " "')).refusal.code).toBe('GROUNDS_MALFORMED');
    expect((await inForce())?.suspended).toBe(false);
  });

  it('by one is never lifted by another, and each sees whose it is', async () => {
    const told = async () => (await inForce())!.suspensions;
    await act('housing', 'suspendGrant', 'reason: "系统改造"');
    const first = { party: 'CONSUMER', reason: '系统改造', since: expect.any(Number) };
    expect(await told()).toEqual([first]);
    await act('police', 'suspendGrant', 'reason: "核查用途"');
    expect(await told()).toEqual([first, { party: 'PROVIDER', reason: '核查用途', since: expect.any(Number) }]);
    const { grant: all } = await act('authority', 'suspendGrant', 'reason: "整改"');
    expect(all.suspensions).toEqual([
      { party: 'CONSUMER', reason: '系统改造' },
      { party: 'PROVIDER', reason: '核查用途' },
      { party: 'PLATFORM', reason: '整改' },
    ]);
    for (const [who, left] of [
      ['authority', 2],
      ['housing', 1],
      ['police', 0],
    ] as const) {
      const { grant: now } = await act(who, 'resumeGrant', 'reason: "已处理"');
      expect([who, now.suspensions.length]).toEqual([who, left]);
      expect((await inForce())?.suspended).toBe(left > 0);
    }
  });

  it('by another is not resumed, and the refusal says whose it is', async () => {
    await act('police', 'suspendGrant', 'reason: "核查用途"');
    for (const who of ['housing', 'authority'] as const) {
      const { grant: left, refusal } = await act(who, 'resumeGrant', 'reason: "已处理"');
      expect([left, refusal.code]).toEqual([null, 'SUSPENDED_BY_ANOTHER']);
      expect(refusal.message).toContain('suspended by PROVIDER');
    }
    expect((await inForce())?.suspended).toBe(true);
    expect((await act('police', 'resumeGrant', 'reason: "已处理"')).grant.suspensions).toEqual([]);
    expect((await act('police', 'resumeGrant', 'reason: "已处理"')).refusal).toBeNull();
  });

  it('for good by its consumer takes it out of force at once, and nothing brings it back', async () => {
    await act('housing', 'revokeGrant', 'reason: "不再需要"');
    expect(await inForce()).toBeUndefined();
    expect((await act('authority', 'resumeGrant', 'reason: "x"')).refusal.code).toBe('GRANT_REVOKED');
  });
});

describe('persons of the department', () => {
  it('are named by its own data administrator, out of its own officers', async () => {
    showsPartOf('QZ-8.2d');
    await expect(act('police', 'authorisePersons', 'persons: ["li.na"]')).resolves.toMatchObject({
      refusal: { code: 'NOT_ENTITLED' },
    });
    await expect(act('housingProvider', 'authorisePersons', 'persons: ["li.na"]')).rejects.toThrow('may not use');
    const { refusal } = await act('housing', 'authorisePersons', 'persons: ["zhao.lei"]');
    expect(refusal).toMatchObject({ code: 'OFFICER_UNKNOWN', message: expect.stringContaining('zhao.lei') });
    expect((await inForce())?.persons).toBeUndefined();
  });

  it('are none who are suspended', async () => {
    await applications.rows(`update officer set suspended = true where subject = 'housing.contact'`);
    const { refusal } = await act('housing', 'authorisePersons', 'persons: ["li.na", "housing.contact"]');
    expect(refusal).toMatchObject({ code: 'OFFICER_SUSPENDED', message: expect.stringMatching(/^housing\.contact /) });
    expect((await inForce())?.persons).toBeUndefined();
    await applications.rows(`update officer set suspended = false where subject = 'housing.contact'`);
  });

  it('by name and by post reach the read model, with the posts that officers hold', async () => {
    await act('housing', 'authorisePersons', 'persons: ["li.na"], posts: [CONTACT]');
    expect((await inForce())?.persons).toEqual(['li.na', '*CONTACT']);
    const { officers } = await readSnapshot(query);
    expect(officers.get('li.na')?.posts).toContain('DATA_ADMINISTRATOR');
    await act('housing', 'authorisePersons', 'reason: "全员"');
    expect((await inForce())?.persons).toBeUndefined();
  });

  it('are in force with the next version when a post changes hands', async () => {
    const before = await readSnapshot(query);
    await applications.rows(
      `update appointment set until_at = now() where officer = 'housing.contact' and post = 'CONTACT'`,
    );
    const after = await readSnapshot(query, before);
    expect(after.version).toBeGreaterThan(before.version);
    expect(after.officers.get('housing.contact')?.posts ?? []).not.toContain('CONTACT');
  });
});

describe('who sees a grant', () => {
  it('are the department that has it, the one whose data it gives, and the authority; nobody else', async () => {
    const seen = async (who: Person) =>
      (await applications.ask(who, `{ grantOf(id: "${grant}") { id application } }`)).grantOf;
    for (const who of ['housing', 'police', 'authority'] as const)
      expect(await seen(who)).toEqual({ id: grant, application: expect.stringMatching(/^A-/) });
    for (const who of ['tax', 'social', 'secrecy'] as const) expect(await seen(who)).toBeNull();
  });
});

describe('renewal', () => {
  const renew = async (until: string, who: Person = 'housing'): Promise<Loose> =>
    (
      await applications.ask(
        who,
        `mutation { renewGrant(id: "${grant}", until: "${until}", reason: "业务继续") {
          application { id renews reviews { id version status terms { coordinates until } } } findings { code } refusal { code } } }`,
      )
    ).renewGrant;

  it('is refused for another department’s grant, and for no longer time', async () => {
    expect((await renew('2030-01-01T00:00:00Z', 'tax')).refusal.code).toBe('GRANT_UNKNOWN');
    expect((await renew('2026-03-01T00:00:00Z')).refusal.code).toBe('PERIOD_WRONG');
  });

  it('goes through the review anew, begins where the old one ends, and keeps its masks', async () => {
    const [old] = await applications.rows('select until_at from share_grant where id = $1', [grant]);
    const { application, refusal } = await renew('2028-01-01T00:00:00Z');
    expect([refusal, application.renews]).toEqual([null, grant]);
    const [review] = application.reviews;
    expect(review.status).toBe('REVIEW');
    const { review: reviewed } = await applications.agree('police', review);
    const { grant: renewed } = await applications.decide('secrecy', reviewed, { verdict: 'AGREE' });
    const [row] = await applications.rows('select * from share_grant where id = $1', [renewed.id]);
    expect(row).toMatchObject({ from_at: old!['until_at'], masks: { 'Resident.phone': 'PHONE' } });
  });
});
