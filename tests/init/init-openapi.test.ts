import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { runInit, type InitOptions } from '../../cli/init/run-init.js';
import { parseDeclaration } from '../../shared/declaration/index.js';
import { describedClinic, described, ok, wrapped } from './support/described-service.js';

let into: string;
let drafted = 0;
beforeAll(async () => {
  into = await mkdtemp(join(tmpdir(), 'sharehub-init-openapi-'));
});
afterAll(() => rm(into, { recursive: true, force: true }));

const options = (more: Partial<InitOptions>): InitOptions => ({
  ...{ name: `clinic-${++drafted}`, into, from: undefined, department: 'health', source: 'clinic-gate' },
  ...{ tables: [], keys: new Map(), ...more },
});
const fileOf = async (content: unknown, name = 'openapi.yaml'): Promise<string> => {
  const file = join(into, name);
  await writeFile(file, typeof content === 'string' ? content : stringify(content, { aliasDuplicateObjects: false }));
  return file;
};
const refused = async (content: unknown, more: Partial<InitOptions> = {}): Promise<string> => {
  const from = await fileOf(content);
  const before = await readdir(into);
  const error = await runInit(options({ from, ...more })).then(
    () => new Error('written'),
    (each: Error & { code: string }) => each,
  );
  expect(await readdir(into)).toEqual(before);
  return `${(error as { code?: string }).code}: ${error.message}`;
};
const draft = async (content: unknown, more: Partial<InitOptions> = {}) => {
  const written = await runInit(options({ from: await fileOf(content), ...more }));
  const { subgraph } = written.draft;
  const text = await readFile(join(written.folder, `${subgraph}.yaml`), 'utf8');
  const { declaration, problems } = parseDeclaration(text, { allowProposals: true });
  expect(problems).toBeUndefined();
  return {
    text,
    written,
    types: declaration!.types,
    readme: await readFile(join(written.folder, 'README.md'), 'utf8'),
  };
};
const lookup = (schema: object, more: object = {}) =>
  described({
    '/things/{id}': {
      get: {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        ...ok(schema),
        ...more,
      },
    },
  });
const thing = (properties: object) => ({ type: 'object', properties: { id: { type: 'string' }, ...properties } });

it.each([
  ['', /^OPENAPI_UNFIT: openapi.yaml is empty/],
  ['- 1', /^OPENAPI_UNFIT: openapi.yaml is no OpenAPI description/],
  ['version: 1\ntypes: {}', /^OPENAPI_UNFIT: .* is no OpenAPI description/],
  ['a: [', /^SOURCE_UNREADABLE: openapi.yaml is neither YAML nor JSON/],
  ['{"openapi": ', /^SOURCE_UNREADABLE/],
  [`a: ${'['.repeat(20_000)}`, /^SOURCE_UNREADABLE/],
  ['swagger: "2.0"', /^OPENAPI_UNFIT: .* is of version 2.0. Versions 3.0 and 3.1 are read/],
  ['openapi: 4.0.0', /^OPENAPI_UNFIT: .* version 4.0.0/],
  ['openapi: 3.0.0', /^OPERATIONS_NONE/],
  [
    described({ '/a': { $ref: 'http://u:geheim@h/paths.yaml#/a' } }),
    /^REFERENCE_EXTERNAL: (?!.*geheim).*h\/paths.yaml/,
  ],
  [lookup({ $ref: './common.yaml#/Thing' }), /^REFERENCE_EXTERNAL: .*common.yaml/],
  [lookup({ $ref: '#/components/schemas/None' }), /^OPERATIONS_NONE: .*GET \/things\/\{id\}: 引用的内容不存在/],
  [lookup({ type: 'array', items: { type: 'string' } }), /^OPERATIONS_NONE: .*值的列表/],
  [described({ '/a': { post: { summary: '新增', ...ok(thing({})) } } }), /^OPERATIONS_NONE: .*POST \/a: POST/],
  [described({ '/a': { get: ok(thing({})) } }), /^OPERATIONS_NONE: .*没有可确定一条记录的参数/],
])('refuses a description that is none or unfit with a code, and writes nothing (%#)', async (content, message) => {
  expect(await refused(content)).toMatch(message);
});

