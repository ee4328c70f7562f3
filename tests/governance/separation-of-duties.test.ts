import { describe, expect, it } from '@jest/globals';
import { ROLES, type Coordinate, textIn } from '../../shared/kernel/index.js';
import { readProfile } from '../../shared/law/index.js';
import { applyCommand } from '../../subgraphs/governance/application/review/apply-command.rule.js';
import type {
  Actor,
  ReviewCommand,
  ReviewContext,
} from '../../subgraphs/governance/application/review/commands/review-command.rule.js';
import { resolveProcess } from '../../subgraphs/governance/application/review/resolve-process.rule.js';
import type { ReviewProcess } from '../../subgraphs/governance/application/review/review-process.js';
import { openReview, type ReviewState } from '../../subgraphs/governance/application/review/review-state.rule.js';
import type { Terms } from '../../subgraphs/governance/application/draft/terms.rule.js';

const NOW = Date.UTC(2026, 0, 5, 2);
const ITEMS = ['Resident.phone'] as readonly Coordinate[];
const ASKED: Terms = { mode: 'QUERY', coordinates: ITEMS, until: NOW + 8e9, masks: {}, conditions: [] };

/** A person who acts in a department now, wherever they were before: they hold every role, so that only the rule counts. */
const inDepartment = (department: string) => (id: string) => ({ department, id, roles: ROLES });
const housing = inDepartment('housing');
const police = inDepartment('public-security');
const bureau = inDepartment('data-bureau');
const secrecy = inDepartment('secrecy-bureau');

type Step = readonly [ReviewCommand, Actor];
const agree = (as: (typeof ROLES)[number], actor: Actor): Step => [
  { type: 'AGREE', as, dutyNeed: true, narrowing: { mode: 'QUERY', coordinates: ITEMS } },
  actor,
];
const refuse = (as: (typeof ROLES)[number], actor: Actor): Step => [
  { type: 'REFUSE', as, reason: '与职能无关', bases: [{ kind: 'LAW', provision: '统计法 第二十五条' }] },
  actor,
];
const object = (actor: Actor): Step => [{ type: 'OBJECT', reason: '确需使用' }, actor];
const coordinate = (actor: Actor): Step => [{ type: 'COORDINATE', reference: '数协〔2026〕9号' }, actor];
const settleAgainst = (actor: Actor): Step => [{ type: 'COORDINATE_REFUSAL', reason: '不符合规定' }, actor];
const negotiate = (outcome: 'OPEN' | 'FAILED' | 'AGREED', actor: Actor): Step => [
  { type: 'NEGOTIATE', record: '协商记录', outcome },
  actor,
];
const askChanges = (as: (typeof ROLES)[number], actor: Actor): Step => [
  { type: 'ASK_CHANGES', as, reason: '补充依据' },
  actor,
];
const resubmit = (actor: Actor): Step => [{ type: 'RESUBMIT', asked: ASKED }, actor];
const extend = (actor: Actor): Step => [{ type: 'EXTEND', as: 'provider', workingDays: 5, reason: '需汇总' }, actor];
const consent = (actor: Actor): Step => [
  { type: 'CONSENT_TO_EXTENSION', agreed: true },
  { ...actor, isHead: true },
];
const fulfil = (actor: Actor): Step => [{ type: 'FULFIL', terms: ASKED }, actor];

function processOf(profile: string, kind: ReviewProcess['kind'] = 'CONDITIONAL'): ReviewProcess {
  const process = resolveProcess(readProfile(profile), { kind, mode: 'QUERY' });
  if ('code' in process) throw new Error(textIn(process.message, 'en'));
  const extension = { workingDays: 15, consent: 'provider-head', noticeToApplicant: true, clauses: [] } as const;
  return { ...process, limit: { workingDays: 10, clauses: [], extension } };
}

/** What each command of a case is answered: the status that it leads to, or the code of its refusal. */
function walk(process: ReviewProcess, steps: readonly Step[], state: Partial<ReviewState> = {}): string[] {
  const context: ReviewContext = {
    process,
    applicant: { department: 'housing', id: 'began', persons: ['began', 'drafted'] },
    provider: 'public-security',
    authorities: ['data-bureau', 'public-security'],
    higherAuthorities: ['data-bureau'],
    now: NOW,
  };
  let review: ReviewState = { ...openReview(process, ASKED, NOW), ...state };
  return steps.map(([command, actor]) => {
    const outcome = applyCommand(review, context, command, actor, review.version);
    if ('refused' in outcome) return outcome.refused.code;
    review = outcome.review;
    return review.status;
  });
}

