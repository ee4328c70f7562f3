import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import {
  clauses,
  clauseText,
  PROFILE_NAMES,
  readProfile,
  type Clause,
  type ClockEvent,
  type Deadline,
  type Profile,
  type Sourced,
} from '../../shared/law/index.js';
import { citations } from '../../shared/law/profile/check-profile.js';
import { profileJsonSchema, profileSchemaFile } from '../../shared/law/profile/emit-profile-schema.js';

const FOLDER = join(process.cwd(), 'schema', 'profiles');
const TEMPLATE = join(FOLDER, 'template.yaml');
const JURISDICTIONS = {
  hangzhou: 'Hangzhou',
  quanzhou: 'Quanzhou',
  chenzhou: 'Chenzhou',
  jilin: 'Jilin',
  yunnan: 'Yunnan',
};

const folder = mkdtempSync(join(tmpdir(), 'profiles-'));
afterAll(() => rmSync(folder, { recursive: true }));
let written = 0;
function own(text: string): string {
  const file = join(folder, `${written++}.yaml`);
  writeFileSync(file, text);
  return file;
}
const BARE = `name: { zh: 某市, en: Somewhere }
prefix: XY
timeZone: Asia/Shanghai
calendar: CN
clauseTexts:
  XY-1a: { article: 第一条, text: 五个工作日内答复 }
`;

describe('the clauses', () => {
  it('are the 700 of five regulations, each with its words', () => {
    expect(clauses().size).toBe(700);
    const counted = Object.groupBy(clauses().values(), ({ jurisdiction }) => jurisdiction);
    expect(Object.fromEntries(Object.entries(counted).map(([name, rows]) => [name, rows!.length]))).toEqual({
      ...{ Hangzhou: 140, Quanzhou: 190, Chenzhou: 129, Jilin: 78, Yunnan: 163 },
    });
    for (const clause of clauses().values()) {
      expect(Object.values(clause).filter((value) => typeof value !== 'string' || value === '')).toEqual([]);
      expect(['yes', 'support', 'no']).toContain(clause.software);
    }
  });

  it('can be read out, and one that there is not says nothing', () => {
    expect(clauseText('QZ-5.4c')).toBe('五(四) 经数据管理机构会同数据生产单位会商同意后进行共享');
    expect(clauseText('XX-4b', readProfile(TEMPLATE).clauseTexts)).toBe(
      '第四条 数据提供部门应当自收到申请之日起5个工作日内答复',
    );
    expect(clauseText('QZ-99z')).toBeUndefined();
    expect(clauseText('toString', {})).toBeUndefined();
  });
});

describe.each(PROFILE_NAMES)('the profile of %s', (name) => {
  let profile: Profile;
  beforeAll(() => {
    profile = readProfile(name);
  });

  it('cites clauses that exist and are its own, and cites them for every value', () => {
    const cited = [...citations(profile)];
    expect(cited.length).toBeGreaterThan(25);
    const isOwn = (clause: Clause | undefined) => clause?.jurisdiction === JURISDICTIONS[name];
    const foreign = cited.filter(({ id }) => !isOwn(clauses().get(id)));
    expect(foreign).toEqual([]);
    expect(uncited(profile)).toEqual([]);
  });

  it('brings no words of its own for clauses, and is read once', () => {
    expect(profile.clauseTexts).toBeUndefined();
    expect(readProfile(name)).toBe(profile);
    expect(Object.isFrozen(profile.shareTypes)).toBe(true);
  });
});

/** Paths of scalars that stand under no `clauses`. */
function uncited(profile: Profile): readonly string[] {
  const { name, prefix, regulation, note, timeZone, calendar, clauseTexts, ...law } = profile;
  expect([name, prefix, regulation, note, timeZone, calendar, clauseTexts].length).toBe(7);
  const walk = (value: unknown, path: string): readonly string[] =>
    typeof value !== 'object' || value === null
      ? [path]
      : 'clauses' in value
        ? []
        : Object.entries(value).flatMap(([key, item]) => walk(item, `${path}.${key}`));
  return walk(law, '');
}