it('refuses what is not there, too large, or was not found by name', async () => {
  await expect(runInit(options({ from: join(into, 'none.yaml') }))).rejects.toMatchObject({
    code: 'SOURCE_UNREADABLE',
  });
  expect(await refused(`openapi: 3.0.0\n#${'x'.repeat(10_000_000)}`)).toMatch(/^SOURCE_UNREADABLE: .*at most 10000000/);
  const key = (...columns: readonly string[]) => ({ keys: new Map([['', columns]]) });
  expect(await refused(describedClinic('/'), key('none'))).toMatch(/^KEY_UNKNOWN: Patient has no item none/);
  expect(await refused(describedClinic('/'), key('level'))).toMatch(
    /^OPERATIONS_NONE: .*Patient: 没有按 --key 指定的 level/,
  );
  expect(await refused(describedClinic('/'), { tables: ['Nobody'] })).toMatch(/^TABLE_UNKNOWN: .*Found: Patient/);
});

it('opens nothing, and names neither address nor credential of the service', async () => {
  const { text, readme, written } = await draft(describedClinic('https://reader:geheim@data.example/api?key=geheim'));
  expect(text).not.toContain('UNCONDITIONAL');
  expect(text + readme).not.toMatch(/data\.example|geheim/);
  expect(written.servers).toEqual(['https://data.example/api']);
  const codes = parseDeclaration(text).problems!.map(({ code }) => code);
  expect(new Set(codes)).toEqual(new Set(['RESOURCE_CODE_MISSING', 'SHARE_NOT_CONFIRMED']));
});

