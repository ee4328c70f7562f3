import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const SELF = 'tests/architecture/citations.test.ts';
const TEXT = /\.(ts|tsx|mjs|cjs|js|md|yaml|yml|graphql)$/;
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => TEXT.test(file) && file !== SELF && existsSync(file));
const contract = readFileSync('docs/share-rules.md', 'utf8');

describe('citations', () => {
  it('of the contract lead to a section, rule, step or row that exists', () => {
    const lost = files.flatMap((file) =>
      citationsIn(readFileSync(file, 'utf8'))
        .filter((citation) => !isInContract(citation))
        .map((citation) => `${file}: ${citation.text}`),
    );
    expect(lost).toEqual([]);
  });

  it('are found, in each of their forms', () => {
    const cited = (text: string) => citationsIn(text).map(({ section, part }) => [section, part]);
    expect(cited('@source share-rules section 1, reading rules 3, 4 and 5 */')).toEqual([
      ['1', 'item 3'],
      ['1', 'item 4'],
      ['1', 'item 5'],
    ]);
    expect(cited('share-rules section 3.2')).toEqual([['3', 'item 2']]);
    expect(cited('share-rules section 2 (caller suspended), section 3 (1)')).toEqual([
      ['2', undefined],
      ['3', 'item 1'],
    ]);
    expect(cited('share-rules section 2, row 4')).toEqual([['2', 'row 4']]);
    expect(cited('share-rules.md, sections 1 and 2')).toEqual([
      ['1', undefined],
      ['2', undefined],
    ]);
    expect(cited('share-rules section 2 "Visibility"')).toEqual([['2', 'title Visibility']]);
    expect(isInContract({ text: '', section: '9', part: undefined })).toBe(false);
    expect(isInContract({ text: '', section: '2', part: 'title Elsewhere' })).toBe(false);
    expect(isInContract({ text: '', section: '1', part: 'item 40' })).toBe(false);
    expect(isInContract({ text: '', section: '2', part: 'row 9' })).toBe(false);
  });

  it('of documents and their links name files that are in the repository', () => {
    const lost = files.flatMap((file) => {
      const text = readFileSync(file, 'utf8');
      const named = [...text.matchAll(/\bdocs\/[\w/-]+\.md\b/g)].map(([path]) => path);
      const linked = file.endsWith('.md')
        ? [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, path]) => join(dirname(file), path!))
        : [];
      return [...named, ...linked].filter((path) => !existsSync(path)).map((path) => `${file}: ${path}`);
    });
    expect(lost).toEqual([]);
  });

  it('name no document that only its authors have', () => {
    const strangers = files.filter((file) => /(?<!docs\/)\b(house|style|stack|engine)\.md\b/.test(readText(file)));
    expect(strangers).toEqual([]);
  });
});

interface Citation {
  readonly text: string;
  readonly section: string;
  /** `item N`: the Nth of its numbered list; `row N` of its table; `title T`: a paragraph that begins with it. */
  readonly part: string | undefined;
}

function readText(file: string): string {
  // Links between documents of the folder itself have no folder in front.
  return file.startsWith('docs/') ? '' : readFileSync(file, 'utf8');
}

function citationsIn(text: string): Citation[] {
  const NUMBERS = String.raw`\d+(?:(?:, | and | to )\d+)*`;
  const section = String.raw`sections? (${NUMBERS})(?:\.(\d+)| \((\d+)\)| "([^"]+)")?`;
  const part = String.raw`(?:,\s+(?:\*\s+)?(?:reading )?(rules?|row) (${NUMBERS}))?`;
  return [...text.matchAll(/share-rules(?:\.md)?,?(?: sections? .*)/g)].flatMap(([line]) =>
    [...line.matchAll(new RegExp(section + part, 'g'))].flatMap(
      ([cited, sections, step, bracketed, title, kind, numbers]) =>
        numbersOf(sections!).flatMap((number): Citation[] => {
          const item = step ?? bracketed;
          if (title) return [{ text: cited, section: number, part: `title ${title}` }];
          if (item) return [{ text: cited, section: number, part: `item ${item}` }];
          if (!kind) return [{ text: cited, section: number, part: undefined }];
          const of = kind === 'row' ? 'row' : 'item';
          return numbersOf(numbers!).map((one) => ({ text: cited, section: number, part: `${of} ${one}` }));
        }),
    ),
  );
}

function numbersOf(list: string): string[] {
  const [first, last] = list.split(' to ').map(Number);
  if (last === undefined) return list.split(/, | and /);
  return Array.from({ length: last - first! + 1 }, (_, at) => `${first! + at}`);
}

function isInContract({ section, part }: Citation): boolean {
  const text = contract.split(/^## /m).find((chapter) => chapter.startsWith(`${section}. `));
  if (text === undefined) return false;
  const [kind, ...rest] = part?.split(' ') ?? [];
  const number = rest.join(' ');
  if (kind === 'item') return new RegExp(`^${number}\\. `, 'm').test(text);
  if (kind === 'title') return text.includes(`\n**${number}`);
  // The first two lines of a table are its head.
  if (kind === 'row') return text.split('\n').filter((line) => line.startsWith('|')).length - 2 >= Number(number);
  return true;
}