describe('what the regulations say', () => {
  const [hangzhou, quanzhou, chenzhou, jilin, yunnan] = PROFILE_NAMES.map((name) => readProfile(name)) as [
    ...[Profile, Profile, Profile, Profile, Profile],
  ];
  const answers = (profile: Profile): readonly [number?, ClockEvent?, ClockEvent?] => {
    const answer: Deadline = profile.applications?.answer ?? {};
    return [answer.workingDays?.value, answer.starts?.value, answer.stops?.value];
  };
  const reviewers = (profile: Profile) => profile.applications?.review?.map(({ value }) => value);

  it('Hangzhou has two share types, the others three; Jilin names none', () => {
    const names = (profile: Profile) =>
      Object.values<Sourced<string> | undefined>(profile.shareTypes?.names ?? {}).map((type) => type?.value);
    expect(names(hangzhou)).toEqual(['非受限', '受限']);
    expect(names(quanzhou)).toEqual(['无条件共享', '有条件共享', '暂不共享']);
    expect(names(chenzhou)).toEqual(['无条件共享', '有条件共享', '不予共享']);
    expect(names(jilin)).toEqual([]);
    expect(names(yunnan)).toEqual(['无条件共享', '有条件共享', '不予共享']);
  });

  it('answers within its days, and without a limit where the text has none', () => {
    expect(answers(hangzhou)).toEqual([5, 'SUBMISSION', 'REVIEWED']);
    expect(answers(quanzhou)).toEqual([undefined, undefined, undefined]);
    expect(answers(chenzhou)).toEqual([5, 'SUBMISSION', 'ANSWER']);
    expect(answers(jilin)).toEqual([undefined, undefined, undefined]);
    expect(answers(yunnan)).toEqual([10, 'RECEIPT', 'SUPPLY']);
  });

  it('is reviewed in its order', () => {
    expect(reviewers(hangzhou)).toEqual([['provider'], ['secrecy-reviewer']]);
    expect(reviewers(quanzhou)).toEqual([['authority', 'provider']]);
    expect(reviewers(chenzhou)).toEqual([['provider']]);
    expect(reviewers(jilin)).toBeUndefined();
    expect(reviewers(yunnan)).toEqual([['provider']]);
  });

  it('keeps records for three years, for good, or does not say', () => {
    const retention = [hangzhou, quanzhou, chenzhou, jilin, yunnan].map(
      (profile) => profile.evidence?.retention?.value,
    );
    expect(retention).toEqual([undefined, { atLeastYears: 3 }, undefined, undefined, 'NO_DELETION']);
  });

  it('extends where it says so, with the consent it says', () => {
    expect(quanzhou.exchange?.extraInterfaces?.extension).toMatchObject({
      workingDays: { value: 5 },
      consent: { value: 'authority' },
      written: { value: true },
    });
    expect(yunnan.openData?.answer?.extension).toMatchObject({
      workingDays: { value: 15 },
      consent: { value: 'provider-head' },
      notice: { value: 'applicant' },
    });
    expect(hangzhou.applications?.answer?.extension).toBeUndefined();
  });

  it('marks the draft of Yunnan, and its reading of the base data as not confirmed', () => {
    expect([hangzhou, quanzhou, chenzhou, jilin].map(({ draft }) => draft)).toEqual(Array(4).fill(undefined));
    expect(yunnan.draft?.value).toBe(true);
    expect(yunnan.unconditionalBase).toMatchObject({ value: { items: 'ALL' }, unconfirmed: true });
  });

  it('keys Hangzhou’s organisations by code, else by licence', () => {
    expect(hangzhou.keys?.organisation?.map(({ value }) => value)).toEqual(['ORGANISATION_CODE', 'BUSINESS_LICENCE']);
  });
});

