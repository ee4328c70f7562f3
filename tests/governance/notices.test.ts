import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { distributeNotices } from '../../subgraphs/governance/reminders/notice/distribute-notices.js';
import { AUDIT_ACTIONS } from '../../shared/evidence/governance-act.js';
import { NOTIFICATION_TEMPLATES } from '../../subgraphs/governance/reminders/notice/notification-templates.rule.js';
import { DEADLINE_ACTS } from '../../subgraphs/governance/reminders/notice/deadline-notices.rule.js';
import { writeNotices } from '../../subgraphs/governance/reminders/notice/write-notices.rule.js';
import { startGovernance, type GovernanceUnderTest } from './support/governance-under-test.js';
import { recordAct } from './support/record-act.js';

let governance: GovernanceUnderTest;

beforeAll(async () => {
  governance = await startGovernance();
}, 60_000);
afterAll(() => governance.stop());
beforeEach(() =>
  governance.rows(`with gone as (delete from notice_read), cleared as (delete from notice)
    update notice_cursor set position = (select position from evidence.ledger)`),
);

const INBOX = '{ inbox { nodes { id kind act object text clauses dueOn provisional read } } }';
const person = (department: string, person: string) =>
  governance.as({ department, system: `${department}-portal`, person, roles: ['consumer'] });
const objects = async (ask: ReturnType<GovernanceUnderTest['as']>): Promise<string[]> =>
  (await ask(INBOX)).data.inbox.nodes.map(({ object }: { object: string }) => object);
const suspended = (object: string, concerns: readonly string[], basis: readonly string[] = ['QZ-5.10']) =>
  recordAct(governance.pool, { act: 'SUSPEND_GRANT', department: 'data-bureau', object, concerns, basis });
const appoint = (officer: string, post: string) =>
  governance.rows(
    `insert into appointment (id, officer, department, post)
     select 'T-' || gen_random_uuid(), subject, department, $2 from officer where subject = $1`,
    [officer, post],
  );
const officersOf = async (department: string): Promise<string[]> => {
  for (const subject of [`${department}.one`, `${department}.two`])
    await governance.rows(
      `insert into officer (subject, name, department, roles) values ($1, $1, $2, '["consumer"]') on conflict do nothing`,
      [subject, department],
    );
  await governance.rows(`delete from appointment where department = $1`, [department]);
  return [`${department}.one`, `${department}.two`];
};

