import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { GRANT_MODES, type Role, ROLES, type Coordinate, textIn } from '../../shared/kernel/index.js';
import { PROFILE_NAMES, readProfile } from '../../shared/law/index.js';
import { resolveProcess } from '../../subgraphs/governance/application/review/resolve-process.rule.js';
import { APPLICATION_KINDS, type ReviewProcess } from '../../subgraphs/governance/application/review/review-process.js';
import type { Terms } from '../../subgraphs/governance/application/draft/terms.rule.js';
import type {
  Actor,
  ReviewContext,
  ReviewCommand,
} from '../../subgraphs/governance/application/review/commands/review-command.rule.js';
import { openReview, type ReviewState } from '../../subgraphs/governance/application/review/review-state.rule.js';
import {
  findHigherAuthorities,
  type RankedDepartment,
} from '../../subgraphs/governance/application/review/find-higher-authorities.rule.js';
import { findResponsibleAuthorities } from '../../subgraphs/governance/application/review/find-responsible-authorities.rule.js';
import type { Level } from '../../subgraphs/governance/register/department/level.rule.js';
import { applyCommand } from '../../subgraphs/governance/application/review/apply-command.rule.js';
import { rounds } from '../support/rounds.js';
import { shows, showsPartOf } from '../conformance/shows.js';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 0, 5, 2);
const ITEMS = ['Resident.phone', 'Resident.annualIncome', 'Resident.household'] as readonly Coordinate[];
const ASKED: Terms = {
  mode: 'QUERY',
  coordinates: ITEMS,
  rows: ['3301', '3302'],
  until: NOW + 100 * DAY,
  quotaPerDay: 100,
  masks: {},
  conditions: [],
};
const APPLICANT = { department: 'housing', id: 'li.na' };
const PROVIDER: Actor = { department: 'public-security', id: 'zhao.lei', roles: ['provider', 'consumer'] };
const AUTHORITY: Actor = { department: 'data-bureau', id: 'wang.min', roles: ['authority'] };
const SECRECY: Actor = { department: 'secrecy-bureau', id: 'zhou.bao', roles: ['secrecy-reviewer'] };
const CONSUMER: Actor = { ...APPLICANT, roles: ['consumer'] };
/** A person of the applying department to whom every role was given. */
const ALMIGHTY: Actor = { department: 'housing', id: 'sun.hao', roles: ROLES };
const OTHER: Actor = { department: 'tax', id: 'qian.wu', roles: ['provider', 'consumer'] };

function processIn(
  profile: string,
  kind: ReviewProcess['kind'] = 'CONDITIONAL',
  mode: ReviewProcess['mode'] = 'QUERY',
): ReviewProcess {
  const process = resolveProcess(readProfile(profile), { kind, mode });
  if ('code' in process) throw new Error(textIn(process.message, 'en'));
  return process;
}
const caseOf = (process: ReviewProcess, more: Partial<ReviewContext> = {}): ReviewContext => ({
  process,
  applicant: APPLICANT,
  provider: 'public-security',
  authorities: ['data-bureau'],
  now: NOW,
  ...more,
});
const FIX = { mode: 'QUERY', coordinates: ITEMS } as const;
const agree = (as: (typeof ROLES)[number]): ReviewCommand => ({ type: 'AGREE', as, narrowing: FIX, dutyNeed: true });

/** Applies commands to a fresh review, each on the version it finds. */
function walk(
  of: ReviewContext,
  ...steps: readonly (readonly [ReviewCommand, Actor])[]
): { review: ReviewState; codes: string[] } {
  let review = openReview(of.process, { ...ASKED, mode: of.process.mode }, NOW);
  const codes: string[] = [];
  for (const [command, actor] of steps) {
    const outcome = applyCommand(review, of, command, actor, review.version);
    if ('review' in outcome) review = outcome.review;
    codes.push('review' in outcome ? review.status : outcome.refused.code);
  }
  return { review, codes };
}

