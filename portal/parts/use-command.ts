import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, type AnyVariables, type TypedDocumentNode } from 'urql';
import { problemOf, type Problem } from './problem.js';

/** What every mutation of governance answers: a thing, or why not. */
interface CommandResult {
  readonly refusal: Problem | null;
}

export interface Command<V, R> {
  /** Sends it, once: a second click while it is under way does nothing.
   *  @returns the result; undefined where it was refused or not answered, and `problem` then says why */
  readonly run: (variables: V) => Promise<R | undefined>;
  readonly busy: boolean;
  readonly problem: Problem | undefined;
}

/** An act of governance.
 *  @param resultOf  takes the result out of the answer */
export function useCommand<T, V extends AnyVariables, R extends CommandResult>(
  mutation: TypedDocumentNode<T, V>,
  resultOf: (data: T) => R,
): Command<V, R> {
  const client = useClient();
  const { t } = useTranslation();
  const underWay = useRef(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const run = async (variables: V): Promise<R | undefined> => {
    if (underWay.current) return undefined;
    underWay.current = true;
    setBusy(true);
    setProblem(undefined);
    try {
      const { data, error } = await client.mutation(mutation, variables).toPromise();
      const result = data && resultOf(data);
      if (result && !result.refusal) return result;
      setProblem(result?.refusal ?? (error ? problemOf(error, t('failedHelp')) : { message: t('failedHelp') }));
      return undefined;
    } finally {
      underWay.current = false;
      setBusy(false);
    }
  };
  return { run, busy, problem };
}