const HANGZHOU = processOf('hangzhou');
const QUANZHOU = processOf('quanzhou');
const CHENZHOU = processOf('chenzhou');
const YUNNAN = processOf('yunnan', 'NOT_SHARED');
const WANTED = processOf('yunnan', 'UNCATALOGUED');

describe('a person who asked, or only drafted, and has moved since', () => {
  const ASKERS = ['began', 'drafted'];
  const disputed = [refuse('provider', police('p')), object(housing('h'))];
  const cases: readonly (readonly [string, ReviewProcess, readonly Step[], (id: string) => Step])[] = [
    ['agrees', HANGZHOU, [], (id) => agree('provider', police(id))],
    ['refuses', HANGZHOU, [], (id) => refuse('provider', police(id))],
    ['asks for changes', HANGZHOU, [], (id) => askChanges('provider', police(id))],
    ['asks for more time', HANGZHOU, [], (id) => extend(police(id))],
    ['consents to more time', HANGZHOU, [extend(police('p'))], (id) => consent(police(id))],
    [
      'agrees in a later step',
      HANGZHOU,
      [agree('provider', police('p'))],
      (id) => agree('secrecy-reviewer', secrecy(id)),
    ],
    ['negotiates for the other side', CHENZHOU, disputed, (id) => negotiate('AGREED', police(id))],
    ['settles the dispute', HANGZHOU, disputed, (id) => coordinate(bureau(id))],
    ['settles the dispute against it', HANGZHOU, disputed, (id) => settleAgainst(bureau(id))],
    [
      'fulfils the request',
      WANTED,
      [agree('provider', police('p')), agree('authority', bureau('b'))],
      (id) => fulfil(police(id)),
    ],
  ];

  it.each(cases)('is refused as the same person: %s', (_what, process, before, step) => {
    for (const id of ASKERS) expect(walk(process, [...before, step(id)]).at(-1)).toBe('SAME_PERSON');
    expect(walk(process, [...before, step('another')]).at(-1)).not.toBe('SAME_PERSON');
  });
});