describe('who decides', () => {
  it('in Hangzhou is the provider and then the secrecy reviewer, in this order (HZ-8.5b, HZ-8.5d)', () => {
    shows('HZ-8.5b', 'HZ-8.5d');
    const of = caseOf(processIn('hangzhou'));
    expect(
      walk(
        of,
        [agree('secrecy-reviewer'), SECRECY],
        [agree('provider'), OTHER],
        [agree('provider'), PROVIDER],
        [agree('provider'), PROVIDER],
        [{ type: 'AGREE', as: 'secrecy-reviewer' }, SECRECY],
      ).codes,
    ).toEqual(['OUT_OF_ORDER', 'NOT_ENTITLED', 'REVIEW', 'OUT_OF_ORDER', 'AGREED']);
  });

  it('in Quanzhou is the authority, when the provider has consented (QZ-2.2c, QZ-5.4c)', () => {
    shows('QZ-2.2c', 'QZ-5.4c');
    const of = caseOf(processIn('quanzhou'));
    expect(
      walk(of, [agree('authority'), AUTHORITY], [agree('provider'), PROVIDER], [agree('authority'), AUTHORITY]).codes,
    ).toEqual(['CONSENT_MISSING', 'REVIEW', 'AGREED']);
    const declined: ReviewCommand = { type: 'REFUSE', as: 'provider', reason: '与职能无关' };
    expect(
      walk(
        of,
        [declined, PROVIDER],
        [agree('authority'), AUTHORITY],
        [{ type: 'REFUSE', as: 'authority', reason: '提供单位不同意' }, AUTHORITY],
        [{ type: 'OBJECT', reason: '确需使用' }, CONSUMER],
      ).codes,
    ).toEqual(['REVIEW', 'CONSENT_MISSING', 'REFUSED', 'FINAL']);
  });

  it('is never the department that asks, whatever roles its people hold', () => {
    for (const profile of PROFILE_NAMES) {
      const of = caseOf(processIn(profile));
      for (const as of ROLES) expect(walk(of, [agree(as), ALMIGHTY]).review.status).toBe('REVIEW');
    }
  });

  it('in Jilin is the authority as well, where copies are asked for (JL-23h)', () => {
    shows('JL-23h');
    const of = caseOf(processIn('jilin', 'CONDITIONAL', 'BULK'));
    const { review, codes } = walk(
      of,
      [{ type: 'AGREE', as: 'provider' }, PROVIDER],
      [{ type: 'AGREE', as: 'authority' }, AUTHORITY],
    );
    expect([codes, review.decisions.length]).toEqual([['REVIEW', 'AGREED'], 2]);
  });
});

