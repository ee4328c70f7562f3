import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../shared/config/config.js';
import { readMailSettings } from '../../shared/config/mail-settings.js';
import { RecordStore } from '../../shared/evidence/store/record-store.js';
import { textIn } from '../../shared/kernel/index.js';
import { MessageHosts } from '../../shared/network/message-hosts.js';
import { envelopeKeys } from '../../shared/trust/secret-envelope.js';
import { deliverMessages, openMailer } from '../../subgraphs/governance/reminders/index.js';
import { composeNotices } from '../../subgraphs/governance/reminders/message/compose-message.rule.js';
import { findMailProblem } from '../../subgraphs/governance/reminders/message/message-problems.rule.js';
import type { Mailer } from '../../subgraphs/governance/reminders/message/mailer.js';
import { toRobotRequest } from '../../subgraphs/governance/reminders/message/robot-request.js';
import { distributeNotices } from '../../subgraphs/governance/reminders/notice/distribute-notices.js';
import type { Loose } from '../support/system.js';
import { startGovernance, type GovernanceUnderTest } from './support/governance-under-test.js';
import { readUnsubscribePath } from '../../shared/trust/unsubscribe-link.js';
import { startMailServer, type MailServer } from './support/mail-server.js';
import { recordAct } from './support/record-act.js';
import { startRobot, TAKEN, type Robot } from './support/robot.js';

const KEYS = envelopeKeys('a secret that only the tests know of.', 'messages');
const SECRET = 'SEC-the-robots-own-secret';
const TOKEN = 'a-token-nobody-may-see';
const START = Date.parse('2026-03-04T02:00:00Z'); // 10:00 in Shanghai
let now = START;
let governance: GovernanceUnderTest;
let smtp: MailServer;
let robot: Robot;
let mailer: Mailer;
let hosts: MessageHosts;

beforeAll(async () => {
  [smtp, robot] = await Promise.all([startMailServer(), startRobot()]);
  hosts = MessageHosts.read(`http://${robot.host}, oapi.dingtalk.example, http://plain.example:80`);
  governance = await startGovernance(undefined, {
    now: () => now,
    messageSettings: { mailDomains: ['gov.example'], robotHosts: hosts, dailyHour: 9, key: KEYS.public },
  });
  const settings = readMailSettings(
    readConfig({
      MAIL_URL: `smtp://127.0.0.1:${smtp.port}`,
      MAIL_FROM: '共享平台 <hub@gov.example>',
      MAIL_DOMAINS: 'gov.example',
      MAIL_PLAIN: 'true',
    }),
  )!;
  mailer = openMailer(settings, { publicUrl: 'https://hub.gov.example', secret: 'a secret', timeoutMs: 5_000 });
  for (const person of ['tax.one', 'tax.two'])
    await governance.rows(
      `insert into officer (subject, name, department, roles) values ($1, '张三丰', 'tax', '["consumer"]')`,
      [person],
    );
  await governance.rows(`delete from appointment where department = 'tax'`);
  await governance.rows(
    `insert into appointment (id, officer, department, post) values ('T-one', 'tax.one', 'tax', 'DATA_ADMINISTRATOR')`,
  );
}, 60_000);
afterAll(async () => {
  mailer.close();
  await Promise.all([governance.stop(), smtp.close(), robot.close()]);
}, 60_000);
beforeEach(async () => {
  now = START;
  await governance.rows(`with u as (delete from message_unsubscription), a as (delete from message), b as (delete from message_channel), c as (delete from notice_read),
    d as (delete from notice), e as (update officer set suspended = false, department = 'tax' where subject like 'tax.%'),
    f as (update message_cursor set number = (select coalesce(max(number), 0) from notice))
    update notice_cursor set position = (select position from evidence.ledger)`);
  smtp.received.length = 0;
  robot.received.length = 0;
  [smtp.refuses, robot.answer] = [false, TAKEN];
});