describe('an inbox', () => {
  it('is closed to who has no role in sharing', async () => {
    const { data, errors } = await governance.as({ department: 'tax', roles: [] })(INBOX);
    expect(data?.inbox ?? null).toBeNull();
    expect(errors[0]!.extensions.code).toBe('OPERATION_DENIED');
  });

  it('shows a department nothing of what concerns others only, and nothing of its own acts', async () => {
    await officersOf('tax');
    await suspended('grant/G-000007', ['tax', 'data-bureau']);
    await distributeNotices(governance.pool);
    expect(await objects(person('housing', 'anyone'))).toEqual([]);
    expect(await objects(person('data-bureau', 'anyone'))).toEqual([]);
    expect(await objects(person('tax', 'anyone'))).toEqual(['grant/G-000007']);
  });

  it('keeps what is for a post from who does not hold it, as soon as somebody holds it', async () => {
    const [one, two] = await officersOf('tax');
    await suspended('grant/G-000008', ['tax']);
    await distributeNotices(governance.pool);
    expect(await objects(person('tax', two!))).toEqual(['grant/G-000008']);
    await appoint(one!, 'DATA_ADMINISTRATOR');
    expect(await objects(person('tax', two!))).toEqual([]);
    expect(await objects(governance.as({ department: 'tax', system: 'tax-app', roles: ['consumer'] }))).toEqual([]);
    expect(await objects(person('tax', one!))).toEqual(['grant/G-000008']);
    await governance.rows(`update appointment set until_at = now() where officer = $1`, [one]);
    expect(await objects(person('tax', two!))).toEqual(['grant/G-000008']);
  });

  it('keeps what is for one person from the others', async () => {
    const [one, two] = await officersOf('tax');
    await suspended('grant/G-000009', ['tax']);
    await distributeNotices(governance.pool);
    await governance.rows('update notice set posts = null, person = $1', [one]);
    expect(await objects(person('tax', two!))).toEqual([]);
    expect(await objects(person('tax', one!))).toEqual(['grant/G-000009']);
  });

  it('refuses a cursor that is none, and a page of no size', async () => {
    const ask = person('tax', 'anyone');
    for (const query of ['{ inbox(after: "x") { nodes { id } } }', '{ inbox(first: 0) { nodes { id } } }']) {
      const { errors } = await ask(query);
      expect(errors[0]!.extensions.code).toBe('BAD_USER_INPUT');
    }
  });

  it('takes arguments that are null for arguments that are not there', async () => {
    const query = `query ($after: String) { inbox(after: $after) { nodes { id } } }`;
    const { errors } = await person('tax', 'anyone')(query, { variables: { after: null } });
    const marked = `mutation ($ids: [String!], $upTo: String) { markRead(ids: $ids, upTo: $upTo) { total } }`;
    const done = await person('tax', 'anyone')(marked, { variables: { ids: null, upTo: null } });
    expect([...errors, ...done.errors]).toEqual([]);
  });

  it('pages newest first, and counts', async () => {
    await officersOf('tax');
    for (let i = 1; i <= 5; i++) await suspended(`grant/G-00010${i}`, ['tax']);
    await distributeNotices(governance.pool);
    const ask = person('tax', 'anyone');
    const first = (
      await ask(
        '{ inbox(first: 3) { nodes { object } pageInfo { hasNextPage endCursor } } inboxCounts { total unread unreadOverdue } }',
      )
    ).data;
    expect(first.inbox.nodes.map(({ object }: { object: string }) => object)).toEqual(
      [5, 4, 3].map((i) => `grant/G-00010${i}`),
    );
    expect(first.inboxCounts).toEqual({ total: 5, unread: 5, unreadOverdue: 0 });
    const { data } = await ask(
      `{ inbox(first: 3, after: "${first.inbox.pageInfo.endCursor}") { nodes { object } pageInfo { hasNextPage } } }`,
    );
    expect(data.inbox).toEqual({
      nodes: [{ object: 'grant/G-000102' }, { object: 'grant/G-000101' }],
      pageInfo: { hasNextPage: false },
    });
  });
});

describe('marking as read', () => {
  it('does nothing to what the reader may not see, and says nothing about it', async () => {
    await suspended('grant/G-000011', ['tax']);
    await distributeNotices(governance.pool);
    const [{ id }] = (await governance.rows('select id from notice')) as [{ id: string }];
    const { data } = await person(
      'housing',
      'anyone',
    )(`mutation { markRead(ids: ["${id}"], upTo: "${id}") { total unread } }`);
    expect(data.markRead).toEqual({ total: 0, unread: 0 });
    expect(await governance.rows('select * from notice_read')).toEqual([]);
  });

  it('is marked by the thousands in batches, and those of others are left alone', async () => {
    const [one] = await officersOf('tax');
    await governance.rows(
      `insert into notice (position, department, at, kind, act, object, text, clauses)
       select 1000000 + n, case when n % 9 = 0 then 'housing' else 'tax' end, now(), 'INFORMATION', 'TEST', 'grant/G-' || n, 'x', '{}'
         from generate_series(1, 5400) n`,
    );
    const [last] = (await governance.rows('select max(number) as last, max(id) as id from notice')) as [{ id: string }];
    const { data } = await person('tax', one!)(`mutation { markRead(upTo: "${last.id}") { total unread } }`);
    expect(data.markRead).toEqual({ total: 4800, unread: 0 });
    expect(await governance.rows('select count(*)::int as n from notice_read')).toEqual([{ n: 4800 }]);
  });

  it('is each reader’s own affair', async () => {
    const [one, two] = await officersOf('tax');
    await suspended('grant/G-000012', ['tax']);
    await suspended('grant/G-000013', ['tax']);
    await distributeNotices(governance.pool);
    const [{ id }] = (await person('tax', one!)(INBOX)).data.inbox.nodes;
    expect((await person('tax', one!)(`mutation { markRead(ids: ["${id}"]) { unread } }`)).data.markRead.unread).toBe(
      1,
    );
    expect((await person('tax', one!)('{ inbox(unreadOnly: true) { nodes { object } } }')).data.inbox.nodes).toEqual([
      { object: 'grant/G-000012' },
    ]);
    expect((await person('tax', two!)('{ inboxCounts { unread } }')).data.inboxCounts.unread).toBe(2);
    await person('tax', two!)(`mutation { markRead(upTo: "${id}") { unread } }`);
    expect((await person('tax', two!)('{ inboxCounts { unread } }')).data.inboxCounts.unread).toBe(0);
  });
});

