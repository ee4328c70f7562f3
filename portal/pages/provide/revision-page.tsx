import Alert from 'antd/es/alert';
import Descriptions from 'antd/es/descriptions';
import Result from 'antd/es/result';
import Table from 'antd/es/table';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { showDay, showTime } from '../../parts/dates.js';
import { DepartmentName } from '../../parts/department-name.js';
import { PageHead } from '../../parts/page-head.js';
import { ProblemAlert } from '../../parts/problem.js';
import { ShareTypeTag } from '../../parts/share-type-tag.js';
import { useAnswer } from '../../parts/use-answer.js';
import { RevisionDocument, type RevisionQuery } from './provide.generated.js';
import { RevisionActs } from './revision-acts.js';
import { Wide } from '../../parts/wide.js';

type Item = NonNullable<NonNullable<RevisionQuery['catalogueResource']>['items']>[number];

/** One revision of a catalogue entry: what is wrong with it, and the steps until it is in force. */
export default function RevisionPage() {
  const { t } = useTranslation('provide');
  const { t: enums } = useTranslation('enums');
  const [params] = useSearchParams();
  const id = params.get('id') ?? '';
  const answer = useAnswer(RevisionDocument, { id, code: id.replace(/@.*$/, '') }, id === '');
  const entry = answer.data?.catalogueResource;
  const findings = answer.data?.catalogueFindings?.nodes ?? [];

  if (answer.problem) return <ProblemAlert problem={answer.problem} onRetry={answer.reload} />;
  if (!entry) return answer.loading ? null : <Result status="404" title={t('noEntry')} subTitle={id} />;
  return (
    <>
      <PageHead
        title={entry.name}
        intro={`${t('revisionOf', { code: entry.code, revision: entry.revision })} · ${enums(`CatalogueState.${entry.state}`)}`}
        actions={<RevisionActs entry={entry} onDone={answer.reload} />}
      />
      {findings.map(({ code, severity, message, clauses, at }) => (
        <Alert
          key={`${code} ${at ?? ''} ${message}`}
          type={severity === 'ERROR' ? 'error' : 'warning'}
          showIcon
          title={`${enums(`CheckCode.${code}`)}${at ? ` · ${at}` : ''}`}
          description={[message, ...clauses].join(' · ')}
        />
      ))}
      <Descriptions
        column={{ xs: 1, md: 2 }}
        bordered
        size="small"
        items={[
          { key: 'provider', label: t('department'), children: <DepartmentName code={entry.provider} /> },
          { key: 'library', label: t('library'), children: entry.library ?? '—' },
          { key: 'abstract', label: t('abstract'), children: entry.abstract ?? '—', span: 2 },
          {
            key: 'cycle',
            label: t('cycle'),
            children: entry.updateCycle ? enums(`UpdateCycle.${entry.updateCycle}`) : '—',
          },
          {
            key: 'openness',
            label: t('openness'),
            children: entry.openness ? enums(`Openness.${entry.openness}`) : '—',
          },
          { key: 'basis', label: t('legalBasis'), children: entry.legalBasis.join('；') || '—', span: 2 },
          { key: 'grade', label: t('grade'), children: entry.securityGrade ?? '—' },
          { key: 'scope', label: t('collectionScope'), children: entry.collectionScope ?? '—' },
          { key: 'submitted', label: t('submitted'), children: showTime(entry.submittedAt) },
          { key: 'published', label: t('published'), children: showDay(entry.publishedAt) },
        ]}
      />
      <h2>{t('items')}</h2>
      <Wide label={t('items')}>
        <Table<Item>
          aria-label={t('items')}
          dataSource={[...(entry.items ?? [])]}
          rowKey="id"
          pagination={{ hideOnSinglePage: true, pageSize: 50, showSizeChanger: false }}
          size="middle"
          columns={[
            { title: t('item'), render: (_, { name, basic }) => (basic ? `${name} · ${t('basicItem')}` : name) },
            { title: t('coordinate'), render: (_, { coordinate }) => coordinate ?? '—' },
            { title: t('shareType'), render: (_, { shareType }) => <ShareTypeTag shareType={shareType} /> },
            { title: t('condition'), render: (_, { condition, reason }) => condition ?? reason ?? '—' },
            { title: t('basis'), render: (_, { basis }) => basis.join('；') || '—' },
          ]}
        />
      </Wide>
    </>
  );
}