describe('a person who had a part in a case', () => {
  const cases: readonly (readonly [string, ReviewProcess, readonly Step[]])[] = [
    ['decides no other step', HANGZHOU, [agree('provider', police('x')), agree('secrecy-reviewer', secrecy('x'))]],
    ['decides no joint step in two roles', QUANZHOU, [agree('provider', police('x')), agree('authority', bureau('x'))]],
    [
      'decides no joint step in two roles of one department either',
      { ...QUANZHOU, steps: [{ by: ['provider', 'authority'], clauses: [] }] },
      [agree('provider', police('x')), agree('authority', police('x'))],
    ],
    [
      'decides no other step after the application was changed and sent again',
      HANGZHOU,
      [
        askChanges('provider', police('x')),
        resubmit(housing('h')),
        agree('provider', police('p')),
        agree('secrecy-reviewer', secrecy('x')),
      ],
    ],
    [
      'settles no dispute about their own refusal',
      HANGZHOU,
      [refuse('provider', police('x')), object(housing('h')), coordinate(bureau('x'))],
    ],
    [
      'settles no dispute of a step that they decided in the same role',
      { ...HANGZHOU, steps: [{ by: ['authority'], clauses: [] }] },
      [refuse('authority', bureau('x')), object(housing('h')), settleAgainst(bureau('x'))],
    ],
    [
      'decides no step after a dispute that they settled',
      { ...HANGZHOU, steps: [HANGZHOU.steps[0]!, { by: ['authority'], clauses: [] }] },
      [refuse('provider', police('p')), object(housing('h')), coordinate(bureau('x')), agree('authority', bureau('x'))],
    ],
    ['consents to no time that they asked for', HANGZHOU, [extend(police('x')), consent(police('x'))]],
    [
      'decides in no other role after consenting to more time',
      HANGZHOU,
      [
        extend(police('p')),
        consent(police('x')),
        agree('provider', police('p')),
        agree('secrecy-reviewer', secrecy('x')),
      ],
    ],
    ['does not take the side of the applicant', HANGZHOU, [refuse('provider', police('x')), object(housing('x'))]],
    ['does not send the application again', HANGZHOU, [askChanges('provider', police('x')), resubmit(housing('x'))]],
    ['does not withdraw it', HANGZHOU, [agree('provider', police('x')), [{ type: 'WITHDRAW' }, housing('x')]]],
    [
      'negotiates for one side only',
      CHENZHOU,
      [
        refuse('provider', police('p')),
        object(housing('h')),
        negotiate('OPEN', housing('x')),
        negotiate('AGREED', police('x')),
      ],
    ],
  ];

  it.each(cases)('%s: SAME_PERSON', (_what, process, steps) => {
    const answers = walk(process, steps);
    expect(answers.slice(0, -1)).not.toContain('SAME_PERSON');
    expect(answers.at(-1)).toBe('SAME_PERSON');
  });

  it.each<[string, ReviewProcess, readonly Step[]]>([
    ['who asked', HANGZHOU, [agree('provider', { ...police('other'), accounts: ['other', 'drafted'] })]],
    [
      'who reviewed',
      HANGZHOU,
      [agree('provider', police('x')), agree('secrecy-reviewer', { ...secrecy('y'), accounts: ['y', 'x'] })],
    ],
    [
      'who asked for more time',
      processOf('yunnan'),
      [extend(police('x')), consent({ ...police('y'), accounts: ['y', 'x'] })],
    ],
    [
      'who entered the coordination',
      processOf('yunnan', 'NOT_SHARED'),
      [negotiate('FAILED', police('p')), coordinate(bureau('b')), coordinate({ ...bureau('c'), accounts: ['c', 'b'] })],
    ],
  ])('stays bound under another account: %s', (_, process, steps) => {
    expect(walk(process, steps).at(-1)).toBe('SAME_PERSON');
  });

  it('goes on in the same part', () => {
    const twice = [negotiate('OPEN', housing('h')), negotiate('OPEN', housing('h'))];
    expect(walk(CHENZHOU, [refuse('provider', police('p')), object(housing('h')), ...twice]).at(-1)).toBe(
      'NEGOTIATION',
    );
  });
});

describe('a value that is not shared', () => {
  const failed = negotiate('FAILED', police('p'));

  it('is given by two persons: where nobody has agreed, a second of the authority confirms the coordination', () => {
    expect(
      walk(YUNNAN, [
        failed,
        coordinate(bureau('b')),
        coordinate(bureau('b')),
        [{ type: 'COORDINATE', reference: '另一文号' }, bureau('c')],
        coordinate(bureau('c')),
      ]),
    ).toEqual(['COORDINATION', 'COORDINATION', 'SAME_PERSON', 'REFERENCE_MISSING', 'AGREED']);
  });

  it('is given by the provider and the authority together', () => {
    expect(walk(YUNNAN, [negotiate('AGREED', police('p')), coordinate(bureau('b'))])).toEqual([
      'COORDINATION',
      'AGREED',
    ]);
  });

  it('is confirmed within what was entered first, never wider', () => {
    const entered: Step = [
      { type: 'COORDINATE', reference: '数协〔2026〕9号', narrowing: { until: NOW + 4e9 } },
      bureau('b'),
    ];
    const wider: Step = [
      { type: 'COORDINATE', reference: '数协〔2026〕9号', narrowing: { until: NOW + 8e9 } },
      bureau('c'),
    ];
    expect(walk(YUNNAN, [failed, entered, wider]).at(-1)).toBe('TERMS_WIDER');
  });

  it('is not settled before a negotiation that the law puts first is on record', () => {
    const reached = { status: 'COORDINATION', escalationIndex: 1, negotiations: 0 } as const;
    expect(walk(YUNNAN, [coordinate(bureau('b'))], reached)).toEqual(['NEGOTIATION_MISSING']);
    expect(walk(YUNNAN, [settleAgainst(bureau('b'))], reached)).toEqual(['NEGOTIATION_MISSING']);
  });
});
