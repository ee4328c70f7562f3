import { textIn } from '../../shared/kernel/index.js';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readCalendar, readProfile } from '../../shared/law/index.js';
import { applyCommand } from '../../subgraphs/governance/correction/commands/apply-command.rule.js';
import type {
  Actor,
  CommandOutcome,
  CorrectionCommand,
} from '../../subgraphs/governance/correction/commands/correction-command.rule.js';
import { resolveCorrectionProcess } from '../../subgraphs/governance/correction/correction-process.rule.js';
import {
  computeDueDate,
  findAwaited,
  openCorrection,
  type CorrectionState,
} from '../../subgraphs/governance/correction/correction-state.rule.js';
import { shows, showsPartOf } from '../conformance/shows.js';

const NOW = Date.parse('2026-03-02T10:00:00+08:00');
const DAYS = { calendar: readCalendar(), timeZone: 'Asia/Shanghai' };
const person = (id: string, department: string, ...roles: Actor['roles'][number][]): Actor => ({
  ...{ id, department, roles, accounts: [id] },
});
const CONSUMER = person('li.na', 'housing', 'consumer');
const PROVIDER = person('zhao.lei', 'public-security', 'provider');
const OPERATOR = person('wang.min', 'data-bureau', 'operator', 'authority');
const AUTHORITY = person('xu.fang', 'data-bureau', 'authority');
const ITEMS = ['Resident.phone'];
const REASON = '已核实';

class Case {
  private constructor(
    readonly process: ReturnType<typeof resolveCorrectionProcess>,
    public state: CorrectionState,
  ) {}
  static report(profile: string): Case {
    const process = resolveCorrectionProcess(readProfile(profile));
    return new Case(
      process,
      openCorrection(process, { by: CONSUMER.id, as: 'reporter', type: 'REPORT' }, { now: NOW }),
    );
  }
  static find(profile: string): Case {
    const process = resolveCorrectionProcess(readProfile(profile));
    const act = { by: CONSUMER.id, as: 'reporter', type: 'REPORT' } as const;
    return new Case(process, openCorrection(process, act, { now: NOW, mismatch: true }));
  }
  try(actor: Actor, command: CorrectionCommand, now = NOW): CommandOutcome {
    const parties = { reporter: 'housing', provider: 'public-security', items: ITEMS, authorities: ['data-bureau'] };
    return applyCommand(this.state, { process: this.process, ...parties, now }, command, actor, this.state.version);
  }
  do(actor: Actor, command: CorrectionCommand, now = NOW): this {
    const outcome = this.try(actor, command, now);
    if ('refused' in outcome) throw new Error(textIn(outcome.refused.message, 'en'));
    this.state = outcome.state;
    return this;
  }
  codeOf(actor: Actor, command: CorrectionCommand): string | undefined {
    const outcome = this.try(actor, command);
    return 'refused' in outcome ? outcome.refused.code : undefined;
  }
  get due() {
    return computeDueDate(this.process, this.state, DAYS);
  }
  get awaited() {
    return findAwaited(this.state, { reporter: 'housing', provider: 'public-security' });
  }
}

describe('a difference that a comparison found in Hangzhou', () => {
  it('is fed back within five working days by the department that uses the data, which is late otherwise (HZ-8.6c)', () => {
    shows('HZ-8.6c');
    const found = Case.find('hangzhou');
    expect([found.awaited, found.due?.date]).toEqual([['housing'], '2026-03-09']);
    expect(found.process.report.clauses).toEqual(['HZ-8.6c']);
    expect(found.codeOf(PROVIDER, { type: 'ACCEPT' })).toBe('OUT_OF_ORDER');
    expect(found.codeOf(CONSUMER, { type: 'FEED_BACK', finding: 'OWN_RIGHT', reason: ' ' })).toBe('REASON_MISSING');
  });

  it('is verified, and then with the provider, or is corrected in the own record (HZ-8.6b), promptly (HZ-6.3b)', () => {
    shows('HZ-8.6b', 'HZ-6.3b');
    const right = Case.find('hangzhou').do(CONSUMER, { type: 'FEED_BACK', finding: 'OWN_RIGHT', reason: REASON });
    expect([right.state.status, right.awaited, right.due]).toEqual(['DISPATCHED', ['public-security'], undefined]);
    const wrong = Case.find('hangzhou').do(CONSUMER, { type: 'FEED_BACK', finding: 'OWN_WRONG', reason: REASON });
    expect([wrong.state.status, wrong.state.decision?.by]).toEqual(['CLOSED', 'reporter']);
    expect(wrong.process.fix.clauses).toEqual(['HZ-6.3b']);
  });
});