describe('a profile of one’s own', () => {
  it('may say as little as who it is', () => {
    const profile = readProfile(own(BARE));
    expect(profile.applications).toBeUndefined();
    expect(clauseText('XY-1a', profile.clauseTexts)).toBe('第一条 五个工作日内答复');
  });

  it.each<[string, string, RegExp]>([
    ['a name that is not known', 'hangzho', /no profile "hangzho"\. Name one of hangzhou, quanzhou/],
    ['a file that is not there', './no-such.yaml', /no-such\.yaml does not exist/],
  ])('refuses %s', (_what, name, why) => {
    expect(() => readProfile(name)).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringMatching(why) }),
    );
  });

  it.each<[string, string, RegExp]>([
    [
      'a value without its clauses',
      'onwardProvision: NEVER',
      /line 7, onwardProvision: must be written \{ value: …, clauses: \[XX-1a\] \}/,
    ],
    [
      'a value with an empty list of them',
      'onwardProvision: { value: NEVER, clauses: [] }',
      /line 7, onwardProvision\.clauses: must name at least one clause/,
    ],
    [
      'a value that names none',
      'onwardProvision: { value: NEVER }',
      /line 7, onwardProvision\.clauses: must be a list of clause ids/,
    ],
    [
      'a word that it does not know',
      'onwardProvision: { value: SOMETIMES, clauses: [XY-1a] }',
      /line 7, onwardProvision\.value: "SOMETIMES" is not known; it must be one of NEVER, NEVER_EVEN_ALTERED/,
    ],
    [
      'a misspelt key',
      'applications:\n  adressee: { value: provider, clauses: [XY-1a] }',
      /line 8, applications\.adressee: "adressee" is not known here; known are addressee, content/,
    ],
    [
      'a misspelt section',
      'aplications: {}',
      /line 7, aplications: "aplications" is not known here; known are name, prefix/,
    ],
    [
      'a clause of nobody',
      'stateSecrets: { value: EXCLUDED, clauses: [XY-1b] }',
      /line 7, stateSecrets\.clauses\[0\]: there is no clause XY-1b; near it are XY-1a/,
    ],
    [
      'a clause of another jurisdiction',
      'stateSecrets: { value: EXCLUDED, clauses: [QZ-8.3b] }',
      /QZ-8\.3b is not a clause of Somewhere; its clauses begin with XY-/,
    ],
    [
      'what is no clause id',
      'stateSecrets: { value: EXCLUDED, clauses: [八(三)] }',
      /is no clause id; write one such as QZ-5\.4c/,
    ],
    [
      'a limit without a beginning',
      'applications:\n  answer:\n    workingDays: { value: 5, clauses: [XY-1a] }',
      /line 8, applications\.answer: must say with starts and stops/,
    ],
    ['a deadline that says nothing', 'applications:\n  answer: {}', /must have workingDays or pace/],
    [
      'an extension of no limit',
      'applications:\n  answer:\n    pace: { value: PROMPTLY, clauses: [XY-1a] }\n    extension: { workingDays: { value: 5, clauses: [XY-1a] } }',
      /no workingDays that could be extended/,
    ],
    [
      'half a working day',
      'applications:\n  answer:\n    workingDays: { value: 0.5, clauses: [XY-1a] }',
      /line 9, applications\.answer\.workingDays\.value: /,
    ],
    [
      'a retention in words',
      'evidence:\n  retention: { value: LONG, clauses: [XY-1a] }',
      /line 8, evidence\.retention\.value: must be \{ atLeastYears: <whole number> \} or NO_DELETION/,
    ],
    [
      'a base library that it does not have',
      'libraries: { foundational: { value: { POPULATION: 人口 }, clauses: [XY-1a] } }\nunconditionalBase: { value: { libraries: [CREDIT], items: BASIC }, clauses: [XY-1a] }',
      /line 8, .*CREDIT is no foundational library of this profile; those are POPULATION/,
    ],
    [
      'a basis for a type that it does not have',
      'shareTypes: { names: { CONDITIONAL: { value: 受限, clauses: [XY-1a] } } }\nbasis: { notShared: { value: [LAW], clauses: [XY-1a] } }',
      /line 8, basis\.notShared: needs shareTypes\.names\.NOT_SHARED/,
    ],
    ['a key twice', 'calendar: CN', /line 7, column 1: Map keys must be unique/],
  ])('refuses %s, with its line and what would be right', (_what, text, why) => {
    const file = own(`${BARE}${text}\n`);
    expect(() => readProfile(file)).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringMatching(why) }),
    );
    expect(() => readProfile(file)).toThrow(file);
  });

  it('refuses a zone that there is not, clauses under another prefix, and words for a clause that has them', () => {
    expect(() => readProfile(own(BARE.replace('Asia/Shanghai', 'Beijing')))).toThrow(
      /line 3, timeZone: is no time zone/,
    );
    expect(() => readProfile(own(BARE.replace('XY-1a', 'QZ-1a')))).toThrow(
      /line 6, clauseTexts\.QZ-1a: must begin with XY-/,
    );
    const copy = BARE.replace('prefix: XY', 'prefix: QZ').replace('XY-1a', 'QZ-5.4c');
    expect(() => readProfile(own(copy))).toThrow(/QZ-5\.4c: is in schema\/clauses\.tsv already/);
  });

  it('tells every mistake at once, and refuses a file with nothing in it', () => {
    const both = own(`${BARE}stateSecrets: EXCLUDED\nonwardProvision: NEVER\n`);
    expect(() => readProfile(both)).toThrow(/line 7, stateSecrets.*line 8, onwardProvision/);
    expect(() => readProfile(own('# nothing yet\n'))).toThrow(/name: is missing|name: must be/);
  });
});

