import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import type { GraphQLEnumType } from 'graphql';
import { buildSubgraph } from '../../shared/subgraph/index.js';
import { WORDS } from '../../subgraphs/governance/core/words.rule.js';
import { subgraph as governance } from '../../subgraphs/governance/index.js';
import { rooms } from '../../subgraphs/governance/rooms.js';
import type { Loose } from '../support/system.js';
import { startSmallHub, type SmallHub } from './support/small-hub.js';

const ROOMS = rooms.map(({ name }) => name);
const catalogues = ['gateway/request', ...['core', ...ROOMS].map((room) => `subgraphs/governance/${room}`)];

describe.each(catalogues)('every sentence of %s', (folder) => {
  let en: Readonly<Record<string, string>>, zh: typeof en;
  beforeAll(async () => {
    const read = async (language: string) =>
      ((await import(`../../${folder}/messages/${language}.js`)) as Record<string, typeof en>)[language]!;
    [en, zh] = [await read('en'), await read('zh')];
  });
  const placeholders = (template: string) => [...new Set(template.match(/\{\w+\}/g))].sort();

  it('has the same parts in both languages', () => {
    expect(Object.keys(zh)).toEqual(Object.keys(en));
    for (const key of Object.keys(en)) expect([key, placeholders(zh[key]!)]).toEqual([key, placeholders(en[key]!)]);
  });

  it('is in Chinese but where clients compare its words', () => {
    const bare = (template: string) => template.replace(/\{\w+\}/g, '');
    const english = Object.keys(en).filter(
      (key) => /[a-z]/i.test(bare(en[key]!)) && !/\p{Script=Han}|、/u.test(bare(zh[key]!)),
    );
    expect(english).toEqual(folder === 'gateway/request' ? ['http.persistedQueryNotFound'] : []);
  });
});

it('words of closed lists are those of the schema', () => {
  const { schema } = buildSubgraph(governance);
  const wordsOf = (name: string) =>
    Object.fromEntries(
      (schema.getType(name) as GraphQLEnumType)
        .getValues()
        .map(({ name: value, description }) => [value, description!.split('\n')[0]]),
    );
  const { part: _, attribute: __, role, shareType: ___, ...lists } = WORDS;
  for (const [list, name] of Object.entries(ENUMS))
    expect([list, lists[list as keyof typeof lists]]).toEqual([list, wordsOf(name)]);
  expect(Object.keys(ENUMS).sort()).toEqual(Object.keys(lists).sort());
  expect(Object.values(role)).toEqual(Object.values(wordsOf('Role')));
});
const ENUMS = {
  action: 'ApplicationAction',
  application: 'ApplicationState',
  catalogue: 'CatalogueState',
  check: 'MultiSourceCheckState',
  checkConsent: 'CheckConsentState',
  correction: 'CorrectionStatus',
  format: 'CatalogueFormat',
  level: 'AdministrativeLevel',
  method: 'ProvisionMethod',
  mode: 'GrantMode',
  openness: 'Openness',
  party: 'GrantParty',
  post: 'Post',
  protection: 'ProtectionState',
  qualityRule: 'QualityRuleState',
  review: 'ProviderReviewStatus',
  source: 'SourceKind',
  updateCycle: 'UpdateCycle',
  verificationDetail: 'VerificationDetail',
};

describe('a refusal', () => {
  let hub: SmallHub;
  beforeAll(async () => {
    hub = await startSmallHub();
  });
  afterAll(() => hub.stop());
  const query = '{ station(number: "330102197501067411") { number telephone } }';
  const refusalIn = async (
    language: string | undefined,
    headers: Record<string, string> = {},
    body: unknown = { query },
  ) => {
    const answer = await hub.post(body, { ...(language !== undefined && { 'accept-language': language }), ...headers });
    return ((await answer.json()) as Loose).errors[0];
  };

  it('is worded in the language that the caller accepts; its code and its details are the same', async () => {
    const english = await refusalIn('en');
    expect(english.message).toBe(
      'telephone (Station.telephone) is given for a stated purpose. Name the scenario in the share-scenario header.',
    );
    const chinese = await refusalIn('zh-CN,zh;q=0.9,en;q=0.8');
    expect(chinese).toEqual({
      ...english,
      message: 'telephone（Station.telephone）须说明用途方可提供，请在 share-scenario 请求头中写明场景。',
    });
    expect((await refusalIn('zh-Hans-CN', { 'share-scenario': 'duty' })).message).toBe(
      'telephone（Station.telephone）属有条件共享。请在场景 duty 下向 police 申请。',
    );
  });

  it.each([
    ['fr', 'en'],
    [undefined, 'en'],
    ['*', 'en'],
    ['en;q=0.1, zh', 'zh'],
    ['zh;q=0', 'en'],
    ['x'.repeat(4_000), 'en'],
  ])('for a caller who accepts %s is in %s', async (accepted, language) => {
    const { message } = await refusalIn(accepted, {}, '{');
    expect(message).toBe({ en: 'The request body is not JSON.', zh: '请求体不是 JSON。' }[language]);
  });

  it('of the whole request is worded so too, whatever stop refuses it', async () => {
    const messages = [
      await refusalIn('zh', { authorization: 'Bearer housing', 'share-scenario': 'unknown' }),
      await refusalIn('zh', {}, { query: '{ a: station(number: "1") { broken } }', operationName: 'Other' }),
      await refusalIn('zh', {}, { query: '{ station(number: "330102197501067411") { broken } }' }),
      await refusalIn('zh', { authorization: '' }),
    ].map(({ message }) => message);
    expect(messages).toEqual([
      '场景“unknown”不是部门 housing 登记的场景，请在 share-scenario 请求头中写明本部门的场景。',
      '文档中没有 operationName 所指的操作。',
      '子图 police 报告了错误。',
      expect.anything(),
    ]);
    const nowhere = await fetch(`${hub.url}/nowhere`, { headers: { 'accept-language': 'zh' } });
    expect(((await nowhere.json()) as Loose).errors[0].message).toBe('此地址没有内容。操作请发送至 /graphql。');
  });

  it('is in the language of the setting where the caller names none', async () => {
    const chinese = await startSmallHub({ DEFAULT_LANGUAGE: 'zh' });
    try {
      const answer = await chinese.post('{');
      expect(((await answer.json()) as Loose).errors[0].message).toBe('请求体不是 JSON。');
      expect(await sendRaw(new URL(chinese.url).port, 'no HTTP\r\n\r\n')).toContain('这不是 HTTP 请求。');
    } finally {
      await chinese.stop();
    }
  });
});

const sendRaw = (port: string, text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), '127.0.0.1', () => socket.end(text));
    socket
      .on('data', (chunk) => (answer += chunk.toString()))
      .on('close', () => resolve(answer))
      .on('error', reject);
  });