describe('an act', () => {
  it('is told once, however many tell it at once, and again and again', async () => {
    for (let i = 0; i < 30; i++) await suspended(`grant/G-1${String(i).padStart(5, '0')}`, ['tax', 'housing']);
    await Promise.all([1, 2, 3, 4].map(() => distributeNotices(governance.pool)));
    await distributeNotices(governance.pool);
    const [row] = await governance.rows(
      'select count(*)::int as n, count(distinct (position, department))::int as d from notice',
    );
    expect(row).toEqual({ n: 60, d: 60 });
  });

  it('of which nobody is to be told, or that concerns a body that is in no register, stops nothing', async () => {
    await officersOf('tax');
    await recordAct(governance.pool, { act: 'ARCHIVE_EVIDENCE', concerns: ['tax'], object: 'evidence/2026-01' });
    await suspended('grant/G-000014', ['of-another-place', 'tax']);
    await distributeNotices(governance.pool);
    expect(await objects(person('tax', 'anyone'))).toEqual(['grant/G-000014']);
  });

  it('is told in words, with its clause, and names no person', async () => {
    await officersOf('tax');
    await recordAct(governance.pool, {
      act: 'SUSPEND_GRANT',
      department: 'data-bureau',
      system: 'console',
      person: 'wang.min',
      object: 'grant/G-000015',
      concerns: ['tax'],
      basis: ['QZ-5.10'],
      reason: '王敏发现异常',
    });
    await distributeNotices(governance.pool);
    const { data, text } = await person('tax', 'anyone')(INBOX);
    expect(data.inbox.nodes).toEqual([
      expect.objectContaining({ kind: 'DECISION', clauses: ['QZ-5.10'], dueOn: null, read: false }),
    ]);
    expect(data.inbox.nodes[0].text).toMatch(/^.*数据.*: a grant was suspended: grant G-000015\. Basis: QZ-5.10\.$/);
    const [{ text: stored }] = (await governance.rows('select text from notice')) as [{ text: string }];
    expect(stored).toMatch(/^.*数据.*暂停授权:授权 G-000015。依据:QZ-5.10。$/);
    expect(text).not.toMatch(/wang|王敏/);
  });
});

describe('every act of the closed list', () => {
  // The people's own register, the hub's own machinery, and what a sealed use must not betray.
  const SILENT = [
    'REGISTER_DEPARTMENT',
    'RENAME_DEPARTMENT',
    'REGISTER_SYSTEM',
    'REGISTER_OFFICER',
    'CHANGE_OFFICER',
    'VERIFY_OFFICER',
    'SUSPEND_OFFICER',
    'RESUME_OFFICER',
    'ADD_DUTY',
    'END_DUTY',
    'REGISTER_CATALOGUE',
    'DESCRIBE_RESOURCE',
    'ANNOUNCE_LOAD',
    'CONFIRM_MAINTENANCE',
    'REPORT_UPDATE',
    'SET_SYNONYM',
    'REMOVE_SYNONYM',
    'SEAL_USES',
    'UNSEAL_USES',
    'ARCHIVE_EVIDENCE',
    'RESTORE_EVIDENCE',
    'DELETE_EVIDENCE',
    'END_CHECK_RUN',
    'SCHEDULE_QUALITY',
    'REQUEST_QUALITY_RUN',
    'END_QUALITY_RUN',
    'IMPORT_LIST',
    'SET_MESSAGES',
    'END_MESSAGES',
    ...['SUBSCRIBE', 'UNSUBSCRIBE', 'PAUSE', 'RESUME', 'REPLAY', 'DISABLE'].flatMap((act) => [
      `${act}_USES`,
      `${act}_ACTS`,
    ]),
  ];

  it.each(AUDIT_ACTIONS)('%s is told, or is known to be silent', (act) => {
    expect(Object.hasOwn(NOTIFICATION_TEMPLATES, act) || DEADLINE_ACTS.includes(act) || SILENT.includes(act)).toBe(
      true,
    );
  });
});