const PEOPLE = {
  administrator: { department: 'tax', person: 'tax.one', roles: ['consumer'] },
  clerk: { department: 'tax', person: 'tax.two', roles: ['consumer'] },
  system: { department: 'tax', person: undefined, roles: ['consumer'] },
  stranger: { department: 'housing', person: 'nobody.known', roles: ['consumer'] },
} as const;
type Who = keyof typeof PEOPLE;
const CHANNEL = 'id kind name address kinds timing state failure waiting';
const RESULT = `channel { ${CHANNEL} } refusal { code message }`;
const CHOICE = { kinds: ['TASK', 'DECISION', 'OVERDUE', 'REMINDER'], timing: 'AT_ONCE', language: 'ZH' };
async function ask(who: Who, text: string, variables: object = {}): Promise<Loose> {
  const { data, errors } = await governance.as({ system: 'a-system', ...PEOPLE[who] })(text, { variables });
  expect(JSON.stringify([data, errors])).not.toContain(SECRET);
  expect(JSON.stringify([data, errors])).not.toContain(TOKEN);
  if (errors.length > 0) throw new Error(errors.map(({ extensions }) => extensions.code).join());
  return Object.values(data)[0];
}
const setMail = (who: Who, address: string, choice: object = {}) =>
  ask(
    who,
    `mutation ($c: MessageChoiceInput!, $a: String!) { setMailAddress(address: $a, choice: $c) { ${RESULT} } }`,
    {
      ...{ a: address, c: { ...CHOICE, ...choice } },
    },
  );
const confirm = (who: Who, code: string) =>
  ask(who, `mutation ($code: String!) { confirmMailAddress(code: $code) { ${RESULT} } }`, { code });
const addRobot = (input: object = {}, choice: object = {}, who: Who = 'administrator') =>
  ask(who, `mutation ($i: RobotInput!, $c: MessageChoiceInput!) { addRobot(input: $i, choice: $c) { ${RESULT} } }`, {
    i: {
      kind: 'DINGTALK',
      name: '工作群',
      address: `http://${robot.host}/robot/send?access_token=${TOKEN}`,
      secret: SECRET,
      ...input,
    },
    c: { ...CHOICE, ...choice },
  });
const on = (who: Who, id: string, mutation: string) => ask(who, `mutation { ${mutation}(id: "${id}") { ${RESULT} } }`);
const settings = (who: Who) =>
  ask(who, `{ messageSettings { mailDomains robotsOffered keepsRobots mail { ${CHANNEL} } robots { ${CHANNEL} } } }`);
const deliver = (more: object = {}) =>
  deliverMessages({
    ...{ pool: governance.pool, store: new RecordStore('Asia/Shanghai'), keys: KEYS, hosts, mailer, now },
    ...{ publicUrl: 'https://hub.gov.example', timeZone: 'Asia/Shanghai', dailyHour: 9, atOnce: 3 },
    ...{ retry: { firstMs: 1_000, mostMs: 60_000, limit: 3 }, timeoutMs: 5_000, ...more },
  });
/** Announces decisions on grants to the tax bureau. */
async function announce(...grants: string[]): Promise<void> {
  for (const grant of grants)
    await recordAct(governance.pool, {
      ...{ act: 'SUSPEND_GRANT', department: 'data-bureau', person: 'wang.min', object: `grant/${grant}` },
      ...{ concerns: ['tax'], basis: ['QZ-5.10'], reason: '居民330102197501067411的原因' },
    });
  await distributeNotices(governance.pool);
}
/** An address that its officer has confirmed. */
async function confirmedMail(who: Who = 'administrator', choice: object = {}): Promise<string> {
  const { channel } = await setMail(who, `${PEOPLE[who].person}@gov.example`, choice);
  await deliver();
  const [, code] = /(\d{6})/.exec(smtp.received.at(-1)!.text)!;
  expect((await confirm(who, code!)).channel.state).toBe('ACTIVE');
  smtp.received.length = 0;
  return channel.id;
}
/** A robot that has sent its trial. */
async function triedRobot(input: object = {}, choice: object = {}): Promise<string> {
  const { channel } = await addRobot(input, choice);
  await deliver();
  robot.received.length = 0;
  now += 60_000;
  return channel.id;
}

