import { describe, expect, it } from '@jest/globals';
import { Linter } from 'eslint';
import { parser } from 'typescript-eslint';

const CONFIG: string = '../../eslint.config.js';
const { default: config } = (await import(CONFIG)) as { default: Linter.Config[] };

/** Each line breaks the purity of rules in one way. */
const IMPURE = {
  'Date.now()': 'no-restricted-syntax',
  'new Date()': 'no-restricted-syntax',
  'Date()': 'no-restricted-syntax',
  'Math.random()': 'no-restricted-syntax',
  "import('node:fs')": 'no-restricted-syntax',
  "process.env['TZ']": 'no-restricted-globals',
  'performance.now()': 'no-restricted-globals',
  "fetch('http://127.0.0.1')": 'no-restricted-globals',
  'crypto.randomUUID()': 'no-restricted-globals',
  'setTimeout(() => undefined, 1)': 'no-restricted-globals',
} as const;
const PURE = ['new Date(0)', 'Math.max(1, 2)', "Date.parse('2026-01-01')"];

describe('the linter', () => {
  it('finds every clock, chance and connection in a rule, and nothing in what is pure', () => {
    const lines = [...Object.keys(IMPURE), ...PURE].map((expression, at) => `export const a${at} = ${expression};`);
    const found = restrictions('gateway/permission/rules/granted.rule.ts', lines.join('\n'));

    const expected = Object.values(IMPURE).map((rule, at) => ({ line: at + 1, rule }));
    expect(found.filter(({ rule }) => rule !== 'no-restricted-properties')).toEqual(expected);
  });

  it('finds the environment read anywhere but in config.ts', () => {
    const reading = `export const zone = process.env['TZ'];`;
    expect(restrictions('shared/files/sync-folder.ts', reading)).toEqual([
      { line: 1, rule: 'no-restricted-properties' },
    ]);
    expect(restrictions('shared/config/config.ts', reading)).toEqual([]);
  });

  it('finds every sentence of the gateway to a caller that is not in its catalogue', () => {
    const texts = [
      `new HubError('NOT_FOUND', 'Nothing.')`,
      'new HubError(code, `Nothing at ${path}.`)',
      `new Failure('SUBGRAPH_ERROR', 'It failed.')`,
      `new Denial('NOT_SHARED', item, 'It is not shared.')`,
      `new HubError('NOT_FOUND', say('http.notFound'))`,
      `new HubError('CONFIG_INVALID', 'PORT is wrong.')`,
    ];
    const source = texts.map((text, at) => `export const a${at} = ${text};`).join('\n');
    for (const file of ['gateway/http/routes.ts', 'gateway/permission/rules/granted.rule.ts'])
      expect(restrictions(file, source).map(({ line }) => line)).toEqual([1, 2, 3, 4]);
  });

  it('finds every refusal of governance that is not in the messages of its room', () => {
    const texts = [
      `refuse('TOO_MANY', 'There are too many.')`,
      'Refusal.because(code, `There is no ${id}.`)',
      `({ code: 'STATE_UNFIT', message: 'It is over already.' })`,
      `new HubError('BAD_USER_INPUT', 'Name one of them.')`,
      `refuse('TOO_MANY', say('load.tooMany'))`,
    ];
    const source = texts.map((text, at) => `export const a${at} = ${text};`).join('\n');
    for (const file of ['subgraphs/governance/grant/end-grant.ts', 'subgraphs/governance/grant/party.rule.ts'])
      expect(restrictions(file, source).map(({ line }) => line)).toEqual([1, 2, 3, 4]);
  });
});

/** Lints a text as if it stood in that file, with the restrictions of the project's configuration and nothing else: the
 *  other rules need the types of the whole project. */
function restrictions(file: string, source: string): { line: number; rule: string }[] {
  const restricting = config.map(({ files, ignores, rules = {} }) => ({
    ...(files && { files }),
    ...(ignores && { ignores }),
    rules: Object.fromEntries(Object.entries(rules).filter(([rule]) => rule.startsWith('no-restricted-'))),
  }));
  const messages = new Linter({ cwd: process.cwd() }).verify(
    source,
    [{ files: ['**/*.ts'], languageOptions: { parser } }, ...restricting],
    { filename: file },
  );
  return messages.map(({ line, ruleId }) => ({ line, rule: ruleId ?? 'not linted' }));
}