describe('a refusal', () => {
  it.each(['hangzhou', 'chenzhou', 'yunnan', 'jilin'])('without a reason is impossible in %s', (profile) => {
    const { codes } = walk(caseOf(processIn(profile)), [{ type: 'REFUSE', as: 'provider', reason: ' ' }, PROVIDER]);
    expect(codes).toEqual(['REASON_MISSING']);
  });

  it('cites a provision of the kinds that Jilin and Yunnan accept (JL-24c, YN-13c)', () => {
    shows('JL-24c', 'YN-13c');
    const refusal = (
      kind: 'LAW' | 'RULE' | 'STATE_PROVISION',
      provision = '保守国家秘密法 第九条',
    ): [ReviewCommand, Actor] => [
      { type: 'REFUSE', as: 'provider', reason: '涉密', bases: [{ kind, provision }] },
      PROVIDER,
    ];
    const none: [ReviewCommand, Actor] = [{ type: 'REFUSE', as: 'provider', reason: '涉密' }, PROVIDER];
    expect(walk(caseOf(processIn('jilin')), none, refusal('LAW', ''), refusal('RULE')).codes).toEqual([
      'BASIS_MISSING',
      'BASIS_MISSING',
      'REFUSED',
    ]);
    expect(
      walk(caseOf(processIn('yunnan')), refusal('RULE'), refusal('STATE_PROVISION'), refusal('LAW')).codes,
    ).toEqual(['BASIS_MISSING', 'BASIS_MISSING', 'REFUSED']);
  });

  const REFUSE: [ReviewCommand, Actor] = [{ type: 'REFUSE', as: 'provider', reason: '不予共享' }, PROVIDER];
  const OBJECT: [ReviewCommand, Actor] = [{ type: 'OBJECT', reason: '确需使用' }, CONSUMER];
  const COORDINATE: ReviewCommand = { type: 'COORDINATE', reference: '数协〔2026〕9号' };

  it('that is not accepted is negotiated first in Chenzhou, with a record, and then coordinated (CZ-11g, CZ-11h)', () => {
    shows('CZ-11g', 'CZ-11h');
    const of = caseOf(processIn('chenzhou'));
    const { codes, review } = walk(
      of,
      REFUSE,
      OBJECT,
      [COORDINATE, AUTHORITY],
      [{ type: 'NEGOTIATE', record: '', outcome: 'FAILED' }, CONSUMER],
      [{ type: 'NEGOTIATE', record: '双方未能一致', outcome: 'AGREED' }, CONSUMER],
      [{ type: 'NEGOTIATE', record: '双方未能一致', outcome: 'FAILED' }, CONSUMER],
      [COORDINATE, PROVIDER],
      [{ ...COORDINATE, reference: '' }, AUTHORITY],
      [COORDINATE, AUTHORITY],
    );
    expect(codes).toEqual([
      'REFUSED',
      'NEGOTIATION',
      'OUT_OF_ORDER',
      'RECORD_MISSING',
      'OWN_APPLICATION',
      'COORDINATION',
      'NOT_ENTITLED',
      'REFERENCE_MISSING',
      'AGREED',
    ]);
    expect(review.coordination?.reference).toBe('数协〔2026〕9号');
  });

  it('that Hangzhou’s authority settles against still goes to the secrecy reviewer (HZ-8.5d, HZ-8.5h)', () => {
    shows('HZ-8.5d', 'HZ-8.5h');
    const of = caseOf(processIn('hangzhou'));
    expect(
      walk(of, REFUSE, OBJECT, [COORDINATE, AUTHORITY], [{ type: 'AGREE', as: 'secrecy-reviewer' }, SECRECY]).codes,
    ).toEqual(['REFUSED', 'COORDINATION', 'REVIEW', 'AGREED']);
  });

  it('of a department of a higher level goes to the higher authority in Chenzhou (CZ-11i)', () => {
    shows('CZ-11i');
    const process = resolveProcess(readProfile('chenzhou'), { kind: 'CONDITIONAL', mode: 'QUERY', higherLevel: true });
    if ('code' in process) throw new Error(textIn(process.message, 'en'));
    expect(process.escalation.map(({ step, by }) => by ?? step)).toEqual(['NEGOTIATION', 'higher-authority']);
    const failed: [ReviewCommand, Actor] = [{ type: 'NEGOTIATE', record: '双方未能一致', outcome: 'FAILED' }, CONSUMER];
    const refusal: ReviewCommand = { type: 'COORDINATE_REFUSAL', reason: '不符合规定' };
    const settledBy = (department: string) => {
      const authority = { ...AUTHORITY, department };
      const of = caseOf(process, { higherAuthorities: ['provincial-bureau'] });
      return [COORDINATE, refusal].map((command) =>
        walk(of, REFUSE, OBJECT, failed, [command, authority]).codes.at(-1),
      );
    };
    expect(settledBy(AUTHORITY.department)).toEqual(['HIGHER_AUTHORITY_DECIDES', 'HIGHER_AUTHORITY_DECIDES']);
    expect(settledBy('provincial-bureau')).toEqual(['AGREED', 'REFUSED']);
  });

  it('of a department of a higher level goes to the authority above it and to no other of that level (CZ-11i)', () => {
    shows('CZ-11i');
    const parties = { applicant: 'housing', provider: 'provincial-health' };
    const department = (
      code: string,
      level: Level | null,
      parent: string | null = null,
      roles: Role[] = ['authority'],
    ) => ({ code, roles, level, parent, suspended: false });
    const city = department('city-bureau', 'CITY', 'province-a');
    const provinces = [department('province-a', 'PROVINCE'), department('province-b', 'PROVINCE')];
    const health = (parent: string | null) => department('provincial-health', 'PROVINCE', parent, ['provider']);
    const find = (...departments: RankedDepartment[]) => findHigherAuthorities(departments, parties);
    expect(find(city, ...provinces, health('province-b'))).toEqual(['province-b']);
    expect(find(city, ...provinces, health(null))).toEqual(['province-a']);
    expect(find({ ...city, parent: null }, provinces[1]!, health(null))).toEqual(['province-b']);
    expect(find(city, { ...provinces[0]!, suspended: true }, health(null))).toEqual([]);
    expect(find(city, health(null))).toEqual([]);
    const bureau = department('city-bureau-2', 'CITY');
    const provider = department('provincial-health', 'CITY', null, ['provider']);
    expect(find(department('county', 'COUNTY'), bureau, ...provinces, provider)).toEqual(['city-bureau-2']);
    expect(findHigherAuthorities([city, ...provinces, health(null)], { ...parties, applicant: 'province-a' })).toEqual([
      'province-b',
    ]);
  });
});

