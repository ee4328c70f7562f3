import { foldLatin } from '../../find-word.js';
import type { SourcePages } from '../source-table.js';
import type { FoundRows } from './find-rows.js';
import type { Parameter } from './read-parameters.js';

const WORDS = {
  $page: /^(page|pageno|pagenum|pagenumber|pageindex|current|currentpage|curpage)$/,
  $offset: /^(offset|skip|start|startindex|from)$/,
  $cursor: /^(cursor|pagetoken|nextcursor|nexttoken|continuation|scrollid)$/,
  $size: /^(size|pagesize|limit|perpage|pagelimit|maxresults|rows)$/,
} as const;
const KINDS = { $page: 'number', $offset: 'offset', $cursor: 'cursor' } as const;
/** Rows of a page where nothing smaller is stated. */
const USUAL_SIZE = 100;

export interface FoundPages {
  readonly pages: SourcePages;
  /** Parameters that paging fills, by name, with the word. */
  readonly words: ReadonlyMap<string, string>;
}

/** Recognises how a list is paged, by the names of its parameters.
 *  @returns `whole` where none is of paging */
export function readPages(parameters: readonly Parameter[], { total, next }: FoundRows): FoundPages {
  const named = (word: keyof typeof WORDS) =>
    parameters.find(({ name, in: place, isList }) => place !== 'path' && !isList && WORDS[word].test(foldLatin(name)));
  const kind = (['$page', '$offset', '$cursor'] as const).find(
    (word) => named(word) && (word !== '$cursor' || next !== undefined),
  );
  if (kind === undefined) return { pages: 'whole', words: new Map() };
  const size = named('$size');
  const first = firstOf(named(kind)!);
  return {
    pages: {
      by: KINDS[kind],
      size: sizeOf(size),
      ...(kind === '$page' && first === 0 && { first }),
      ...(kind === '$cursor' ? { next } : { total }),
    },
    words: new Map([[named(kind)!.name, kind], ...(size ? [[size.name, '$size'] as const] : [])]),
  };
}

const firstOf = ({ schema }: Parameter): unknown => schema['default'] ?? schema['minimum'] ?? schema['example'];

function sizeOf(size: Parameter | undefined): number {
  const whole = (value: unknown) =>
    typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 5000 ? value : undefined;
  const most = whole(size?.schema['maximum']);
  return most === undefined ? USUAL_SIZE : Math.min(most, USUAL_SIZE);
}
