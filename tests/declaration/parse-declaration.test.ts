import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import { z } from 'zod';
import { declarationJsonSchema, declarationSchemaFile } from '../../shared/declaration/emit-declaration-schema.js';
import { parseDeclaration, tableSpecs } from '../../shared/declaration/index.js';
import { EDUCATION, educationWith } from './education.js';

describe('a declaration is refused with place, code and reason', () => {
  it.each([
    ['an unknown key', 'title: 姓名, required', 'titel: 姓名, title: 姓名, required', 'DECLARATION_MALFORMED', 'titel'],
    ['a number for a text', 'column: xh', 'column: 12', 'DECLARATION_MALFORMED', 'put it in quotes'],
    [
      'a query for a table',
      'hosted: { history: true }',
      'database: a1, table: select 1',
      'DECLARATION_MALFORMED',
      'never a query',
    ],
    ['a text nobody sees', 'title: 学籍信息', 'title: "学\\u202e籍"', 'DECLARATION_MALFORMED', 'not seen'],
    ['two sources', 'hosted: { history: true }', 'hosted: {}, service: gate', 'SOURCE_UNFIT', 'one source'],
    ['a database without a table', 'hosted: { history: true }', 'database: front', 'SOURCE_UNFIT', 'table'],
    ['an unknown item in a key', '[idNumber]]', '[idNo]]', 'ITEM_UNKNOWN', 'no item idNo'],
    ['a key that rows may lack', 'column: xh, required: true', 'column: xh', 'KEY_UNFIT', 'required: true'],
    ['a key of a date', '[idNumber]]', '[bornOn]]', 'KEY_UNFIT', 'is a Date'],
    ['an unknown item in a list', 'schoolCode] }', 'school] }', 'ITEM_UNKNOWN', 'no item school'],
    ['a lookup that is no key', 'pupil: [studentNumber]', 'pupil: [name]', 'KEY_UNFIT', 'several rows'],
    ['a type of two meanings', '\n  School:', '\n  Resident:', 'NAME_TAKEN', 'Resident'],
    ['a name the graph keeps', '\n  School:', '\n  PageInfo:', 'NAME_RESERVED', 'PageInfo'],
    ['a name of JavaScript', '      grade:', '      constructor:', 'NAME_RESERVED', 'constructor'],
    ['a type like a code list', '\n  School:', '\n  PupilStage:', 'NAME_TAKEN', 'PupilStage'],
    ['one root field twice', 'lookups: { school:', 'lookups: { pupil:', 'NAME_TAKEN', 'pupil'],
    ['one heading for two items', 'title: 姓名', 'title: 学号', 'NAME_TAKEN', '学号'],
    ['no share type', '    share: { type: UNCONDITIONAL }\n    from', '    from', 'SHARE_MISSING', 'no share type'],
    ['a scope that is no text', 'type: Int, share', 'type: Int, scope: division, share', 'SCOPE_UNFIT', 'String or ID'],
    ['two scopes', 'title: 学校代码, share', 'title: 学校代码, scope: division, share', 'SCOPE_UNFIT', 'one item'],
    ['a mask of a number', 'type: Int, share', 'type: Int, mask: PHONE, share', 'MASK_UNFIT', 'single texts'],
    ['a mask of a code', 'dimension: true', 'mask: NAME', 'MASK_UNFIT', 'single texts'],
    [
      'a dimension of single persons',
      'title: 身份证号',
      'title: 身份证号\n        dimension: true',
      'STATISTICS_UNFIT',
      'one record',
    ],
    [
      'a dimension of any text',
      'title: 学校代码, share',
      'title: 学校代码, dimension: true, share',
      'STATISTICS_UNFIT',
      'list of values',
    ],
    [
      'bands that fall',
      'type: Date }',
      'type: Date, dimension: { bands: [2010-01-01, 2000-01-01] } }',
      'STATISTICS_UNFIT',
      'rising',
    ],
    ['a sum of dates', 'type: Date }', 'type: Date, measure: { bound: 1 } }', 'STATISTICS_UNFIT', 'no sum'],
    ['a sum without a bound', 'measure: { bound: 150 }', 'measure: true', 'STATISTICS_UNFIT', 'few exceed'],
    ['a type like a statistic', '\n  School:', '\n  PupilStatistics:', 'NAME_TAKEN', 'PupilStatistics'],
    ['a root like a statistic', 'lookups: { school:', 'lookups: { statisticsPupil:', 'NAME_TAKEN', 'statisticsPupil'],
    ['a code twice', 'code: JUNIOR', 'code: PRIMARY', 'VALUES_UNFIT', 'PRIMARY twice'],
    [
      'a relation that leads two ways',
      'key: { idNumber: idNumber }',
      'key: { idNumber: idNumber }, by: name',
      'RELATION_UNFIT',
      'either',
    ],
    [
      'a relation to half a key',
      'key: { code: schoolCode }',
      'key: { name: schoolCode }',
      'RELATION_UNFIT',
      'no key of School',
    ],
    [
      'a relation shared too widely',
      'title: 居民 }',
      'title: 居民, share: { type: UNCONDITIONAL } }',
      'SHARE_LOOSER',
      'CONDITIONAL',
    ],
    [
      'one record where there may be several',
      ', by: idNumber, title: 学籍 }',
      ', by: schoolCode, title: 学籍 }',
      'RELATION_UNFIT',
      'several',
    ],
  ])('%s', (_name, part, other, code, message) => {
    const { problems } = parseDeclaration(educationWith(part, other));
    const found = problems?.find((problem) => problem.code === code);
    expect(found).toMatchObject({ code, message: expect.stringContaining(message) });
    expect(found!.line).toBeGreaterThan(1);
  });

  it('says line, column and path', () => {
    expect(parseDeclaration(educationWith('type: Int, share', 'type: Integer, share')).problems).toEqual([
      {
        code: 'DECLARATION_MALFORMED',
        path: 'types.Pupil.items.grade.type',
        line: 27,
        column: 27,
        message: expect.stringMatching(/"Integer" is not known; it must be one of String, ID, Int/),
      },
    ]);
  });

  it.each([
    ['no YAML', 'a: [1', 'DECLARATION_NOT_YAML'],
    ['a key twice', EDUCATION.replace('department: education', 'version: 1'), 'DECLARATION_NOT_YAML'],
    ['an alias', 'a: &a [1]\nb: *a', 'DECLARATION_NOT_YAML'],
    ['two documents', `${EDUCATION}---\n${EDUCATION}`, 'DECLARATION_NOT_YAML'],
    ['bottomless brackets', '['.repeat(100_000), 'DECLARATION_NOT_YAML'],
    ['bottomless lists', '- '.repeat(100_000), 'DECLARATION_NOT_YAML'],
    [
      'bottomless indentation',
      Array.from({ length: 400 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
      'DECLARATION_NOT_YAML',
    ],
    ['too much', `a: ${'x'.repeat(600_000)}`, 'DECLARATION_TOO_LARGE'],
    [
      'too many types',
      `types:\n${Array.from({ length: 300 }, (_, i) => `  T${i}: {}`).join('\n')}`,
      'DECLARATION_TOO_LARGE',
    ],
    ['nothing', '', 'DECLARATION_MALFORMED'],
    ['a list', '[]', 'DECLARATION_MALFORMED'],
    ['a prototype', 'types: { __proto__: {} }', 'DECLARATION_MALFORMED'],
  ])('%s', (_name, text, code) => {
    expect(parseDeclaration(text).problems?.map((problem) => problem.code)).toContain(code);
  });

  it('whatever the text is, and never by an exception', () => {
    fc.assert(
      fc.property(fc.nat(EDUCATION.length), fc.nat(60), fc.string({ maxLength: 12 }), (at, length, text) => {
        const { declaration, problems } = parseDeclaration(
          EDUCATION.slice(0, at) + text + EDUCATION.slice(at + length),
        );
        expect(declaration === undefined).toBe(problems !== undefined && problems.length > 0);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a declaration', () => {
  const { declaration, problems } = parseDeclaration(EDUCATION);

  it('is read whole', () => {
    expect(problems).toBeUndefined();
    expect(Object.keys(declaration!.types)).toEqual(['Pupil', 'School']);
  });

  it('says the tables of its hosted types', () => {
    const [pupil, school] = tableSpecs(declaration!);
    expect(pupil).toMatchObject({
      schema: 'education-files',
      table: 'Pupil',
      key: ['studentNumber'],
      unique: [['idNumber']],
      indexes: [
        ['division', 'studentNumber'],
        ['idNumber', 'studentNumber'],
        ['schoolCode', 'studentNumber'],
        ['stage', 'studentNumber'],
      ],
      history: true,
    });
    expect(pupil!.columns[1]).toEqual({
      name: 'idNumber',
      title: '身份证号',
      type: 'text',
      required: false,
      format: 'IDENTITY_NUMBER',
      headers: ['idNumber', '身份证号', 'sfzh', '公民身份号码'],
    });
    expect(pupil!.columns.map(({ type }) => type)).toEqual([
      ...[
        'text',
        'text',
        'text',
        'text',
        'integer',
        'text',
        'text',
        'date',
        'numeric',
        'boolean',
        'timestamptz',
        'text',
      ],
    ]);
    expect(school).toMatchObject({ table: 'School', history: false, unique: [], indexes: [] });
  });

  it('has a published format, by which editors find the same', () => {
    expect(readFileSync(declarationSchemaFile(), 'utf8')).toBe(declarationJsonSchema());
    const { $defs, ...schema } = JSON.parse(declarationJsonSchema());
    const format = z.fromJSONSchema({ ...schema, $defs });
    expect(format.safeParse(parse(EDUCATION)).success).toBe(true);
    expect(format.safeParse(parse(educationWith('type: Int, share', 'type: Integer, share'))).success).toBe(false);
    expect(format.safeParse(parse(educationWith('version: 1', 'version: 1\nmore: 1'))).success).toBe(false);
  });
});

describe('declarations of the guides', () => {
  const ofGuide = /```yaml\n(version: 1[\s\S]*?)```/.exec(readFileSync('docs/guides/declare.md', 'utf8'))![1]!;

  it.each([
    ['the example', readFileSync('examples/education.yaml', 'utf8')],
    ['the guide', ofGuide],
  ])('%s is right', (_name, text) => {
    expect(parseDeclaration(text).problems).toBeUndefined();
  });
});