describe('a case that an authority decides', () => {
  const department = (
    code: string,
    level: Level | null,
    parent: string | null = null,
    roles: Role[] = ['authority'],
  ): RankedDepartment => ({ code, roles, level, parent, suspended: false });
  const party = (code: string, level: Level | null, parent: string | null = null) =>
    department(code, level, parent, ['provider', 'consumer']);
  const city = department('city-bureau', 'CITY', 'province-bureau');
  const county = department('county-bureau', 'COUNTY', 'city-bureau');
  const otherCounty = department('other-county-bureau', 'COUNTY', 'city-bureau');
  const province = department('province-bureau', 'PROVINCE');
  const all = [county, otherCounty, city, province];
  const find = (departments: readonly RankedDepartment[], housing: RankedDepartment, police: RankedDepartment) =>
    findResponsibleAuthorities([...departments, housing, police], { applicant: 'housing', provider: 'police' });

  it('is decided by the nearest above both departments (YN-18b)', () => {
    shows('YN-18b');
    const inCounty = party('housing', 'COUNTY', 'county-bureau');
    expect(find(all, inCounty, party('police', 'COUNTY', 'county-bureau'))).toEqual(['county-bureau']);
    expect(find(all, inCounty, party('police', 'COUNTY', 'other-county-bureau'))).toEqual(['city-bureau']);
    expect(find(all, inCounty, party('police', 'CITY', 'city-bureau'))).toEqual(['city-bureau']);
    expect(find(all, party('housing', 'CITY', 'city-bureau'), party('police', 'COUNTY', 'county-bureau'))).toEqual([
      'city-bureau',
    ]);
    // Where the register has no common one, it is the provider's, and never one below a party.
    expect(find(all, party('housing', 'CITY'), party('police', 'CITY', 'city-bureau'))).toEqual(['city-bureau']);
    expect(find(all, party('housing', 'CITY'), party('police', 'COUNTY', 'county-bureau'))).toEqual(['city-bureau']);
    // Levels need not be registered.
    const bare = all.map((each) => ({ ...each, level: null }));
    expect(find(bare, party('housing', null, 'county-bureau'), party('police', null, 'county-bureau'))).toEqual([
      'county-bureau',
    ]);
  });

  it('is decided by the authority of their level where the register says nothing of what stands above', () => {
    const flat = all.map((each) => ({ ...each, parent: null }));
    expect(find(flat, party('housing', 'CITY'), party('police', 'COUNTY'))).toEqual(['city-bureau']);
    expect(find(flat, party('housing', 'COUNTY'), party('police', 'PROVINCE'))).toEqual(['province-bureau']);
    const hub = department('data-bureau', null);
    expect(find([...flat, hub], party('housing', 'TOWNSHIP'), party('police', null))).toEqual(['data-bureau']);
    expect(find([province, city, county], party('housing', 'TOWNSHIP'), party('police', null))).toEqual([
      'county-bureau',
    ]);
  });

  it('never is by the department that asks, nor by one that is suspended; the hub’s own remains where there is no other', () => {
    const [housing, police] = [party('housing', 'CITY'), party('police', 'CITY')];
    const asking = { ...housing, roles: ['authority', 'consumer'] as Role[] };
    expect(find([province], asking, police)).toEqual(['province-bureau']);
    expect(find([], asking, police)).toEqual([]);
    expect(find([{ ...city, suspended: true }, province], housing, police)).toEqual(['province-bureau']);
    expect(find([county], housing, { ...police, level: 'PROVINCE' })).toEqual(['county-bureau']);
  });

  it('is decided by no other authority, in a review and in a dispute alike', () => {
    const of = caseOf(processIn('quanzhou'), { authorities: ['city-bureau'] });
    const other: [ReviewCommand, Actor] = [agree('authority'), AUTHORITY];
    const responsible: [ReviewCommand, Actor] = [agree('authority'), { ...AUTHORITY, department: 'city-bureau' }];
    expect(walk(of, [agree('provider'), PROVIDER], other, responsible).codes).toEqual([
      'REVIEW',
      'OTHER_AUTHORITY_DECIDES',
      'AGREED',
    ]);
    const dispute = caseOf(processIn('hangzhou'), { authorities: [] });
    expect(
      walk(
        dispute,
        [{ type: 'REFUSE', as: 'provider', reason: '不予共享' }, PROVIDER],
        [{ type: 'OBJECT', reason: '确需使用' }, CONSUMER],
        [{ type: 'COORDINATE', reference: '数协〔2026〕9号' }, AUTHORITY],
      ).codes,
    ).toEqual(['REFUSED', 'COORDINATION', 'OTHER_AUTHORITY_DECIDES']);
  });
});

