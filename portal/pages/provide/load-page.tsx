import Alert from 'antd/es/alert';
import Button from 'antd/es/button';
import Descriptions from 'antd/es/descriptions';
import Progress from 'antd/es/progress';
import Result from 'antd/es/result';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { showTime } from '../../parts/dates.js';
import { HubFile } from '../../parts/hub-file.js';
import { PageHead } from '../../parts/page-head.js';
import { ProblemAlert } from '../../parts/problem.js';
import { useAnswer } from '../../parts/use-answer.js';
import { LoadDocument } from './provide.generated.js';

/** Pause between looks at a load that is under way, ms. Governance alone is asked. */
const LOOK_AGAIN = 2_000;

/** One load: how far it is, its outcome, and the reports of what was wrong. */
export default function LoadPage() {
  const { t } = useTranslation('provide');
  const { t: enums } = useTranslation('enums');
  const [params] = useSearchParams();
  const id = params.get('id') ?? '';
  const answer = useAnswer(LoadDocument, { id }, id === '');
  const load = answer.data?.loadOf;
  const underWay = load?.state === 'RECEIVED' || load?.state === 'LOADING';
  const { reload } = answer;
  useEffect(() => {
    if (!underWay) return;
    const timer = setInterval(reload, LOOK_AGAIN);
    return () => clearInterval(timer);
  }, [underWay, reload]);

  if (answer.problem) return <ProblemAlert problem={answer.problem} onRetry={answer.reload} />;
  if (!load) return answer.loading ? null : <Result status="404" title={t('noLoad')} subTitle={id} />;
  const { counts } = load;
  return (
    <>
      <PageHead
        title={t('loadTitle', { id })}
        intro={enums(`LoadState.${load.state}`)}
        actions={underWay && <Button onClick={answer.reload}>{t('lookAgain')}</Button>}
      />
      {underWay && (
        <Progress
          aria-label={t('progress')}
          percent={Math.floor((100 * load.bytesRead) / Math.max(1, load.bytes))}
          status="active"
        />
      )}
      {load.message && <Alert type="error" showIcon title={load.message} description={load.code} />}
      {counts && (
        <Alert type={counts.rejected > 0 ? 'warning' : 'success'} showIcon title={t('countsOf', { ...counts })} />
      )}
      {load.reports.length > 0 && (
        <ul className="item-list">
          {load.reports.map((path) => (
            <li key={path}>
              <HubFile
                path={path}
                name={path.split('/').join('-').replace(/^-/, '')}
                label={path.endsWith('rows.csv') ? t('rejectedRows') : t('problemsReport')}
              />
            </li>
          ))}
        </ul>
      )}
      <Descriptions
        column={{ xs: 1, md: 2 }}
        bordered
        size="small"
        items={[
          { key: 'table', label: t('table'), children: `${load.subgraph} · ${load.type}` },
          { key: 'file', label: t('file'), children: load.fileName },
          { key: 'mode', label: t('mode'), children: enums(`LoadMode.${load.mode}`) },
          { key: 'rows', label: t('rowsRead'), children: load.rowsRead },
          { key: 'announced', label: t('announced'), children: showTime(load.announcedAt) },
          { key: 'ended', label: t('ended'), children: showTime(load.endedAt) },
        ]}
      />
    </>
  );
}
