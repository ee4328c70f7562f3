import Alert from 'antd/es/alert';
import { useTranslation } from 'react-i18next';

interface Finding {
  readonly code: string;
  readonly severity: string;
  readonly part: string;
  readonly message: string;
  readonly clauses: readonly string[];
}

/** Everything that an application still lacks, and what is doubtful in it, all at once. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  const { t } = useTranslation('application');
  if (findings.length === 0) return null;
  const errors = findings.filter(({ severity }) => severity === 'ERROR');
  return (
    <Alert
      type={errors.length > 0 ? 'error' : 'warning'}
      showIcon
      role="alert"
      title={errors.length > 0 ? t('toCorrect', { count: errors.length }) : t('doubtful')}
      description={
        <ul>
          {findings.map(({ code, part, message, clauses }) => (
            <li key={code + part + message}>
              {message} <small>{[code, ...clauses].join(' · ')}</small>
            </li>
          ))}
        </ul>
      }
    />
  );
}