describe('a mail address is not taken', () => {
  it.each<[string, Who, string, object, string]>([
    ['outside the domains of the operator', 'clerk', 'a@elsewhere.example', {}, 'HOST_NOT_LISTED'],
    ['that is none', 'clerk', 'a b@gov.example', {}, 'TARGET_MALFORMED'],
    ['that would begin another header', 'clerk', 'a@gov.example\r\nBcc: b@gov.example', {}, 'TARGET_MALFORMED'],
    ['without a kind of notice', 'clerk', 'a@gov.example', { kinds: [] }, 'TARGET_MALFORMED'],
    ['of a person who is no officer', 'stranger', 'a@gov.example', {}, 'OFFICER_REQUIRED'],
  ])('%s', async (_, who, address, choice, code) => {
    expect((await setMail(who, address, choice)).refusal.code).toBe(code);
    expect(await governance.rows('select * from message')).toEqual([]);
  });

  it('of a system, which has no messages', async () => {
    await expect(setMail('system', 'a@gov.example')).rejects.toThrow('OPERATION_DENIED');
  });

  it('in two languages', () => {
    const { message } = findMailProblem('a@b.example', ['gov.example'])!;
    expect(textIn(message, 'zh')).toBe('技术服务单位只准许向 gov.example 发送邮件（MAIL_DOMAINS）。');
    expect(textIn(message, 'en')).toBe('The operator admits mail only to gov.example (MAIL_DOMAINS).');
  });
});

describe('a robot is not taken', () => {
  it.each<[string, object, string]>([
    [
      'on a host that the operator has not listed',
      { address: `https://elsewhere.example/?access_token=${TOKEN}` },
      'HOST_NOT_LISTED',
    ],
    ['on this machine', { address: `https://127.0.0.1:4000/?access_token=${TOKEN}` }, 'ADDRESS_INTERNAL'],
    ['in a private network', { address: `https://10.1.2.3/?access_token=${TOKEN}` }, 'ADDRESS_INTERNAL'],
    ['at the metadata service', { address: `https://169.254.169.254/?access_token=${TOKEN}` }, 'ADDRESS_INTERNAL'],
    ['in clear', { address: `http://oapi.dingtalk.example/?access_token=${TOKEN}` }, 'TARGET_MALFORMED'],
    ['with a user', { address: `https://u:p@oapi.dingtalk.example/?access_token=${TOKEN}` }, 'TARGET_MALFORMED'],
    ['without its token', { address: 'https://oapi.dingtalk.example/robot/send' }, 'TARGET_MALFORMED'],
    ['without a secret', { secret: null }, 'TARGET_MALFORMED'],
    [
      'of WeCom with one',
      { kind: 'WECOM', address: `https://oapi.dingtalk.example/?key=${TOKEN}` },
      'TARGET_MALFORMED',
    ],
    ['by another scheme', { address: `file:///etc/passwd?access_token=${TOKEN}` }, 'TARGET_MALFORMED'],
  ])('%s', async (_, input, code) => {
    expect((await addRobot(input)).refusal.code).toBe(code);
  });

  it('from somebody who is not the data administrator', async () => {
    await expect(addRobot({}, {}, 'clerk')).rejects.toThrow('OPERATION_DENIED');
    const id = await triedRobot();
    expect((await on('clerk', id, 'endMessages')).refusal.code).toBe('SUBSCRIPTION_UNKNOWN');
    expect((await settings('administrator')).robots).toHaveLength(1);
  });

  it('beyond five', async () => {
    for (let n = 0; n < 5; n++) await addRobot({ name: `群${n}` });
    expect((await addRobot()).refusal.code).toBe('TOO_MANY');
  });
});

