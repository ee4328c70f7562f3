import Alert from 'antd/es/alert';
import Descriptions from 'antd/es/descriptions';
import Result from 'antd/es/result';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { showDay, showTime } from '../../parts/dates.js';
import { DepartmentName } from '../../parts/department-name.js';
import { Due } from '../../parts/due.js';
import { HubFile } from '../../parts/hub-file.js';
import { ItemList } from '../../parts/item-list.js';
import { PageHead } from '../../parts/page-head.js';
import { ProblemAlert } from '../../parts/problem.js';
import { useAnswer } from '../../parts/use-answer.js';
import { useItems } from '../../parts/use-items.js';
import { WaitsFor } from '../../parts/waits-for.js';
import { CorrectionActs } from './correction-acts.js';
import { CorrectionCaseDocument } from './correction.generated.js';

/** One correction: what is doubted, how far it is, who was told, and what the person can do about it. */
export default function CorrectionPage() {
  const { t } = useTranslation('correction');
  const { t: enums } = useTranslation('enums');
  const [params] = useSearchParams();
  const id = params.get('id') ?? '';
  const answer = useAnswer(CorrectionCaseDocument, { id }, id === '');
  const correction = answer.data?.correction;
  const names = useItems(correction?.items ?? []);

  if (answer.problem) return <ProblemAlert problem={answer.problem} onRetry={answer.reload} />;
  if (!correction) return answer.loading ? null : <Result status="404" title={t('noCorrection')} subTitle={id} />;
  const { time } = correction;
  const told = answer.data?.correctionReceipts?.nodes ?? [];
  return (
    <>
      <PageHead
        title={t('caseTitle', { id })}
        intro={enums(`CorrectionStatus.${correction.status}`)}
        actions={<CorrectionActs correction={correction} names={names} onDone={answer.reload} />}
      />
      <p>
        <WaitsFor waitsFor={correction.waitsFor} />
        {time.due && (
          <>
            {' '}
            · <Due time={time} />
          </>
        )}
        {time.clauses.length > 0 && ` · ${time.clauses.join('、')}`}
      </p>
      {correction.notes.map((note) => (
        <Alert key={note} type="info" showIcon title={note} />
      ))}
      {correction.meanwhile && <Alert type="info" showIcon title={correction.meanwhile} />}
      {correction.verdict && (
        <Alert
          type={correction.verdict === 'REJECTED' ? 'warning' : 'success'}
          showIcon
          title={enums(`CorrectionVerdict.${correction.verdict}`)}
          description={correction.reason}
        />
      )}
      <h2>{t('items')}</h2>
      <ItemList coordinates={correction.items} items={names} />
      <Descriptions
        column={{ xs: 1, md: 2 }}
        bordered
        size="small"
        items={[
          { key: 'kind', label: t('kind'), children: enums(`CorrectionKind.${correction.kind}`) },
          {
            key: 'reporter',
            label: t('reporter'),
            children: (
              <>
                <DepartmentName code={correction.department} />
                {correction.onBehalf && ` · ${t('onBehalf')}`}
              </>
            ),
          },
          { key: 'provider', label: t('provider'), children: <DepartmentName code={correction.provider} /> },
          {
            key: 'subject',
            label: t('subject'),
            children: `${enums(`DisputedSubjectKind.${correction.subjectKind}`)} ${correction.identifier ?? ''}`,
          },
          { key: 'description', label: t('description'), children: correction.description, span: 2 },
          ...(correction.check
            ? [
                {
                  key: 'check',
                  label: t('check'),
                  children: <Link to={`/check?id=${correction.check}`}>{correction.check}</Link>,
                },
              ]
            : []),
          { key: 'reported', label: t('reported'), children: showTime(correction.reportedAt) },
          { key: 'since', label: t('errorSince'), children: showDay(correction.errorSince) },
          { key: 'analysis', label: t('analysis'), children: correction.analysis ?? '—' },
          { key: 'objection', label: t('objection'), children: correction.objection ?? '—' },
          { key: 'coordination', label: t('coordination'), children: correction.coordination ?? '—' },
          {
            key: 'proof',
            label: t('proof'),
            children:
              correction.proof
                .map(({ item, state }) => `${names.get(item)?.name ?? item}：${enums(`CorrectionProofState.${state}`)}`)
                .join('、') || '—',
          },
        ]}
      />
      {correction.files.length > 0 && (
        <>
          <h2>{t('files')}</h2>
          <ul className="item-list">
            {correction.files.map(({ id: file, name, address, state, bytes }) => (
              <li key={file}>
                {state === 'STORED' ? <HubFile path={address} name={name} label={name} /> : name} ·{' '}
                {Math.ceil(bytes / 1024)} KB
              </li>
            ))}
          </ul>
        </>
      )}
      {correction.told !== null && (
        <p>{t('toldCount', { told: correction.told, confirmed: correction.confirmed ?? 0 })}</p>
      )}
      {told.length > 0 && (
        <>
          <h2>{t('receiptsTitle')}</h2>
          <ul className="item-list">
            {told.map(({ department, uses, lastAt, confirmedAt, note }) => (
              <li key={department}>
                <DepartmentName code={department} /> · {t('usesOf', { count: uses, at: showTime(lastAt) })} ·{' '}
                {confirmedAt ? `${t('confirmed')} ${showTime(confirmedAt)} ${note ?? ''}` : t('unconfirmed')}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