describe('what is not shared', () => {
  it('is never had as a value without a coordination on record (CZ-11, YN-18)', () => {
    const of = caseOf(processIn('yunnan', 'NOT_SHARED'));
    const settle: ReviewCommand = { type: 'NEGOTIATE', record: '同意提供', outcome: 'AGREED', narrowing: FIX };
    const { codes } = walk(
      of,
      [agree('provider'), PROVIDER],
      [settle, PROVIDER],
      [{ type: 'COORDINATE', reference: '云数协1号' }, AUTHORITY],
    );
    expect(codes).toEqual(['OUT_OF_ORDER', 'COORDINATION', 'AGREED']);
  });

  it('is open to verification and statistics only in Quanzhou (QZ-5.4d)', () => {
    showsPartOf('QZ-5.4d');
    expect(resolveProcess(readProfile('quanzhou'), { kind: 'NOT_SHARED', mode: 'QUERY' })).toMatchObject({
      code: 'MODE_CLOSED',
      clauses: ['QZ-5.4d'],
    });
    expect(processIn('quanzhou', 'NOT_SHARED', 'VERIFY').steps).toMatchObject([{ by: ['authority', 'provider'] }]);
  });
});

describe('more time', () => {
  const process: ReviewProcess = {
    ...processIn('yunnan'),
    limit: {
      workingDays: 10,
      starts: 'RECEIPT',
      stops: 'ANSWER',
      clauses: ['YN-26b'],
      extension: { workingDays: 15, consent: 'provider-head', noticeToApplicant: true, clauses: ['YN-26c', 'YN-26d'] },
    },
  };
  const ask = (workingDays: number): [ReviewCommand, Actor] => [
    { type: 'EXTEND', as: 'provider', workingDays, reason: '需汇总' },
    PROVIDER,
  ];

  it('is not to be had where the text knows none', () => {
    expect(walk(caseOf(processIn('hangzhou')), ask(3)).codes).toEqual(['EXTENSION_CLOSED']);
  });

  it('is given by the head of the department, once, in time, and no more than the text says', () => {
    const consent: ReviewCommand = { type: 'CONSENT_TO_EXTENSION', agreed: true };
    const head: Actor = { ...PROVIDER, id: 'ju.zhang', isHead: true };
    const { codes, review } = walk(caseOf(process), ask(16), ask(15), [consent, PROVIDER], [consent, head], ask(5));
    expect([codes, review.extension?.state]).toEqual([
      ['EXTENSION_TOO_LONG', 'REVIEW', 'NOT_ENTITLED', 'REVIEW', 'EXTENSION_CLOSED'],
      'GIVEN',
    ]);
    expect(walk(caseOf(process, { late: true }), ask(5)).codes).toEqual(['EXTENSION_CLOSED']);
  });
});