describe('the template', () => {
  it('is whole and valid, and shows every key that a profile may have', () => {
    expect(readProfile(TEMPLATE).prefix).toBe('XX');
    const shown = new Set(keyPaths(parse(readFileSync(TEMPLATE, 'utf8'))));
    expect(schemaPaths(published()).filter((path) => !shown.has(path))).toEqual([]);
  });

  it('stands beside the five and the schema, and nothing else does', () => {
    expect(readdirSync(FOLDER).sort()).toEqual(
      [...PROFILE_NAMES.map((name) => `${name}.yaml`), 'profile.schema.json', 'template.yaml'].sort(),
    );
  });
});

describe('the published schema', () => {
  it('is the one that profiles are checked with; npm run emit writes it', () => {
    expect(readFileSync(profileSchemaFile(), 'utf8')).toBe(profileJsonSchema());
  });

  it('takes the profiles that there are, and no value without its clauses', () => {
    const schema = z.fromJSONSchema(JSON.parse(profileJsonSchema()));
    const files = [...PROFILE_NAMES.map((name) => join(FOLDER, `${name}.yaml`)), TEMPLATE];
    for (const file of files) expect(schema.safeParse(parse(readFileSync(file, 'utf8'))).error).toBeUndefined();
    expect(schema.safeParse(parse(`${BARE}onwardProvision: { value: NEVER }`)).success).toBe(false);
    expect(schema.safeParse(parse(`${BARE}onwardProvison: {}`)).success).toBe(false);
  });

  it('explains every key that it knows', () => {
    const unexplained = (node: JsonSchema, path: string): readonly string[] =>
      Object.entries(node.properties ?? {}).flatMap(([key, child]) => [
        ...(child.description === undefined && !NAMES_SPEAK.includes(key) ? [`${path}.${key}`] : []),
        ...(child.properties?.['clauses'] ? [] : unexplained(child, `${path}.${key}`)),
      ]);
    expect(unexplained(published(), '')).toEqual([]);
  });
});

const NAMES_SPEAK = ['zh', 'en', 'article', 'text'];

interface JsonSchema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
}

/** The published schema with its references filled in. */
function published(): JsonSchema {
  const { $defs, ...schema } = JSON.parse(profileJsonSchema());
  const filled = (node: unknown): unknown => {
    if (typeof node !== 'object' || node === null) return node;
    const { $ref, ...rest } = node as Readonly<Record<string, unknown>>;
    if (typeof $ref === 'string') return { ...(filled($defs[$ref.replace('#/$defs/', '')]) as object), ...rest };
    return Array.isArray(node)
      ? node.map(filled)
      : Object.fromEntries(Object.entries(node).map(([key, item]) => [key, filled(item)]));
  };
  return filled(schema) as JsonSchema;
}

/** Paths of keys two deep, which is where the sections' own keys are. */
const schemaPaths = ({ properties = {} }: JsonSchema): readonly string[] =>
  Object.entries(properties).flatMap(([key, { properties: inner = {} }]) =>
    'clauses' in inner ? [key] : [key, ...Object.keys(inner).map((name) => `${key}.${name}`)],
  );
const keyPaths = (value: object): readonly string[] =>
  Object.entries(value).flatMap(([key, item]: [string, unknown]) => [
    key,
    ...(typeof item === 'object' && item !== null ? Object.keys(item).map((name) => `${key}.${name}`) : []),
  ]);