it('drafts calls, key, items and success of a wrapped service', async () => {
  const { types, text } = await draft(describedClinic('/'));
  expect(Object.keys(types)).toEqual(['Patient']);
  const { from, keys, lists, lookups, items } = types['Patient']!;
  expect(from).toMatchObject({
    service: 'clinic-gate',
    success: { at: '/code', is: [0] },
    absent: { status: [404] },
    credential: { header: 'X-App-Key' },
  });
  expect(from.calls).toEqual([
    expect.objectContaining({
      narrow: ['division'],
      path: '/patients',
      query: { xzqh: '{division}', page: '{$page}', pageSize: '{$size}' },
      rows: '/data/records',
      pages: expect.objectContaining({ by: 'number', size: 50, total: '/data/total' }),
    }),
    expect.objectContaining({
      ...{ by: ['patientId'], most: 200, method: 'POST', path: '/patients/query' },
      ...{ body: { ids: '{patientId}' }, rows: '/data' },
    }),
    expect.objectContaining({
      by: ['idNumber'],
      path: '/patients/byIdCard',
      query: { sfzh: '{idNumber}' },
      rows: '/data',
    }),
  ]);
  expect([keys, lists, lookups]).toEqual([
    [['patientId'], ['idNumber']],
    { patients: ['division'] },
    { patient: ['patientId'] },
  ]);
  expect(items).toMatchObject({
    patientId: { title: '患者编号', required: true },
    idNumber: { at: '/person/sfzh', format: 'IDENTITY_NUMBER', mask: 'IDENTITY', subject: 'PERSON' },
    name: { at: '/person/xm', mask: 'NAME' },
    division: { column: 'xzqh', scope: 'division' },
    bornOn: { type: 'Date' },
    visitedAt: { type: 'DateTime' },
    fee: { type: 'Decimal' },
    cardNumber: { type: 'Decimal' },
    visits: { type: 'Int' },
    weight: { type: 'Float' },
    level: { values: [{ code: 'A' }, { code: 'B' }] },
    active: { type: 'Boolean' },
  });
  expect(text).toMatch(/# 未列入的成员 diagnoses：是列表/);
  expect(text).toMatch(/# 未列入的成员 mother：引用成环/);
  expect(text).toMatch(/# 未列入的操作 POST \/patients：POST 操作/);
});

it.each([
  [{ type: 'integer', description: '状态码，200 表示成功' }, undefined, [200], false],
  [{ type: 'string', description: '0000：成功；其他：失败' }, undefined, ['0000'], false],
  [{ type: 'boolean' }, undefined, [true], false],
  [{ type: 'integer' }, { code: 1, data: {} }, [1], true],
  [{ type: 'integer' }, undefined, [0], true],
])('reads the value of success from %j', async (code, example, is, isToBeConfirmed) => {
  const { types, text } = await draft(lookup(wrapped(thing({}), code), { ...ok(wrapped(thing({}), code), example) }));
  expect(types['Thing']!.from.success).toEqual({ at: '/code', is });
  expect(/# 注意: .*请核对/.test(text)).toBe(isToBeConfirmed);
});

it.each([
  ['offset', { offset: '{$offset}', limit: '{$size}' }, { by: 'offset', size: 100 }],
  ['cursor', { cursor: '{$cursor}', limit: '{$size}' }, { by: 'cursor', size: 100, next: '/nextCursor' }],
])('recognises pages by %s', async (word, query, pages) => {
  const list = {
    type: 'object',
    properties: { items: { type: 'array', items: thing({}) }, nextCursor: { type: 'string' } },
  };
  const parameters = [word, 'limit'].map((name) => ({ name, in: 'query', schema: { type: 'string' } }));
  const { paths } = lookup(thing({})) as { paths: object };
  const { types } = await draft(described({ ...paths, '/things': { get: { parameters, ...ok(list) } } }));
  expect(types['Thing']!.from.calls!.find(({ by }) => !by)).toMatchObject({ query, pages, rows: '/items' });
});

it('finds the rows of a page that says much else of itself, and first pages that are 0', async () => {
  const page = {
    type: 'object',
    properties: {
      ...{
        content: { type: 'array', items: thing({}) },
        totalElements: { type: 'integer' },
        last: { type: 'boolean' },
      },
      ...{ pageable: { type: 'object', properties: { sort: { type: 'string' } } }, empty: { type: 'boolean' } },
    },
  };
  const parameters = [{ name: 'pageNum', in: 'query', required: true, schema: { type: 'integer', default: 0 } }];
  const { paths } = lookup(thing({})) as { paths: object };
  const { types } = await draft(described({ ...paths, '/things': { get: { parameters, ...ok(page) } } }));
  expect(types['Thing']!.from.calls!.find(({ by }) => !by)).toMatchObject({
    ...{ rows: '/content', query: { pageNum: '{$page}' } },
    pages: { by: 'number', first: 0, total: '/totalElements' },
  });
});

it('gives fixed parameters their text, and a secret never', async () => {
  const things = (name: string) => ({
    get: {
      parameters: [{ name, in: 'query', required: true, schema: { type: 'string', default: 'geheim' } }],
      ...ok({ type: 'array', items: thing({}) }),
    },
  });
  const { types } = await draft(described({ '/things': things('kind') }));
  expect(types['Thing']!.from.calls).toMatchObject([{ query: { kind: 'geheim' }, pages: 'whole' }]);
  const message = await refused(described({ '/things': things('appKey') }));
  expect(message).toMatch(/^OPERATIONS_NONE: (?!.*geheim).*必须给出参数 appKey/);
});

it('takes hostile names for names', async () => {
  const hostile = thing({
    kind: { type: 'constructor' },
    ['x\u001b[31m']: { type: 'string' },
    toString: { type: 'string' },
  });
  const named = described(
    {
      '/a/{constructor}': { get: ok({ type: 'array', items: thing({}) }) },
      '/b/{id}': { $ref: '#/paths/~1b~1{id}' },
      '/things/{id}': lookup({ $ref: '#/components/schemas/100%' }).paths['/things/{id}' as never],
    },
    { components: { schemas: { '100%': hostile } } },
  );
  const { types, text } = await draft(named);
  expect(Object.keys(Object.values(types)[0]!.items)).toEqual(['id', 'toString2']);
  expect(text).toMatch(/未列入的操作 GET \/a\/\{constructor\}：路径中的参数/);
  expect(text).toMatch(/未列入的操作 \/b\/\{id\}：引用/);
  expect(text).not.toContain('\u001b');
});

it('takes a list without paging as whole, with a key that a person must confirm', async () => {
  const { types, text } = await draft(
    described({ '/things': { get: ok({ type: 'array', items: thing({ n: { type: 'string' } }) }) } }),
  );
  expect(types['Thing']).toMatchObject({ keys: [['id']], from: { calls: [{ pages: 'whole' }], success: 'status' } });
  expect(text).toContain('# 主键是建议');
});

it('reads texts of the description as texts, JSON and version 3.1 too', async () => {
  const title = '名称"\n  x: { share: { type: UNCONDITIONAL } } #';
  const schema = thing({
    'a b/c': { type: ['string', 'null'], title },
    either: { oneOf: [{ type: 'string' }, { type: 'integer' }] },
    maybe: { anyOf: [{ type: 'string', format: 'date' }, { type: 'null' }] },
    password: { type: 'string' },
  });
  const from = await fileOf(JSON.stringify({ ...lookup(schema), openapi: '3.1.0' }), 'openapi.json');
  const { types, text } = await draft(lookup(schema), { from });
  expect(types['Thing']!.items).toMatchObject({ aBC: { at: '/a b~1c' }, maybe: { type: 'Date' } });
  expect(text).not.toMatch(/^\s*x: /m);
  expect(Object.keys(types['Thing']!.items)).toEqual(['id', 'aBC', 'maybe']);
  expect(text).toMatch(/未列入的成员 either：有多种可能的结构/);
});

it('writes classes of the kit from a description too', async () => {
  const written = await runInit(options({ from: await fileOf(describedClinic('/')), code: true }));
  expect(await readFile(join(written.folder, 'subgraph.ts'), 'utf8')).toContain('export class Patient ');
});
