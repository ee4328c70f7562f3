import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { versionChecker } from '../../cli/launch/version-checker.js';
import { VersionChecks } from '../../gateway/supergraph/version-checks.js';
import { readConfig } from '../../shared/config/config.js';
import type { Consent } from '../../shared/share/releases/release.js';
import type { CheckVersion } from '../../subgraphs/governance/registry/index.js';
import { linked } from '../hostile/support/doors.js';

const TAX = linked('type Query { arrears: Int @share(type: UNCONDITIONAL) }');
const URL = 'https://edu.example/graphql';
const POLICY = {
  publishers: new Map([
    ['education', ['education']],
    ['tax', ['tax']],
  ]),
  consents: [],
};
let folder: string;
let check: CheckVersion;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'version-findings-'));
  const list = join(folder, 'supergraph.yaml');
  await writeFile(
    list,
    stringify({ subgraphs: { tax: { routing_url: 'http://127.0.0.1/tax', schema: { sdl: TAX } } } }),
  );
  const settings = { DATA_DIR: folder, SUPERGRAPH_CONFIG: list, SUBGRAPH_HOSTS: 'edu.example' };
  check = await versionChecker(readConfig(settings), new Map());
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const sdl = (fields: string, query = 'pupil(number: ID! @filters(field: "Pupil.number")): Pupil', more = '') =>
  linked(`type Query { ${query} @share(type: UNCONDITIONAL) }
    type Pupil @key(fields: "number") @resource(code: "E1", name: "学籍信息", provider: "education") {
      "学号" number: ID! @share(type: UNCONDITIONAL) ${fields} } ${more}`);
const PHONE = '"电话" phone: String @share(type: UNCONDITIONAL)';
const find = async (after: string, before = sdl(PHONE)) =>
  (
    await check(
      { subgraph: 'education', served: { url: URL, sdl: after } },
      [{ id: 'V-1', subgraph: 'education', url: URL, sdl: before }],
      POLICY,
    )
  ).map(({ code, severity, coordinate, message }) => ({ code, severity, coordinate, message }));

it.each([
  [
    'an argument that says not by what it filters',
    sdl(PHONE, 'pupil(number: ID!): Pupil'),
    'FILTERS_MISSING',
    'Query.pupil',
  ],
  [
    'an item without a Chinese name',
    sdl(`${PHONE} note: Int @share(type: UNCONDITIONAL)`),
    'NAME_NOT_CHINESE',
    'Pupil.note',
  ],
  ['a resource without a Chinese name', sdl(PHONE).replace('学籍信息', 'Pupils'), 'NAME_NOT_CHINESE', 'Pupil'],
  ['a system for a resource', sdl(PHONE).replace('学籍信息', '学籍管理系统'), 'RESOURCE_NAMED_AS_SYSTEM', 'Pupil'],
  [
    'one code for two resources',
    sdl(
      PHONE,
      undefined,
      `type School @key(fields: "code") @resource(code: "E1", name: "学校名录", provider: "education") {
      "代码" code: ID! @share(type: UNCONDITIONAL) } extend type Query { school: School @share(type: UNCONDITIONAL) }`,
    ),
    'RESOURCE_CODE_TWICE',
    'School',
  ],
])('the check notes %s', async (_what, after, code, coordinate) => {
  expect(await find(after)).toContainEqual({ code, severity: 'NOTE', coordinate, message: expect.any(String) });
});

it('notes only what the version brings', async () => {
  const wrong = sdl(`${PHONE} note: Int @share(type: UNCONDITIONAL)`);
  expect(await find(wrong, wrong)).toEqual([]);
});

const deprecated = (reason: string) => sdl(PHONE.replace(': String', `: String @deprecated(reason: "${reason}")`));

it('announces the end of an item, with the day, and asks for one', async () => {
  expect(await find(deprecated('改用 contact，2099-03-01 后停用'))).toEqual([
    {
      code: 'ITEM_DEPRECATED',
      severity: 'NOTE',
      coordinate: 'Pupil.phone',
      message: expect.stringContaining('after 2099-03-01'),
    },
  ]);
  expect(await find(deprecated('改用 contact'))).toEqual([
    {
      code: 'ITEM_DEPRECATED',
      severity: 'NOTE',
      coordinate: 'Pupil.phone',
      message: expect.stringContaining('names no last day'),
    },
  ]);
});