describe('what the hub tells of time', () => {
  const register = {
    names: new Map([
      ['tax', '税务局'],
      ['data-bureau', '数据局'],
      ['population', '公安局'],
    ]),
    authorities: new Set(['data-bureau']),
  };
  const overdue = {
    act: 'ESCALATE',
    object: 'application/A-000001',
    concerns: ['data-bureau', 'population', 'tax'],
    basis: ['CZ-11d'],
    terms: {
      task: 'APPLICATION',
      stage: 'OVERDUE',
      owners: ['population'],
      dueOn: '2026-02-25',
      provisional: false,
      workingDaysLeft: -1,
    },
  };

  it('being late is told to who is late, who waits, and who oversees; and nothing is decided by it', () => {
    const told = writeNotices(overdue, register);
    expect(told.map(({ department, kind }) => [department, kind])).toEqual([
      ['data-bureau', 'OVERDUE'],
      ['population', 'OVERDUE'],
      ['tax', 'OVERDUE'],
    ]);
    expect(told[0]!.text).toBe(
      '【逾期督办】公安局的共享申请 A-000001应于2026-02-25前办结,现已逾期,请督办。依据:CZ-11d。',
    );
    expect(told[1]!.text).toContain('逾期不视为同意');
    expect(told[1]!.posts).toContain('HEAD');
  });

  it('a provisional date is called so', () => {
    const [notice] = writeNotices({ ...overdue, terms: { ...overdue.terms, provisional: true } }, register);
    expect(notice).toMatchObject({ dueOn: '2026-02-25', provisional: true });
    expect(notice!.text).toContain('暂定');
  });
});

describe('a task', () => {
  const register = {
    names: new Map([
      ['tax', '税务局'],
      ['data-bureau', '数据局'],
    ]),
    authorities: new Set(['data-bureau']),
  };
  const submitted = { act: 'SUBMIT_APPLICATION', object: 'application/A-000001', concerns: ['data-bureau'], basis: [] };

  it('that waits for a role is for its holders, one notice for each department', () => {
    const pending = [
      { department: 'data-bureau', roles: ['provider'] as const },
      { department: 'data-bureau', roles: ['authority'] as const, within: true as const },
    ];
    const told = writeNotices({ ...submitted, department: 'tax' }, register, pending);
    expect(told).toEqual([
      expect.objectContaining({ department: 'data-bureau', kind: 'TASK', roles: ['provider', 'authority'] }),
    ]);
    expect(told[0]).not.toHaveProperty('posts');
  });

  it('of another person of the department that acted is told to it', () => {
    const pending = [{ department: 'data-bureau', roles: ['authority'] as const, within: true as const }];
    expect(writeNotices({ ...submitted, department: 'data-bureau' }, register, pending)).toHaveLength(1);
    expect(writeNotices({ ...submitted, department: 'data-bureau' }, register, [])).toEqual([]);
  });

  it('is not told of an appointment that another one ended: one notice for one event', () => {
    const ended = { ...submitted, act: 'END_APPOINTMENT', object: 'appointment/R-1', department: 'tax' };
    expect(writeNotices({ ...ended, terms: { replacedBy: 'R-2' } }, register)).toEqual([]);
    expect(writeNotices(ended, register)).toHaveLength(1);
  });
});

