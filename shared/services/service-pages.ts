import type { ServiceCall } from '../declaration/service-schema.js';
import type { ReadAnswer, RawRow } from './read-answer.js';
import { SourceFault } from '../sources/source-fault.js';
import type { Filling, Fillings } from './template.js';

/** Reads a call's rows page by page, to their end. A page that is short is not taken for the last one: services cap them.
 *  @param call      says how its pages follow each other
 *  @param fillings  values that it asks with
 *  @param ask     makes the call with the fillings
 *  @param keyOf   identity of a row, and the value to go on after
 *  @throws SourceFault PAGES_REPEATED, PAGES_ENDED, LIST_UNORDERED, or what `ask` throws */
export async function* readPages(
  { pages }: Pick<ServiceCall, 'pages'>,
  fillings: Fillings,
  ask: (fillings: Fillings) => Promise<ReadAnswer>,
  keyOf: (row: RawRow) => { readonly identity: string; readonly value: string | number },
): AsyncGenerator<ReadAnswer, void, void> {
  if (typeof pages !== 'object') {
    yield await ask(fillings);
    return;
  }
  const { by, size, first } = pages;
  let count = 0;
  let before = new Set<string>();
  let last: string | number | undefined = fillings.get('$after') as string | number | undefined;
  let cursor: string | number | undefined;
  for (let page = first; ; page++) {
    const words: [string, Filling | undefined][] = [
      ['$page', page],
      ['$size', size],
      ['$offset', count],
      ['$cursor', cursor],
      ['$after', last],
    ];
    const given = words.filter((each): each is [string, Filling] => each[1] !== undefined);
    const answer = await ask(new Map([...fillings, ...given]));
    const { rows, total, next } = answer;
    if (rows.length === 0) {
      if (total !== undefined && count < total && by !== 'key') throw new SourceFault('PAGES_ENDED', String(total));
      return;
    }
    const keys = rows.map(keyOf);
    const here = new Set(keys.map(({ identity }) => identity));
    if (
      [...here].every((identity) => before.has(identity)) ||
      (by === 'cursor' && next === cursor && next !== undefined)
    )
      throw new SourceFault('PAGES_REPEATED');
    before = here;
    if (by === 'key')
      for (const { value } of keys) {
        if (last !== undefined && !(value > last)) throw new SourceFault('LIST_UNORDERED');
        last = value;
      }
    yield answer;
    count += rows.length;
    if (by === 'cursor') {
      if (next === undefined) return;
      cursor = next;
    } else if (by !== 'key' && total !== undefined && count >= total) return;
  }
}
