import Alert from 'antd/es/alert';
import Button from 'antd/es/button';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { showTime } from '../../parts/dates.js';
import { DepartmentName } from '../../parts/department-name.js';
import { PageHead } from '../../parts/page-head.js';
import { ProblemAlert } from '../../parts/problem.js';
import { useAnswer } from '../../parts/use-answer.js';
import { OperationDocument } from './operate.generated.js';

const EMPTY = {};

/** Answer of `/readyz`. */
interface Readiness {
  readonly ready: boolean;
  readonly [detail: string]: unknown;
}

/** Readiness of the hub, and what waits and fails in it. */
export default function HealthPage() {
  const { t } = useTranslation('operate');
  const { t: enums } = useTranslation('enums');
  const { data, problem, loading, reload } = useAnswer(OperationDocument, EMPTY);
  const [readiness, setReadiness] = useState<Readiness>();
  const readReadiness = useCallback(async () => {
    const response = await fetch('/readyz').catch(() => undefined);
    setReadiness(response ? ((await response.json()) as Readiness) : { ready: false });
  }, []);
  useEffect(() => void readReadiness(), [readReadiness]);
  const again = () => {
    reload();
    void readReadiness();
  };
  const { ready, ...details } = readiness ?? { ready: true };
  const pulls = data?.pulls?.nodes ?? [];
  const subscriptions = data?.subscriptions?.nodes ?? [];
  const versions = data?.subgraphVersions?.nodes ?? [];
  const loads = data?.loads?.nodes ?? [];
  return (
    <>
      <PageHead
        title={t('health')}
        intro={t('healthIntro')}
        actions={
          <Button loading={loading} onClick={again}>
            {t('again')}
          </Button>
        }
      />
      {problem && <ProblemAlert problem={problem} onRetry={reload} />}
      {readiness && (
        <Alert
          type={ready ? (Object.keys(details).length === 0 ? 'success' : 'warning') : 'error'}
          showIcon
          title={ready ? t('ready') : t('notReady')}
          description={
            Object.keys(details).length > 0 && (
              <pre className="source" tabIndex={0} aria-label={t('details')}>
                {JSON.stringify(details, undefined, 2)}
              </pre>
            )
          }
        />
      )}
      <h2>{t('pulls')}</h2>
      {pulls.length === 0 && <p>{t('none')}</p>}
      <ul className="item-list">
        {pulls.map((pull) => (
          <li key={pull.id}>
            {pull.id} · <DepartmentName code={pull.department} /> · {pull.source} ·{' '}
            {pull.failures > 0
              ? t('failing', { count: pull.failures, why: pull.faultDetail ?? pull.faultCode ?? '' })
              : t('checked', { at: showTime(pull.checkedAt) })}{' '}
            · {t('next', { at: showTime(pull.nextAt) })}
          </li>
        ))}
      </ul>
      <h2>{t('pushes')}</h2>
      {subscriptions.length === 0 && <p>{t('none')}</p>}
      <ul className="item-list">
        {subscriptions.map((push) => (
          <li key={push.id}>
            {push.id} · <DepartmentName code={push.department} /> · {push.target} ·{' '}
            {enums(`SubscriptionState.${push.state}`)} · {t('lag', { count: push.lag })}
          </li>
        ))}
      </ul>
      <h2>{t('loads')}</h2>
      {loads.length === 0 && <p>{t('none')}</p>}
      <ul className="item-list">
        {loads.map(({ id, subgraph, type, rowsRead }) => (
          <li key={id}>
            <Link to={`/load?id=${id}`}>{id}</Link> · {subgraph} · {type} · {t('rowsRead', { count: rowsRead })}
          </li>
        ))}
      </ul>
      <h2>{t('versions')}</h2>
      {versions.length === 0 && <p>{t('none')}</p>}
      <ul className="item-list">
        {versions.map((version) => (
          <li key={version.id}>
            <Link to={`/version?id=${encodeURIComponent(version.id)}`}>
              {version.subgraph} {version.number}
            </Link>{' '}
            · <DepartmentName code={version.department} /> · {enums(`VersionState.${version.state}`)} ·{' '}
            {showTime(version.submittedAt)}
          </li>
        ))}
      </ul>
    </>
  );
}
