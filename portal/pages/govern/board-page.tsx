import Card from 'antd/es/card';
import Statistic from 'antd/es/statistic';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { Bars } from '../../parts/bars.js';
import { DepartmentName, useDepartmentName, useDepartmentNames } from '../../parts/department-name.js';
import { Due } from '../../parts/due.js';
import { Loading } from '../../parts/loading.js';
import { PageHead } from '../../parts/page-head.js';
import { ProblemAlert } from '../../parts/problem.js';
import { useAnswer } from '../../parts/use-answer.js';
import { BoardDocument } from './govern.generated.js';

/** Pause between questions of the screen, ms. It asks governance alone, never for shared data. */
const AGAIN = 30_000;
const EMPTY = {};

/** Late work and figures of all departments, for the authority. With `?screen=yes` it is for a screen on the wall, and asks again
 *  by itself. */
export default function BoardPage() {
  const { t } = useTranslation('govern');
  const { t: enums } = useTranslation('enums');
  const names = useDepartmentNames();
  const departmentName = useDepartmentName();
  const [params] = useSearchParams();
  const screen = params.get('screen') === 'yes';
  const { data, problem, loading, reload } = useAnswer(BoardDocument, EMPTY);
  useEffect(() => {
    if (!screen) return;
    const timer = setInterval(reload, AGAIN);
    return () => clearInterval(timer);
  }, [screen, reload]);

  if (loading && !data) return <Loading />;
  if (problem && !data) return <ProblemAlert problem={problem} onRetry={reload} />;
  const answers = data?.overdueAnswers?.nodes ?? [];
  const corrections = data?.corrections?.nodes ?? [];
  const tasks = data?.catalogueTasks?.nodes ?? [];
  // Fields that are of no department, such as those of pages, are no items to be catalogued.
  const coverage = (data?.catalogueCoverage?.nodes ?? []).filter(({ provider }) => names.has(provider));
  const freshness = data?.freshnessFigures ?? [];
  const uses = data?.usesByDepartment ?? [];
  const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
  const items = sum(coverage.map((each) => each.items));
  const entered = sum(coverage.map((each) => each.entered));
  return (
    <div className={screen ? 'screen' : undefined}>
      <PageHead
        title={t('board')}
        intro={t('boardIntro')}
        actions={
          screen ? <Link to="/board">{t('leaveScreen')}</Link> : <Link to="/board?screen=yes">{t('screen')}</Link>
        }
      />
      {problem && <ProblemAlert problem={problem} onRetry={reload} />}
      <div className="cards">
        <Card>
          <Statistic title={t('overdueAnswers')} value={answers.length} />
        </Card>
        <Card>
          <Statistic title={t('overdueCorrections')} value={corrections.length} />
        </Card>
        <Card>
          <Statistic title={t('overdueTasks')} value={tasks.length} />
        </Card>
        <Card>
          <Statistic title={t('lateData')} value={sum(freshness.map(({ late }) => late))} />
        </Card>
        <Card>
          <Statistic title={t('coverage')} value={items === 0 ? 0 : Math.floor((100 * entered) / items)} suffix="%" />
        </Card>
        <Card>
          <Statistic title={t('requests')} value={sum(uses.map(({ requests }) => requests))} />
        </Card>
      </div>
      <h2>{t('usesByDepartment')}</h2>
      <Bars
        label={t('usesByDepartment')}
        empty={t('noUses')}
        bars={uses.map(({ department, requests, refused }) => ({
          name: departmentName(department),
          value: requests,
          note: refused > 0 ? t('ofThemRefused', { refused }) : undefined,
        }))}
      />
      <h2>{t('coverageByDepartment')}</h2>
      <Bars
        label={t('coverageByDepartment')}
        empty={t('noItems')}
        bars={coverage.map((each) => ({
          name: departmentName(each.provider),
          value: each.items === 0 ? 0 : Math.floor((100 * each.entered) / each.items),
          unit: '%',
          note: t('enteredOf', { entered: each.entered, items: each.items }),
        }))}
      />
      <h2>{t('freshnessByDepartment')}</h2>
      <Bars
        label={t('freshnessByDepartment')}
        empty={t('noItems')}
        bars={freshness.map(({ department, resources, late, unknown }) => ({
          name: departmentName(department),
          value: late,
          note: t('lateOf', { resources, unknown }),
        }))}
      />
      <p>
        <Link to="/freshness?state=LATE">{t('showLateData')}</Link>
      </p>
      <h2>{t('qualityByDepartment')}</h2>
      <Bars
        label={t('qualityByDepartment')}
        empty={t('noQuality')}
        bars={(data?.qualityFigures ?? []).map((each) => ({
          name: departmentName(each.department),
          value: Math.floor((each.score ?? 0) * 100),
          unit: '%',
          note: t('qualityOf', {
            scored: each.scored,
            resources: each.resources,
            stopped: each.stoppedRules,
            ended: each.endedRules,
            tickets: each.openTickets ?? 0,
          }),
        }))}
      />
      <p>
        <Link to="/quality">{t('showQuality')}</Link>
      </p>
      <h2>{t('overdueAnswers')}</h2>
      {answers.length === 0 && <p>{t('nothingLate')}</p>}
      <ul className="item-list">
        {answers.map(({ id, department, provider, status, time }) => (
          <li key={id}>
            <Link to={`/review?id=${encodeURIComponent(id)}`}>{id}</Link> <DepartmentName code={department} /> →{' '}
            <DepartmentName code={provider} /> · {enums(`ProviderReviewStatus.${status}`)} · <Due time={time} />
          </li>
        ))}
      </ul>
      <h2>{t('overdueCorrections')}</h2>
      {corrections.length === 0 && <p>{t('nothingLate')}</p>}
      <ul className="item-list">
        {corrections.map(({ id, provider, status, time }) => (
          <li key={id}>
            <Link to={`/correction?id=${id}`}>{id}</Link> <DepartmentName code={provider} /> ·{' '}
            {enums(`CorrectionStatus.${status}`)} · <Due time={time} />
          </li>
        ))}
      </ul>
      <h2>{t('overdueTasks')}</h2>
      {tasks.length === 0 && <p>{t('nothingLate')}</p>}
      <ul className="item-list">
        {tasks.map(({ id, department, code, subject, due }) => (
          <li key={id}>
            <DepartmentName code={department} /> · {subject} {code ?? ''} · {due}
          </li>
        ))}
      </ul>
    </div>
  );
}