describe('an address gets nothing', () => {
  it('before its officer has given the code back, and no code after five tries', async () => {
    await setMail('administrator', 'tax.one@gov.example');
    await announce('G-000001');
    await deliver();
    expect(smtp.received.map(({ to }) => to)).toEqual([['tax.one@gov.example']]);
    const [, code] = /(\d{6})/.exec(smtp.received[0]!.text)!;
    const wrong = code === '000000' ? '000001' : '000000';
    for (let n = 0; n < 5; n++) expect((await confirm('administrator', wrong)).refusal.code).toBe('CODE_WRONG');
    expect((await confirm('administrator', code!)).refusal.code).toBe('CODE_WRONG');
    expect(smtp.received).toHaveLength(1);
  });

  it('once its officer is suspended, has moved, or may not see the notice any more', async () => {
    await confirmedMail();
    await announce('G-000002');
    await governance.rows(`update officer set suspended = true where subject = 'tax.one'`);
    expect(await deliver()).toBe(0);
    await governance.rows(`update officer set suspended = false, department = 'housing' where subject = 'tax.one'`);
    await announce('G-000003');
    expect(await deliver()).toBe(0);
    expect(smtp.received).toEqual([]);
    expect(await governance.rows(`select state from message where kind = 'NOTICE'`)).toEqual([]);
  });

  it('when it was planned before the officer was suspended', async () => {
    await confirmedMail();
    await announce('G-000004');
    await deliver({ mailer: undefined });
    expect(await governance.rows(`select state from message where kind = 'NOTICE'`)).toEqual([{ state: 'WAITING' }]);
    await governance.rows(`update officer set suspended = true where subject = 'tax.one'`);
    now += 60_000;
    await deliver();
    expect(smtp.received).toEqual([]);
    expect(await governance.rows(`select state from message where kind = 'NOTICE'`)).toEqual([{ state: 'DROPPED' }]);
  });

  it('that is for a post that another holds', async () => {
    await confirmedMail('clerk');
    await announce('G-000005');
    await deliver();
    expect(smtp.received).toEqual([]);
  });

  it('after its messages were ended, and the address is deleted', async () => {
    const id = await confirmedMail();
    await announce('G-000006');
    expect((await on('administrator', id, 'endMessages')).refusal).toBeNull();
    await deliver();
    expect(smtp.received).toEqual([]);
    expect((await settings('administrator')).mail).toBeNull();
    expect(await governance.rows('select address, sealed from message_channel')).toEqual([
      { address: '', sealed: null },
    ]);
  });
});

describe('a message', () => {
  it('has the title, number and link of a notice, and no word of a person or a subject', async () => {
    await confirmedMail();
    await announce('G-000010');
    expect(await deliver()).toBe(1);
    const [mail] = smtp.received;
    expect(mail!.subject).toMatch(/^数据共享：.*暂停授权:授权 G-000010/);
    expect(mail!.text).toContain('https://hub.gov.example/portal/grant?id=G-000010');
    expect(mail!.source).toMatch(
      /^List-Unsubscribe:\s+<https:\/\/hub\.gov\.example\/unsubscribe\/M-\d{6}\.[\w-]{43}>\r$/m,
    );
    expect(mail!.source).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
    for (const text of [mail!.source, mail!.text, mail!.subject]) {
      expect(text).not.toMatch(/wang\.min|王敏|张三丰|居民|330102197501067411/);
    }
  });

  it('is sent no more once it was unsubscribed, which is on record once', async () => {
    await confirmedMail();
    await announce('G-000012');
    await deliver();
    const [, path] = /^List-Unsubscribe:\s+<https:\/\/hub\.gov\.example(.*)>/m.exec(smtp.received[0]!.source)!;
    const channel = readUnsubscribePath('a secret', path!)!;
    expect(readUnsubscribePath('another secret', path!)).toBeUndefined();
    await governance.rows('insert into message_unsubscription (channel) values ($1)', [channel]);
    await announce('G-000013');
    await deliver();
    await deliver();
    expect(smtp.received).toHaveLength(1);
    expect((await settings('administrator')).mail).toBeNull();
    const acts = `select 1 from evidence.record where kind = 'act' and line like '%END_MESSAGES%' and line like '%message-channel/${channel}"%'`;
    expect(await governance.rows(acts)).toHaveLength(1);
  });

  it('loses an identifier that a notice should not have had', () => {
    const notices = [
      { text: '关于330102197501067411、91330100MA27XXXX0G与13812345678', object: 'grant/330102197501067411' },
    ];
    const { title, lines } = composeNotices(notices, { publicUrl: 'https://h', language: 'zh' });
    expect(JSON.stringify([title, lines])).not.toMatch(/330102197501067411|13812345678|91330100/);
    expect(lines[0]!.link).toBe('https://h/portal/inbox');
  });

  it('is in English for who wants that', async () => {
    await confirmedMail('administrator', { language: 'EN' });
    await announce('G-000011');
    await deliver();
    expect(smtp.received[0]!.subject).toMatch(/^Data sharing: .*a grant was suspended: grant G-000011/);
  });

  it('is one where many come at once', async () => {
    await confirmedMail();
    await announce('G-000021', 'G-000022', 'G-000023', 'G-000024');
    await deliver();
    expect(smtp.received.map(({ subject }) => subject)).toEqual(['数据共享：4 条通知']);
    await announce('G-000025');
    await deliver();
    expect(smtp.received).toHaveLength(1);
    now += 60_000;
    await deliver();
    expect(smtp.received).toHaveLength(2);
  });

  it('is sent once a day to who wants that, at the hour of the hub', async () => {
    await confirmedMail('administrator', { timing: 'DAILY' });
    await announce('G-000031', 'G-000032');
    await deliver();
    now = Date.parse('2026-03-05T00:59:00Z');
    await deliver();
    expect(smtp.received).toEqual([]);
    now = Date.parse('2026-03-05T01:00:00Z');
    await deliver();
    expect(smtp.received.map(({ subject }) => subject)).toEqual(['数据共享：2 条通知']);
  });

  it('of a kind that was not chosen is not sent', async () => {
    await confirmedMail('administrator', { kinds: ['OVERDUE'] });
    await announce('G-000041');
    expect(await deliver()).toBe(0);
  });

  it('goes to the database as it is, so that a worker that dies sends it again under the same id', async () => {
    await confirmedMail();
    await announce('G-000051');
    const dies = {
      ...mailer,
      send: async (...it: Parameters<Mailer['send']>) => (
        await mailer.send(...it),
        Promise.reject(new Error('killed'))
      ),
    };
    await expect(deliver({ mailer: dies })).rejects.toThrow('killed');
    expect(await deliver()).toBe(0);
    now += 300_000;
    expect(await deliver()).toBe(1);
    const ids = smtp.received.map(({ messageId }) => messageId);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });
});

