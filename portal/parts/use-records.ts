import { useClient, type AnyVariables, type TypedDocumentNode } from 'urql';
import type { Answer } from './use-answer.js';
import { useAnswer } from './use-answer.js';
import type { ListState } from './use-list-state.js';

/** Rows of one page. */
const PAGE = 20;
/** Rows that an export asks for at once, and rows that it ends after. */
const EXPORT_PAGE = 100;
export const EXPORT_MAX = 10_000;

/** One page of a list of governance, as every connection of its schema has it. */
export interface RecordPage<R> {
  readonly nodes: readonly R[];
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
}

/** A list that the hub pages. */
export interface Records<T, R> {
  readonly answer: Answer<T>;
  readonly page: RecordPage<R> | null | undefined;
  /** Asks for all rows under the same filters, at most `EXPORT_MAX`.
   *  @throws CombinedError  where the hub does not answer; no row is given then */
  readonly readAll: () => Promise<readonly R[]>;
}

/** Asks for the page of a list that the address names.
 *  @param filters  variables besides `first` and `after`
 *  @param pageOf   takes the list out of the answer */
export function useRecords<T, V extends AnyVariables & { first: number; after?: string | null }, R>(
  document: TypedDocumentNode<T, V>,
  filters: Omit<V, 'first' | 'after'>,
  pageOf: (data: T) => RecordPage<R> | null | undefined,
  list: ListState,
  pause = false,
): Records<T, R> {
  const client = useClient();
  const ask = (first: number, after: string | null | undefined) => ({ ...filters, first, after }) as unknown as V;
  const answer = useAnswer(document, ask(PAGE, list.after), pause);
  const readAll = async () => {
    const rows: R[] = [];
    let after: string | null = null;
    do {
      const { data, error }: { data?: T; error?: Error } = await client.query(document, ask(EXPORT_PAGE, after));
      const page: RecordPage<R> | null | undefined = data && pageOf(data);
      if (!page) throw error ?? new Error('The hub gave no list.');
      rows.push(...page.nodes);
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null && rows.length < EXPORT_MAX);
    return rows.slice(0, EXPORT_MAX);
  };
  return { answer, page: answer.data && pageOf(answer.data), readAll };
}
