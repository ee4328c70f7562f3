import Alert from 'antd/es/alert';
import Button from 'antd/es/button';
import Descriptions from 'antd/es/descriptions';
import Result from 'antd/es/result';
import Space from 'antd/es/space';
import Table from 'antd/es/table';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { Act } from '../../parts/act.js';
import { showTime } from '../../parts/dates.js';
import { DepartmentName, useDepartmentName } from '../../parts/department-name.js';
import { PageHead } from '../../parts/page-head.js';
import { ProblemAlert } from '../../parts/problem.js';
import { useAnswer } from '../../parts/use-answer.js';
import { useCommand } from '../../parts/use-command.js';
import {
  PublishVersionDocument,
  RollbackSubgraphDocument,
  VersionDocument,
  type VersionQuery,
} from './provide.generated.js';
import { Wide } from '../../parts/wide.js';

type Finding = NonNullable<VersionQuery['subgraphVersionOf']>['found'][number];

/** One version of a subgraph: what its check found and whom it breaks, and its publication. */
export default function VersionPage() {
  const { t } = useTranslation('provide');
  const { t: enums } = useTranslation('enums');
  const departmentName = useDepartmentName();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const id = params.get('id') ?? '';
  const answer = useAnswer(VersionDocument, { id }, id === '');
  const publish = useCommand(PublishVersionDocument, (data) => data.publishVersion);
  const rollBack = useCommand(RollbackSubgraphDocument, (data) => data.rollbackSubgraph);
  const version = answer.data?.subgraphVersionOf;

  if (answer.problem) return <ProblemAlert problem={answer.problem} onRetry={answer.reload} />;
  if (!version) return answer.loading ? null : <Result status="404" title={t('noVersion')} subTitle={id} />;
  const { subgraph, number, state, found } = version;
  const text = version.declaration ?? version.sdl;
  const usesOf = ({ usage, uses }: Finding) =>
    uses.length === 0
      ? enums(`VersionUsage.${usage}`)
      : uses
          .map(({ department, scenario, requests, lastUse }) =>
            t('useOf', { department: departmentName(department), scenario, requests, lastUse }),
          )
          .join('；');
  return (
    <>
      <PageHead
        title={t('versionTitle', { subgraph, number })}
        intro={enums(`VersionState.${state}`)}
        actions={
          <Space wrap>
            {state === 'CHECKED' && (
              <Act
                label={t('publish')}
                primary
                help={t('publishHelp')}
                command={publish}
                variables={() => ({ id })}
                onDone={answer.reload}
              />
            )}
            {state === 'SUPERSEDED' && (
              <Act
                label={t('rollBack')}
                help={t('rollBackHelp', { number })}
                reason="required"
                command={rollBack}
                variables={({ reason }) => ({ subgraph, number, reason: reason ?? '' })}
                onDone={(done) => done.version && void navigate(`/version?id=${encodeURIComponent(done.version.id)}`)}
              />
            )}
            {state === 'PENDING' && <Button onClick={answer.reload}>{t('lookAgain')}</Button>}
            <Link to={`/versions?subgraph=${encodeURIComponent(subgraph)}`}>{t('allVersions')}</Link>
          </Space>
        }
      />
      {state === 'PENDING' && <Alert type="info" showIcon title={t('checking')} />}
      <Descriptions
        column={{ xs: 1, md: 2 }}
        bordered
        size="small"
        items={[
          { key: 'department', label: t('department'), children: <DepartmentName code={version.department} /> },
          { key: 'kind', label: t('kind'), children: enums(`VersionKind.${version.kind}`) },
          { key: 'note', label: t('note'), children: version.note || '—' },
          { key: 'submitted', label: t('submitted'), children: showTime(version.submittedAt) },
          { key: 'checked', label: t('checked'), children: showTime(version.checkedAt) },
          { key: 'published', label: t('published'), children: showTime(version.publishedAt) },
        ]}
      />
      <h2>{t('findings')}</h2>
      {found.length === 0 && <p>{t('noFindings')}</p>}
      {found.length > 0 && (
        <Wide label={t('findings')}>
          <Table<Finding>
            aria-label={t('findings')}
            dataSource={[...found]}
            rowKey={({ code, coordinate, message }) => `${code} ${coordinate ?? ''} ${message}`}
            pagination={false}
            size="middle"
            columns={[
              { title: t('severity'), render: (_, { severity }) => enums(`VersionSeverity.${severity}`) },
              { title: t('coordinate'), render: (_, { coordinate }) => coordinate ?? '—' },
              { title: t('finding'), className: 'words', render: (_, { message }) => message },
              { title: t('grants'), render: (_, { grants }) => grants },
              { title: t('used'), className: 'words', render: (_, finding) => usesOf(finding) },
            ]}
          />
        </Wide>
      )}
      {text && (
        <>
          <h2>{version.declaration ? t('declaration') : t('sdl')}</h2>
          <pre className="source" tabIndex={0} aria-label={version.declaration ? t('declaration') : t('sdl')}>
            {text}
          </pre>
        </>
      )}
    </>
  );
}