describe('what cannot be sent', () => {
  it('is tried again later, then given up; the officer is told in the inbox, and can resume', async () => {
    const id = await confirmedMail();
    smtp.refuses = true;
    await announce('G-000061');
    for (const wait of [0, 999, 1, 2_000]) {
      now += wait;
      await deliver();
    }
    expect((await settings('administrator')).mail).toMatchObject({ state: 'STOPPED', failure: 'MAIL_REFUSED' });
    expect(await governance.rows(`select state from message where kind = 'NOTICE'`)).toEqual([{ state: 'GIVEN_UP' }]);
    await distributeNotices(governance.pool);
    const inbox = () => ask('administrator', '{ inbox { nodes { kind act object closedAt } } }');
    const [notice] = (await inbox()).nodes;
    expect(notice).toEqual({ kind: 'TASK', act: 'STOP_MESSAGES', object: `message-channel/${id}`, closedAt: null });
    const others = await ask('clerk', '{ inbox { nodes { act } } }');
    expect(others.nodes.map(({ act }: Loose) => act)).not.toContain('STOP_MESSAGES');
    smtp.refuses = false;
    expect((await on('administrator', id, 'resumeMessages')).channel.state).toBe('ACTIVE');
    await distributeNotices(governance.pool);
    expect((await inbox()).nodes[0].closedAt).not.toBeNull();
  });

  it.each<[string, Robot['answer'], string]>([
    ['refuses it under status 200', { status: 200, body: '{"errcode":310000,"errmsg":"sign not match"}' }, 'NOT_TAKEN'],
    ['answers no JSON', { status: 200, body: 'hello' }, 'NOT_TAKEN'],
    ['fails', { status: 500, body: '' }, 'STATUS'],
    [
      'redirects to a place that nobody listed',
      { status: 302, body: '', location: 'http://169.254.169.254/' },
      'REDIRECTED',
    ],
  ])('to a robot that %s is noted with its reason', async (_, answer, failure) => {
    await triedRobot();
    robot.answer = answer;
    await announce('G-000071');
    expect(await deliver()).toBe(0);
    expect(robot.received).toHaveLength(1);
    expect((await settings('administrator')).robots[0]).toMatchObject({ failure, waiting: 1 });
  });

  it('to a host that is not on the list any more is not even tried', async () => {
    await triedRobot();
    await announce('G-000072');
    await deliver({ hosts: MessageHosts.read('elsewhere.example') });
    expect(robot.received).toEqual([]);
    expect((await settings('administrator')).robots[0]!.failure).toBe('HOST_NOT_LISTED');
  });
});

