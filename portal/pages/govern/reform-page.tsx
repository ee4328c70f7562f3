import Alert from 'antd/es/alert';
import Descriptions from 'antd/es/descriptions';
import Result from 'antd/es/result';
import Space from 'antd/es/space';
import Table from 'antd/es/table';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useSession } from '../../app/session.js';
import { Act } from '../../parts/act.js';
import { localDay, showDay, showTime } from '../../parts/dates.js';
import { useDepartmentName } from '../../parts/department-name.js';
import { PageHead } from '../../parts/page-head.js';
import { ProblemAlert } from '../../parts/problem.js';
import { useAnswer } from '../../parts/use-answer.js';
import { useCommand } from '../../parts/use-command.js';
import { DraftReform } from './draft-reform.js';
import {
  CancelReformDocument,
  CheckReformDocument,
  ConfirmReformDocument,
  ReformDocument,
  type ReformQuery,
} from './reform.generated.js';

type Reform = NonNullable<ReformQuery['reform']>;

/** One reform: its plan, what stands against it, everything that goes, and what the person can do about it. */
export default function ReformPage() {
  const { t } = useTranslation('govern');
  const { t: enums } = useTranslation('enums');
  const { roles } = useSession();
  const departmentName = useDepartmentName();
  const [params] = useSearchParams();
  const id = params.get('id') ?? '';
  const answer = useAnswer(ReformDocument, { id }, id === '');
  const reform = answer.data?.reform;
  if (answer.problem) return <ProblemAlert problem={answer.problem} onRetry={answer.reload} />;
  if (!reform) return answer.loading ? null : <Result status="404" title={t('noReform')} subTitle={id} />;
  const at = reform.carriedOutAt;
  const steps = [
    [t('effectiveDay'), showDay(reform.effectiveAt)],
    [t('drafted'), showTime(reform.draftedAt)],
    [t('checked'), showTime(reform.checkedAt)],
    [t('confirmed'), showTime(reform.confirmedAt)],
    [t('carriedOut'), showTime(at)],
    [t('cancelled'), showTime(reform.endedAt)],
  ];
  return (
    <>
      <PageHead
        title={`${reform.id} ${reform.title}`}
        intro={enums(`ReformState.${reform.state}`)}
        actions={roles.includes('authority') && <ReformActs reform={reform} onDone={answer.reload} />}
      />
      {reform.gaps.length > 0 && (
        <Alert
          type="error"
          showIcon
          title={t('gaps', { count: reform.gaps.length })}
          description={
            <ul>
              {reform.gaps.map(({ code, object, message }) => (
                <li key={`${code} ${object} ${message}`}>
                  {message} ({object})
                </li>
              ))}
            </ul>
          }
        />
      )}
      <Descriptions
        column={{ xs: 1, md: 2 }}
        bordered
        size="small"
        items={[
          { key: 'basis', label: t('basis'), children: reform.basis.join('；') },
          ...steps.map(([label, children]) => ({ key: label!, label, children })),
        ]}
      />
      <h2>{t('plan')}</h2>
      <Table<Reform['lines'][number]>
        aria-label={t('plan')}
        size="small"
        pagination={false}
        scroll={{ x: 'max-content' }}
        rowKey={({ kind, id: of }) => `${kind} ${of}`}
        dataSource={[...reform.lines]}
        columns={[
          { title: t('lineKind'), render: (_, { kind }) => enums(`ReformLineKind.${kind}`) },
          {
            title: t('lineId'),
            render: (_, { kind, id: of }) => (kind === 'END' ? `${departmentName(of, at)} (${of})` : of),
          },
          { title: t('lineTo'), render: (_, { to }) => departmentName(to, at) },
          {
            title: t('linePosts'),
            render: (_, { posts }) => posts?.map((post) => enums(`Post.${post}`)).join('、') ?? '—',
          },
        ]}
      />
      <h2>{t('consequences', { count: reform.consequences.length })}</h2>
      <Table<Reform['consequences'][number]>
        aria-label={t('consequences', { count: reform.consequences.length })}
        size="small"
        scroll={{ x: 'max-content' }}
        rowKey={({ object, kind, from, to }) => `${kind} ${object} ${from} ${to ?? ''}`}
        dataSource={[...reform.consequences]}
        columns={[
          { title: t('lineKind'), render: (_, { kind }) => enums(`ReformedThing.${kind}`) },
          { title: t('thing'), render: (_, { object }) => object },
          { title: t('lineFrom'), render: (_, { from }) => departmentName(from, at) },
          { title: t('lineTo'), render: (_, { to }) => (to === null ? t('ends') : departmentName(to, at)) },
        ]}
      />
    </>
  );
}

function ReformActs({ reform, onDone }: { reform: Reform; onDone: () => void }) {
  const { t } = useTranslation('govern');
  const check = useCommand(CheckReformDocument, (data) => data.checkReform);
  const confirm = useCommand(ConfirmReformDocument, (data) => data.confirmReform);
  const cancel = useCommand(CancelReformDocument, (data) => data.cancelReform);
  const { id, state, version, title, basis, lines, effectiveAt } = reform;
  if (state === 'CARRIED_OUT' || state === 'CANCELLED') return null;
  return (
    <Space wrap>
      {state === 'DRAFT' && (
        <Act
          label={t('confirmReform')}
          primary
          help={t('confirmReformHelp')}
          command={confirm}
          variables={() => ({ id, version })}
          onDone={onDone}
        />
      )}
      <Act
        label={t('checkReform')}
        help={t('checkReformHelp')}
        command={check}
        variables={() => ({ id })}
        onDone={onDone}
      />
      {state !== 'CONFIRMED' && (
        <DraftReform id={id} initial={{ title, basis, lines, day: localDay(effectiveAt) }} onDone={onDone} />
      )}
      <Act
        label={t('cancelReform')}
        danger
        reason="required"
        command={cancel}
        variables={({ reason = '' }: { readonly reason?: string }) => ({ id, reason })}
        onDone={onDone}
      />
    </Space>
  );
}