describe('an application that waits for the authority', () => {
  const police = (person: string) =>
    governance.as({ department: 'public-security', person, roles: ['provider', 'consumer'] });
  const bureau = (person: string, ...roles: ('authority' | 'provider' | 'consumer')[]) =>
    governance.as({ department: 'data-bureau', person, roles });
  const TASKS = '{ inbox { nodes { object kind closedAt } } inboxCounts { openTasks } }';
  const tasksOf = async (ask: ReturnType<GovernanceUnderTest['as']>) => {
    await distributeNotices(governance.pool);
    const { data } = await ask(TASKS);
    const tasks = data.inbox.nodes.filter(({ kind }: { kind: string }) => kind === 'TASK');
    return [data.inboxCounts.openTasks, tasks.map(({ closedAt }: { closedAt: string | null }) => closedAt !== null)];
  };

  it('is told to those who can decide, and to nobody else; what is done is closed', async () => {
    await officersOf('tax');
    const [duty] = await governance.rows(`select id from duty where department = 'housing' limit 1`);
    const input = {
      ...{ scenario: 'public-rental-review', mode: 'QUERY', coordinates: ['Resident.phone'], duty: duty!['id'] },
      ...{ need: '核对', reason: '审核', use: '审核', uses: ['VERIFICATION'], scopeOfUse: '住房保障处' },
      ...{ securityMeasures: '专机', contactName: '李娜', contactPhone: '0571-80000000' },
    };
    const applicant = governance.as({ department: 'housing', person: 'li.na', roles: ['consumer'] });
    const { data } = await applicant(
      `mutation ($input: ApplicationInput!) { startApplication(input: $input, submit: true) {
        application { reviews { id version } } refusal { details } } }`,
      { variables: { input } },
    );
    const [review] = data.startApplication.application.reviews;
    expect(await tasksOf(police('zhao.lei'))).toEqual([1, [false]]);
    expect(await tasksOf(bureau('wang.min', 'authority'))).toEqual([1, [false]]);
    expect(await tasksOf(bureau('wu.gang', 'provider', 'consumer'))).toEqual([0, []]);
    const { data: decided } = await police('zhao.lei')(
      `mutation { decideApplication(review: "${review.id}", version: ${review.version}, decision: { verdict: AGREE }) {
        review { waitsFor } refusal { code } } }`,
    );
    expect(decided.decideApplication.review.waitsFor).toEqual(['*authority']);
    expect(await tasksOf(police('zhao.lei'))).toEqual([0, [true]]);
    expect((await tasksOf(bureau('xu.fang', 'authority')))[0]).toBeGreaterThan(0);
  });
});

describe('an entry of which a department has a live grant', () => {
  const CODE = '101001/000001';
  const authority = () => governance.as({ department: 'data-bureau', person: 'xu.fang', roles: ['authority'] });
  const change = async (mutation: string) => {
    const [entry] = await governance.rows(
      `select version from catalogue_resource where code = $1 and superseded_at is null`,
      [CODE],
    );
    const { data } = await authority()(
      `mutation { done: ${mutation}(code: "${CODE}", version: ${entry!['version']}, reason: "核查") { refusal { code } } }`,
    );
    expect(data.done.refusal).toBeNull();
    await distributeNotices(governance.pool);
  };

  it('is not suspended, resumed or withdrawn without telling it', async () => {
    for (const mutation of ['suspendResource', 'resumeResource', 'withdrawResource']) await change(mutation);
    const told = await governance.rows(
      `select department, act from notice where object = $1 and department in ('tax', 'market-supervision', 'audit')
        order by number, department`,
      [`resource/${CODE}`],
    );
    const acts = ['SUSPEND_RESOURCE', 'RESUME_RESOURCE', 'WITHDRAW_RESOURCE'];
    expect(told.map(({ department, act }) => `${act} ${department}`).toSorted()).toEqual(
      acts.flatMap((act) => [`${act} market-supervision`, `${act} tax`]).toSorted(),
    );
  });
});
