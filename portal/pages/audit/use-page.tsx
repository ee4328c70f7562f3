import Button from 'antd/es/button';
import Descriptions from 'antd/es/descriptions';
import Result from 'antd/es/result';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { showTime } from '../../parts/dates.js';
import { DepartmentName } from '../../parts/department-name.js';
import { ItemList } from '../../parts/item-list.js';
import { PageHead } from '../../parts/page-head.js';
import { ProblemAlert } from '../../parts/problem.js';
import { useAnswer } from '../../parts/use-answer.js';
import { useItems } from '../../parts/use-items.js';
import { UseInFullDocument, type UseInFullQuery } from './audit.generated.js';

type Use = NonNullable<UseInFullQuery['uses']>['nodes'][number];
const PARTS = [
  'released',
  'masked',
  'denied',
  'compared',
  'aggregated',
  'filtered',
  'absent',
  'unavailable',
  'internal',
] as const;

/** The whole record of one request. */
export default function UsePage() {
  const { t } = useTranslation('audit');
  const [params] = useSearchParams();
  const requestId = params.get('requestId') ?? '';
  const answer = useAnswer(
    UseInFullDocument,
    useMemo(() => ({ filter: { requestId } }), [requestId]),
    requestId === '',
  );
  const uses = answer.data?.uses?.nodes ?? [];
  if (answer.problem) return <ProblemAlert problem={answer.problem} onRetry={answer.reload} />;
  if (uses.length === 0) return answer.loading ? null : <Result status="404" title={t('noUse')} subTitle={requestId} />;
  return (
    <>
      <PageHead
        title={t('useTitle')}
        intro={requestId}
        actions={<Button onClick={() => window.print()}>{t('print')}</Button>}
      />
      {uses.map((use) => (
        <Record key={use.position} use={use} />
      ))}
    </>
  );
}

function Record({ use }: { use: Use }) {
  const { t } = useTranslation('audit');
  const { t: enums } = useTranslation('enums');
  const coordinates = PARTS.flatMap((part) => use[part].map(({ coordinate }) => coordinate));
  const names = useItems([...new Set(coordinates)]);
  return (
    <>
      <Descriptions
        column={{ xs: 1, md: 2 }}
        bordered
        size="small"
        items={[
          { key: 'position', label: t('position'), children: use.position },
          { key: 'time', label: t('time'), children: showTime(use.time) },
          { key: 'consumer', label: t('consumer'), children: <DepartmentName code={use.department} at={use.time} /> },
          {
            key: 'system',
            label: t('system'),
            children: [use.system, use.person].filter(Boolean).join(' · ') || '—',
          },
          { key: 'scenario', label: t('scenario'), children: use.scenario ?? '—' },
          { key: 'purpose', label: t('purpose'), children: use.purpose ?? '—' },
          { key: 'mode', label: t('mode'), children: enums(`GrantMode.${use.mode}`) },
          {
            key: 'outcome',
            label: t('outcome'),
            children: [enums(`UseOutcome.${use.outcome}`), use.code].filter(Boolean).join(' · '),
          },
          {
            key: 'approvals',
            label: t('approvals'),
            children:
              use.approvals.length === 0
                ? '—'
                : use.approvals.map(({ grant, approver, basis }) => (
                    <div key={grant}>
                      <Link to={`/grant?id=${grant}`}>{grant}</Link> · {approver} · {basis.join('；')}
                    </div>
                  )),
          },
          {
            key: 'rows',
            label: t('rows'),
            children: use.rows.map(({ type, count }) => `${type} ${count}`).join('、') || '—',
          },
          { key: 'subjects', label: t('subjects'), children: use.subjectCount },
          { key: 'operation', label: t('operation'), children: <code className="digest">{use.operation ?? '—'}</code> },
        ]}
      />
      {PARTS.filter((part) => use[part].length > 0).map((part) => (
        <section key={part}>
          <h2>{t(`parts.${part}`)}</h2>
          <ItemList coordinates={use[part].map(({ coordinate }) => coordinate)} items={names} />
          {part === 'denied' && <p>{[...new Set(use.denied.map(({ code }) => code))].join('、')}</p>}
        </section>
      ))}
    </>
  );
}