const actor: fc.Arbitrary<Actor> = fc.constantFrom(PROVIDER, AUTHORITY, SECRECY, CONSUMER, ALMIGHTY, OTHER);
const role = fc.constantFrom(...ROLES);
const text = fc.constantFrom('', '确有需要');
const bases = fc.constantFrom(undefined, [{ kind: 'LAW' as const, provision: '统计法 第二十五条' }]);
const narrowing = fc.record(
  {
    mode: fc.constantFrom(...GRANT_MODES),
    coordinates: fc.oneof(fc.constant([...ITEMS]), fc.subarray([...ITEMS, 'Resident.name'] as Coordinate[])),
    rows: fc.subarray(['3301', '330106', '44']),
    until: fc.constantFrom(NOW + DAY, NOW + 200 * DAY),
    quotaPerDay: fc.constantFrom(0, 5, 500),
    masks: fc.constantFrom<Terms['masks']>({}, { 'Resident.phone': 'PHONE' }),
  },
  { requiredKeys: [] },
);
const command: fc.Arbitrary<ReviewCommand> = fc.oneof(
  fc.record({ type: fc.constant('AGREE' as const), as: role, narrowing, dutyNeed: fc.boolean() }),
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('AGREE' as const),
      as: role,
      narrowing: fc.constant(FIX),
      dutyNeed: fc.constant(true),
    }),
  },
  fc.record({ type: fc.constant('REFUSE' as const), as: role, reason: text, bases }),
  fc.record({ type: fc.constant('ASK_CHANGES' as const), as: role, reason: text }),
  fc.record({ type: fc.constant('RESUBMIT' as const), asked: fc.constant(ASKED) }),
  fc.constant<ReviewCommand>({ type: 'WITHDRAW' }),
  fc.record({
    type: fc.constant('EXTEND' as const),
    as: role,
    workingDays: fc.integer({ min: 0, max: 20 }),
    reason: text,
  }),
  fc.record({ type: fc.constant('CONSENT_TO_EXTENSION' as const), agreed: fc.boolean() }),
  fc.record({ type: fc.constant('OBJECT' as const), reason: text }),
  fc.record({
    type: fc.constant('NEGOTIATE' as const),
    record: text,
    outcome: fc.constantFrom('OPEN' as const, 'AGREED' as const, 'FAILED' as const),
    narrowing,
  }),
  fc.record({ type: fc.constant('COORDINATE' as const), reference: text, narrowing }),
  fc.record({ type: fc.constant('COORDINATE_REFUSAL' as const), reason: text, bases }),
  fc.constant<ReviewCommand>({ type: 'FULFIL', terms: ASKED }),
  fc.constant<ReviewCommand>({ type: 'ESCALATE' }),
);
const process = fc
  .tuple(fc.constantFrom(...PROFILE_NAMES), fc.constantFrom(...APPLICATION_KINDS), fc.constantFrom(...GRANT_MODES))
  .map(([profile, kind, mode]) => resolveProcess(readProfile(profile), { kind, mode }))
  .filter((found): found is ReviewProcess => !('code' in found));
