import Alert from 'antd/es/alert';
import Button from 'antd/es/button';
import { useTranslation } from 'react-i18next';
import type { CombinedError } from 'urql';

/** Something the hub refused or could not do, as a person is told. */
export interface Problem {
  /** Stable; absent where the hub did not answer at all. */
  readonly code?: string;
  readonly message: string;
  readonly details?: readonly string[] | null;
  /** Ids of the clauses it rests on, with commas between. */
  readonly clause?: string | null;
  /** Article and words of each of these clauses. */
  readonly clauseWords?: readonly string[] | null;
}

/** The hub's first error, as it words it; undefined where it did not answer. */
export function problemOf(error: CombinedError, unanswered: string): Problem {
  const [first] = error.graphQLErrors;
  return first ? { code: first.extensions.code as string, message: first.message } : { message: unanswered };
}

/** Says what went wrong, under which code and clause, and offers to try again where that may help. */
export function ProblemAlert({ problem, onRetry }: { problem: Problem; onRetry?: () => void }) {
  const { t } = useTranslation();
  const { code, message, details, clause, clauseWords } = problem;
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={message}
      description={
        <>
          {details && details.length > 0 && (
            <ul>
              {details.map((detail) => (
                <li key={detail}>{detail}</li>
              ))}
            </ul>
          )}
          {clause && (
            <div>
              {t('clauses')}: {clause}
              {clauseWords?.map((words) => (
                <div key={words}>{words}</div>
              ))}
            </div>
          )}
          {code && (
            <div>
              {t('code')}: {code}
            </div>
          )}
        </>
      }
      action={onRetry && <Button onClick={onRetry}>{t('retry')}</Button>}
    />
  );
}