describe('a dispute in Hangzhou', () => {
  it('is settled by the authority, and closed by neither department alone (HZ-6.3c)', () => {
    shows('HZ-6.3c');
    const disputed = Case.report('hangzhou')
      .do(PROVIDER, { type: 'ACCEPT' })
      .do(PROVIDER, { type: 'DECIDE', verdict: 'REJECTED', reason: REASON })
      .do(CONSUMER, { type: 'OBJECT', reason: '不同意' });
    expect([disputed.state.status, disputed.awaited]).toEqual(['DISPUTED', ['*authority']]);
    for (const actor of [CONSUMER, PROVIDER]) {
      const commands: CorrectionCommand[] = [
        { type: 'CLOSE' },
        { type: 'WITHDRAW', reason: REASON },
        { type: 'DECIDE', verdict: 'UPHELD', reason: REASON },
        { type: 'COORDINATE', verdict: 'REJECTED', reason: REASON, reference: '函1' },
      ];
      for (const command of commands) expect(disputed.try(actor, command)).toHaveProperty('refused');
    }
    const other = person('deng.hua', 'provincial-bureau', 'authority');
    const settle: CorrectionCommand = { type: 'COORDINATE', verdict: 'UPHELD', reason: REASON, reference: '函1' };
    expect(disputed.codeOf(other, settle)).toBe('NOT_ENTITLED');
    expect(disputed.do(AUTHORITY, settle).state.status).toBe('UPHELD');
  });
});

describe('a report in Yunnan', () => {
  it('goes to the provider, by a department or at a desk (YN-33a), which corrects it promptly: its age is shown (YN-33b)', () => {
    showsPartOf('YN-33a');
    shows('YN-33b');
    const reported = Case.report('yunnan');
    expect([reported.awaited, reported.due]).toEqual([['public-security'], undefined]);
    const decided = reported
      .do(PROVIDER, { type: 'ACCEPT' })
      .do(PROVIDER, { type: 'DECIDE', verdict: 'UPHELD', reason: REASON });
    expect([decided.due, decided.process.fix.clauses]).toEqual([undefined, ['YN-33b']]);
    expect(decided.codeOf(CONSUMER, { type: 'CLOSE' })).toBe('NOT_PROVEN');
  });
});

it('a text that says nothing of corrections leaves them without limits, and says so', () => {
  const { route, decision, notes } = resolveCorrectionProcess(readProfile('jilin'));
  expect([route.through, decision.workingDays]).toEqual(['PROVIDER', undefined]);
  expect(notes).toHaveLength(2);
});

it('a limit that reaches beyond the known calendar is provisional', () => {
  const late = Case.report('quanzhou').do(
    OPERATOR,
    { type: 'DISPATCH', analysis: REASON },
    Date.parse('2026-12-30T10:00:00+08:00'),
  );
  expect(late.due).toMatchObject({ provisional: true });
});

describe('whatever is tried', () => {
  const everybody = [
    CONSUMER,
    PROVIDER,
    OPERATOR,
    AUTHORITY,
    person('guo.wei', 'human-resources', 'provider', 'consumer'),
  ];
  const verdict = fc.constantFrom('UPHELD', 'PARTLY', 'REJECTED');
  const text = fc.constantFrom('', REASON);
  const command: fc.Arbitrary<CorrectionCommand> = fc.oneof(
    fc.record({ type: fc.constant('ACCEPT'), analysis: text }),
    fc.record({ type: fc.constant('CLOSE') }),
    fc.record({ type: fc.constant('DISPATCH'), analysis: text }),
    fc.record({ type: fc.constant('OBJECT'), reason: text }),
    fc.record({ type: fc.constant('WITHDRAW'), reason: text }),
    fc.record({ type: fc.constant('DECIDE'), verdict, reason: text }),
    fc.record({ type: fc.constant('COORDINATE'), verdict, reason: text, reference: text }),
  );

  it('nobody stands on two sides, and nothing that is to be corrected closes without its proof', () => {
    const step = fc.tuple(fc.constantFrom(...everybody), command);
    fc.assert(
      fc.property(
        fc.constantFrom('quanzhou', 'chenzhou', 'hangzhou'),
        fc.array(step, { maxLength: 40 }),
        (profile, steps) => {
          const open = Case.report(profile);
          for (const [actor, each] of steps) {
            const outcome = open.try(actor, each);
            if ('state' in outcome) open.state = outcome.state;
          }
          const { status, decision, acts, times, version } = open.state;
          const sides = Map.groupBy(acts, ({ by }) => by);
          for (const own of sides.values()) expect(new Set(own.map(({ as }) => as)).size).toBe(1);
          expect(version).toBe(acts.length);
          // Only a read through the hub proves a correction, and no person's command does.
          expect(times.corrected).toBeUndefined();
          if (status === 'CLOSED') expect(decision?.verdict).toBe('REJECTED');
          if (times.decided !== undefined) expect(decision?.reason).not.toBe('');
        },
      ),
      { numRuns: 300 },
    );
  });
});