const anything = fc.record({ command, actor, late: fc.boolean(), behind: fc.constantFrom(0, 0, 0, 1) });
/** What leads on, so that chance alone need not find the way to every state. */
const fitting = fc.constantFrom(
  ...[PROVIDER, AUTHORITY, SECRECY].flatMap((actor) => {
    const as = actor === PROVIDER ? 'provider' : actor === AUTHORITY ? 'authority' : 'secrecy-reviewer';
    const why = { as, reason: '确有需要' } as const;
    const commands: ReviewCommand[] = [
      { type: 'AGREE', as, narrowing: FIX, dutyNeed: true },
      { type: 'AGREE', as, narrowing: FIX, dutyNeed: true },
      { type: 'REFUSE', ...why, bases: [{ kind: 'LAW', provision: '统计法 第二十五条' }] },
      { type: 'ASK_CHANGES', ...why },
      { type: 'NEGOTIATE', record: '当面协商', outcome: 'FAILED' },
    ];
    return commands.map((command) => ({ command, actor, late: false, behind: 0 }));
  }),
  ...[{ type: 'OBJECT', reason: '确有需要' } as const, { type: 'RESUBMIT', asked: ASKED } as const].map((command) => ({
    ...{ command, actor: CONSUMER, late: false, behind: 0 },
  })),
);
const history = fc.array(fc.oneof(anything, fitting), { maxLength: 25, size: 'max' });

describe('whatever is sent in whatever order', () => {
  it('nothing is agreed without every step’s people or a coordination, nothing wider than asked, and a decided review stays', () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(process, history, (process, steps) => {
        let review = openReview(process, { ...ASKED, mode: process.mode }, NOW);
        for (const { command, actor, late, behind } of steps) {
          const before = JSON.stringify(review);
          const outcome = applyCommand(review, caseOf(process, { late }), command, actor, review.version - behind);
          expect(JSON.stringify(review)).toBe(before);
          if (!('review' in outcome)) {
            expect(outcome.refused.message).not.toBe('');
            continue;
          }
          const next = outcome.review;
          expect(behind).toBe(0);
          expect(next.version).toBe(review.version + 1);
          if (review.status === 'AGREED' || review.status === 'WITHDRAWN')
            throw new Error(`${review.status} has changed`);
          if (review.status === 'REFUSED') expect(command.type).toBe('OBJECT');
          if (next.status === 'REFUSED' && review.status !== 'REFUSED') expectFounded(process, next, command);
          if (command.type === 'ESCALATE')
            expect({ ...next, version: 0, escalated: 0 }).toEqual({ ...review, version: 0, escalated: 0 });
          expectWithin(next);
          if (next.status === 'AGREED' || next.status === 'ENTRY_PENDING') expectEveryStep(process, next);
          reached.add(next.status);
          review = next;
        }
      }),
      { numRuns: rounds(3_000, 10_000) },
    );
    expect([...reached].toSorted()).toEqual([
      'AGREED',
      'CHANGES_ASKED',
      'COORDINATION',
      'ENTRY_PENDING',
      'NEGOTIATION',
      'REFUSED',
      'REVIEW',
      'WITHDRAWN',
    ]);
  });
});

function expectFounded({ refusal }: ReviewProcess, { refusal: made }: ReviewState, command: ReviewCommand): void {
  expect(made?.reason.trim()).not.toBe('');
  if (refusal.bases && command.type !== 'NEGOTIATE') expect(made?.bases.length).toBeGreaterThan(0);
}

function expectWithin({ asked, terms }: ReviewState): void {
  expect(asked.coordinates).toEqual(expect.arrayContaining([...terms.coordinates]));
  expect(terms.rows!.every((row) => asked.rows!.some((prefix) => row.startsWith(prefix)))).toBe(true);
  expect(terms.until).toBeLessThanOrEqual(asked.until);
  expect(terms.quotaPerDay).toBeLessThanOrEqual(asked.quotaPerDay!);
}

function expectEveryStep(process: ReviewProcess, { decisions, coordination, overridden }: ReviewState): void {
  const people = { provider: PROVIDER, authority: AUTHORITY, 'secrecy-reviewer': SECRECY } as Record<string, Actor>;
  if (process.coordinated) expect(coordination?.reference).toBeTruthy();
  if (coordination) expect(coordination.department).toBe('data-bureau');
  for (const [step, { by }] of process.steps.entries())
    for (const as of by) {
      const made = decisions.find(
        (decision) => decision.step === step && decision.as === as && decision.verdict === 'AGREE',
      );
      if (!made) {
        expect(coordination).toBeDefined();
        expect(overridden).toContainEqual({ step, as });
      } else expect([made.department, made.by]).toEqual([people[as]!.department, people[as]!.id]);
    }
}
