import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { problemOf, type Problem } from '../../parts/problem.js';
import { purposeHeaders } from '../../parts/query/read-types.js';
import type { AnswerError, DisputedPlace } from './answer-table.js';
import type { GivenAnswer } from './answer-view.js';

export interface Run {
  /** Sends a query under a purpose, once: a second click while it is under way does nothing. */
  readonly send: (
    text: string,
    variables: Readonly<Record<string, unknown>>,
    scenario: string | undefined,
  ) => Promise<void>;
  readonly busy: boolean;
  /** The last answer that had data. */
  readonly answer: GivenAnswer | undefined;
  /** Text of the last query. */
  readonly sent: string | undefined;
  /** Why the last query got no answer at all. */
  readonly problem: Problem | undefined;
}

/** Runs queries of shared data: each is an access record and takes of quotas, so nothing here asks by itself. */
export function useRun(): Run {
  const client = useClient();
  const { t } = useTranslation();
  const underWay = useRef(false);
  const [busy, setBusy] = useState(false);
  const [sent, setSent] = useState<string>();
  const [answer, setAnswer] = useState<GivenAnswer>();
  const [problem, setProblem] = useState<Problem>();
  const send: Run['send'] = async (text, variables, scenario) => {
    if (underWay.current) return;
    underWay.current = true;
    setBusy(true);
    setSent(text);
    setProblem(undefined);
    setAnswer(undefined);
    try {
      const { data, error, extensions } = await client
        .query<GivenAnswer['data']>(text, variables, { fetchOptions: { headers: purposeHeaders(scenario) } })
        .toPromise();
      if (data === undefined || data === null) {
        setProblem(error ? problemOf(error, t('failedHelp')) : { message: t('failedHelp') });
        return;
      }
      const errors = (error?.graphQLErrors ?? []) as unknown as readonly AnswerError[];
      const disputed = (extensions?.disputed ?? []) as readonly DisputedPlace[];
      setAnswer({ text, scenario, data, errors, disputed });
    } finally {
      underWay.current = false;
      setBusy(false);
    }
  };
  return { send, busy, sent, answer, problem };
}
