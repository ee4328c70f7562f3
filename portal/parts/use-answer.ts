import { useTranslation } from 'react-i18next';
import { useQuery, type AnyVariables, type TypedDocumentNode } from 'urql';
import { problemOf, type Problem } from './problem.js';

export interface Answer<T> {
  /** What the hub answered; the last answer while a new one is under way. */
  readonly data: T | undefined;
  readonly loading: boolean;
  readonly problem: Problem | undefined;
  readonly reload: () => void;
}

/** Asks governance for what a page shows.
 *  @param pause  true while there is nothing to ask */
export function useAnswer<T, V extends AnyVariables>(
  query: TypedDocumentNode<T, V>,
  variables: V,
  pause = false,
): Answer<T> {
  const { t } = useTranslation();
  const [{ data, fetching, error }, ask] = useQuery<T, V>({ query, variables, pause });
  return {
    data: pause ? undefined : data,
    loading: fetching,
    problem: error && problemOf(error, t('failedHelp')),
    reload: () => ask(),
  };
}