it('finds an item that ends before the day that was promised', async () => {
  const codes = async (before: string) =>
    (await find(sdl(''), before)).map(({ code, severity }) => `${severity} ${code}`);
  expect(await codes(deprecated('2099-03-01'))).toEqual(['BREAKING ITEM_REMOVED', 'BREAKING REMOVED_EARLY']);
  expect(await codes(deprecated('2020-03-01'))).toEqual(['BREAKING ITEM_REMOVED']);
  // The day on which its end was announced promises nothing, and 2099-02-30 is none.
  expect(await codes(deprecated('2020-03-01 起弃用，2099-03-01 后停用'))).toContain('BREAKING REMOVED_EARLY');
  expect(await codes(deprecated('2020-03-01, 2099-02-30'))).toEqual(['BREAKING ITEM_REMOVED']);
});

it('holds a provider to the day that was promised, and lets it promise a later one', async () => {
  const codes = async (after: string, before: string) =>
    (await find(deprecated(after), deprecated(before))).map(({ code }) => code);
  expect(await codes('2020-01-01', '2099-03-01')).toEqual(['ITEM_DEPRECATED', 'REMOVED_EARLY']);
  expect(await codes('改用 contact', '2099-03-01')).toEqual(['ITEM_DEPRECATED', 'REMOVED_EARLY']);
  expect(await codes('2099-04-01', '2099-03-01')).toEqual(['ITEM_DEPRECATED']);
  expect(await codes('2020-01-01', '2020-03-01')).toEqual(['ITEM_DEPRECATED']);
});

it('finds an argument that ends before its day', async () => {
  const argued = (argument: string) => sdl(PHONE.replace('phone:', `phone${argument}:`));
  const dated = argued('(area: Int @filters(field: "Pupil.number") @deprecated(reason: "2099-03-01"))');
  expect((await find(argued(''), dated)).map(({ code }) => code)).toEqual(['ARGUMENT_REMOVED', 'REMOVED_EARLY']);
});

it('refuses a version that the composing process cannot read, and goes on', async () => {
  const deep = `${sdl(PHONE)} extend type Query { deep: ${'['.repeat(50_000)}Int${']'.repeat(50_000)} }`;
  expect(await find(deep)).toEqual([
    { code: 'COMPOSITION_TOO_DEEP', severity: 'ERROR', message: expect.stringContaining('nested too deeply') },
  ]);
  expect(await find(sdl(PHONE))).toEqual([]);
});

it('lays a consent that ends between two checks to no version', () => {
  const END = 1_000;
  let now = 0;
  const checks = new VersionChecks(() => now);
  const named = (name: string, text: string) => ({ name, url: `http://${name}.example/`, sdl: linked(text) });
  const subgraphs = [
    named(
      'tax',
      `type Query { payers: [Payer] @share(type: UNCONDITIONAL) }
       type Payer @key(fields: "number") @resource(code: "T1", name: "纳税人", provider: "tax") {
         "编号" number: ID! @share(type: CONDITIONAL, condition: "x") }`,
    ),
    named('health', 'type Payer @key(fields: "number") { number: ID! sick: Boolean @share(type: UNCONDITIONAL) }'),
  ];
  const publishers = new Map(['tax', 'health', 'education'].map((name) => [name, [name]] as const));
  const find = (consents: readonly Consent[], own = PHONE) =>
    checks
      .check({
        published: { subgraphs, policy: { publishers, consents } },
        subgraph: 'education',
        version: { name: 'education', url: URL, sdl: sdl(own) },
        today: '2026-01-01',
      })
      .filter(({ severity }) => severity === 'ERROR');
  const consent: Consent = {
    ...{ id: 'C-1', item: 'Payer.number', owner: 'tax', receiver: 'health', receiverSubgraph: 'health', use: 'KEY' },
    ...{ coordinate: 'Payer', purpose: 'x', until: END },
  };
  expect(find([consent])).toEqual([]);
  now = END;
  expect(find([consent], '')).toEqual([]);
});
