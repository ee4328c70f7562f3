import Descriptions from 'antd/es/descriptions';
import Result from 'antd/es/result';
import Space from 'antd/es/space';
import { lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useSession } from '../../app/session.js';
import { Act } from '../../parts/act.js';
import { showTime } from '../../parts/dates.js';
import { DepartmentName, useDepartmentName } from '../../parts/department-name.js';
import { PageHead } from '../../parts/page-head.js';
import { ProblemAlert } from '../../parts/problem.js';
import { RecordTable } from '../../parts/record-table.js';
import { useAnswer } from '../../parts/use-answer.js';
import { useCommand } from '../../parts/use-command.js';
import { useListState } from '../../parts/use-list-state.js';
import { useRecords } from '../../parts/use-records.js';
import type { CheckDetail } from './check-consents.js';
import {
  CheckDocument,
  CheckRunsDocument,
  EndCheckDocument,
  ResumeCheckDocument,
  SuspendCheckDocument,
  type CheckRunsQuery,
} from './check.generated.js';

// Its choice of a day is large, and a page loads at most 160 kB.
const CheckConsents = lazy(async () => ({ default: (await import('./check-consents.js')).CheckConsents }));

type Run = NonNullable<CheckRunsQuery['multiSourceRuns']>['nodes'][number];

/** One check: what it compares, who consents, what its runs found in figures, and what the person can do about it. */
export default function CheckPage() {
  const { t } = useTranslation('check');
  const { t: enums } = useTranslation('enums');
  const { roles } = useSession();
  const departmentName = useDepartmentName();
  const [params] = useSearchParams();
  const id = params.get('id') ?? '';
  const answer = useAnswer(CheckDocument, { id }, id === '');
  const check = answer.data?.multiSourceChecks?.nodes[0];
  if (answer.problem) return <ProblemAlert problem={answer.problem} onRetry={answer.reload} />;
  if (!check) return answer.loading ? null : <Result status="404" title={t('noCheck')} subTitle={id} />;
  const missing = check.consentMissingOf.map((code) => departmentName(code)).join('、');
  return (
    <>
      <PageHead
        title={t('checkTitle', { id })}
        intro={`${check.name} · ${enums(`MultiSourceCheckState.${check.state}`)}`}
        actions={roles.includes('authority') && <CheckActs check={check} onDone={answer.reload} />}
      />
      <p>{missing === '' ? t('consentComplete') : `${t('consentMissing')}：${missing}`}</p>
      <Descriptions
        column={{ xs: 1, md: 2 }}
        bordered
        size="small"
        items={[
          {
            key: 'left',
            label: t('left'),
            children: (
              <>
                <DepartmentName code={check.leftOwner} /> · {check.leftItem}
              </>
            ),
          },
          {
            key: 'right',
            label: t('right'),
            children: (
              <>
                <DepartmentName code={check.rightOwner} /> · {check.rightItem}
              </>
            ),
          },
          { key: 'purpose', label: t('purpose'), children: check.purpose },
          { key: 'basis', label: t('basis'), children: check.basis.join('；') },
          { key: 'form', label: t('form'), children: enums(`ComparisonForm.${check.form}`) },
          { key: 'within', label: t('within'), children: check.form === 'NUMBER' ? check.within : '—' },
          {
            key: 'frequency',
            label: t('frequency'),
            children: `${enums(`CheckFrequency.${check.frequency}`)} ${String(check.hour).padStart(2, '0')}:00`,
          },
          { key: 'batch', label: t('batchSize'), children: check.batchSize },
          { key: 'authority', label: t('authority'), children: <DepartmentName code={check.authority} /> },
          { key: 'defined', label: t('defined'), children: showTime(check.definedAt) },
          { key: 'next', label: t('next'), children: check.state === 'ACTIVE' ? showTime(check.nextAt) : '—' },
          { key: 'reason', label: t('reason'), children: check.reason ?? '—' },
        ]}
      />
      <h2>{t('consents')}</h2>
      <CheckConsents check={check} onDone={answer.reload} />
      <h2>{t('runs')}</h2>
      <CheckRuns id={id} />
    </>
  );
}

function CheckActs({ check: { id, state }, onDone }: { check: CheckDetail; onDone: () => void }) {
  const { t } = useTranslation('check');
  const suspend = useCommand(SuspendCheckDocument, (data) => data.suspendMultiSourceCheck);
  const resume = useCommand(ResumeCheckDocument, (data) => data.resumeMultiSourceCheck);
  const end = useCommand(EndCheckDocument, (data) => data.endMultiSourceCheck);
  const variables = ({ reason = '' }: { readonly reason?: string }) => ({ id, reason });
  if (state === 'ENDED') return null;
  return (
    <Space wrap>
      {state === 'ACTIVE' ? (
        <Act
          label={t('suspend')}
          danger
          help={t('suspendHelp')}
          reason="required"
          command={suspend}
          variables={variables}
          onDone={onDone}
        />
      ) : (
        <Act label={t('resume')} reason="required" command={resume} variables={variables} onDone={onDone} />
      )}
      <Act
        label={t('end')}
        danger
        help={t('endHelp')}
        reason="required"
        command={end}
        variables={variables}
        onDone={onDone}
      />
    </Space>
  );
}

/** Runs in figures; one that the person may not see exactly is said to be small. */
function CheckRuns({ id }: { id: string }) {
  const { t } = useTranslation('check');
  const { t: enums } = useTranslation('enums');
  const list = useListState();
  const records = useRecords(CheckRunsDocument, { check: id }, ({ multiSourceRuns }) => multiSourceRuns, list);
  const show = (figure: number | null) => (figure === null ? t('hidden') : String(figure));
  return (
    <RecordTable<Run>
      label={t('runs')}
      records={records}
      list={list}
      rowKey={(run) => run.id}
      empty={t('noRuns')}
      columns={[
        { title: t('started'), text: ({ startedAt }) => showTime(startedAt) },
        {
          title: t('state'),
          text: ({ state, reason }) =>
            [enums(`MultiSourceRunState.${state}`), reason && enums(`MultiSourceRunReason.${reason}`)]
              .filter(Boolean)
              .join(' · '),
        },
        { title: t('compared'), text: ({ compared }) => show(compared) },
        { title: t('agreed'), text: ({ agreed }) => show(agreed) },
        { title: t('mismatched'), text: ({ mismatched }) => show(mismatched) },
        { title: t('absent'), text: ({ absent }) => show(absent) },
        { title: t('held'), text: ({ held }) => show(held) },
        { title: t('cases'), text: ({ cases }) => show(cases) },
      ]}
    />
  );
}