describe('a robot', () => {
  it('of DingTalk is sent markdown that is signed', async () => {
    await addRobot();
    await deliver();
    const [trial] = robot.received;
    const { searchParams } = trial!.url;
    const timestamp = searchParams.get('timestamp')!;
    expect(searchParams.get('access_token')).toBe(TOKEN);
    expect(searchParams.get('sign')).toBe(
      createHmac('sha256', SECRET).update(`${timestamp}\n${SECRET}`).digest('base64'),
    );
    expect(trial!.body).toMatchObject({ msgtype: 'markdown', markdown: { title: '数据共享：本群开始接收通知' } });
  });

  it('of WeCom is sent markdown of at most 4096 bytes', () => {
    const notices = Array.from({ length: 50 }, (_, at) => ({
      text: `某局暂停授权:授权 G-${at}。`.repeat(3),
      object: `grant/G-${at}`,
    }));
    const message = composeNotices(notices, { publicUrl: 'https://h', language: 'zh' });
    const { body, url } = toRobotRequest('WECOM', { address: 'https://w/?key=k' }, message, now);
    const { msgtype, markdown } = JSON.parse(body) as Robot['received'][number]['body'];
    expect([msgtype, url]).toEqual(['markdown', 'https://w/?key=k']);
    expect(Buffer.byteLength(markdown['content']!)).toBeLessThanOrEqual(4_096);
    expect(markdown['content']).toMatch(/… \+\d+/);
  });

  it('is told nothing of one person’s affairs, of protections, or of secrecy', async () => {
    await triedRobot({}, { kinds: ['DECISION', 'INFORMATION', 'TASK'] });
    await announce('G-000081', 'G-000082', 'G-000083', 'G-000084');
    await governance.rows(`update notice set person = 'tax.one' where object = 'grant/G-000081'`);
    await governance.rows(`update notice set object = 'protection/P-1' where object = 'grant/G-000082'`);
    await governance.rows(`update notice set roles = '{secrecy-reviewer}' where object = 'grant/G-000083'`);
    await deliver();
    expect(JSON.stringify(robot.received)).toContain('G-000084');
    expect(JSON.stringify(robot.received)).not.toMatch(/G-00008[123]|P-1/);
  });

  it('cannot be made to show a link by a name in the register', async () => {
    const { body } = toRobotRequest(
      ...(['DINGTALK', { address: 'https://d/?access_token=t', secret: SECRET }] as const),
      composeNotices([{ text: '[点此](http://evil.example)', object: 'grant/G-1' }], {
        publicUrl: 'https://h',
        language: 'zh',
      }),
      now,
    );
    expect(body).not.toContain('](http://evil');
  });

  it('has its address and secret sealed', async () => {
    await addRobot();
    const stored = JSON.stringify(await governance.rows('select * from message_channel'));
    expect(stored).not.toContain(TOKEN);
    expect(stored).not.toContain(SECRET);
    const acts = await governance.rows(`select line::text from evidence.record where line::text like '%SET_MESSAGES%'`);
    expect(acts.length).toBeGreaterThan(0);
    expect(JSON.stringify(acts)).not.toMatch(new RegExp(`${TOKEN}|@gov.example`));
  });
});

describe('settings of the mail server', () => {
  it.each<[string, Record<string, string>, RegExp]>([
    ['a URL that is none', { MAIL_URL: 'http://mail.example' }, /MAIL_URL/],
    ['no sender', { MAIL_URL: 'smtps://mail.example', MAIL_DOMAINS: '*' }, /MAIL_FROM/],
    ['no domains', { MAIL_URL: 'smtps://mail.example', MAIL_FROM: 'a@b.example' }, /MAIL_DOMAINS/],
    [
      'a domain that is none',
      { MAIL_URL: 'smtps://m.example', MAIL_FROM: 'a@b.example', MAIL_DOMAINS: 'x' },
      /MAIL_DOMAINS/,
    ],
    ['a sender that is none', { MAIL_FROM: 'a@b.example\r\nBcc: c@d.example' }, /MAIL_FROM/],
  ])('with %s are refused by name', (_, env, message) => {
    expect(() => readMailSettings(readConfig(env))).toThrow(message);
  });

  it('name the hosts of robots that are none', () => {
    expect(() => MessageHosts.read('http://a/b')).toThrow(/MESSAGE_HOSTS/);
  });
});
