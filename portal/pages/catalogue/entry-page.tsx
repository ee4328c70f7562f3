import Button from 'antd/es/button';
import Descriptions from 'antd/es/descriptions';
import Result from 'antd/es/result';
import Table from 'antd/es/table';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useSession } from '../../app/session.js';
import { showDay, showTime } from '../../parts/dates.js';
import { DepartmentName } from '../../parts/department-name.js';
import { PageHead } from '../../parts/page-head.js';
import { ProblemAlert } from '../../parts/problem.js';
import { ShareTypeTag } from '../../parts/share-type-tag.js';
import { useAnswer } from '../../parts/use-answer.js';
import { toApplication } from './to-application.js';
import { SampleQuery } from './sample-query.js';
import { CatalogueEntryDocument, type CatalogueEntryQuery } from './entry.generated.js';
import { Wide } from '../../parts/wide.js';

type Item = NonNullable<NonNullable<CatalogueEntryQuery['catalogueResource']>['items']>[number];

/** One resource of the catalogue with its items; those that need a grant can be picked for an application. */
export default function EntryPage() {
  const { t } = useTranslation('catalogue');
  const { t: enums } = useTranslation('enums');
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const { department } = useSession();
  const code = params.get('code') ?? '';
  const answer = useAnswer(CatalogueEntryDocument, { code }, code === '');
  const [picked, setPicked] = useState<readonly string[]>([]);
  const [sample, setSample] = useState(false);
  const entry = answer.data?.catalogueResource;

  if (answer.problem) return <ProblemAlert problem={answer.problem} onRetry={answer.reload} />;
  if (!entry) return answer.loading ? null : <Result status="404" title={t('noEntry')} subTitle={code} />;
  const { freshness } = entry;
  const qualities = answer.data?.resourceQualities?.nodes ?? [];
  const own = entry.provider === department?.code;
  const libraryName = answer.data?.catalogueLibraries?.find(({ code }) => code === entry.library)?.name;
  return (
    <>
      <PageHead title={entry.name} intro={entry.abstract ?? undefined} />
      <Descriptions
        column={{ xs: 1, md: 2 }}
        bordered
        size="small"
        items={[
          { key: 'code', label: t('entryCode'), children: entry.code },
          { key: 'provider', label: t('provider'), children: <DepartmentName code={entry.provider} /> },
          { key: 'library', label: t('library'), children: libraryName ?? entry.library ?? '—' },
          {
            key: 'cycle',
            label: t('updateCycle'),
            children: entry.updateCycle ? enums(`UpdateCycle.${entry.updateCycle}`) : '—',
          },
          {
            key: 'freshness',
            label: t('freshness'),
            children: freshness ? (
              <span className={freshness.state === 'LATE' ? 'due due-late' : 'due'}>
                {[
                  enums(`FreshnessState.${freshness.state}`),
                  freshness.lastUpdate && t('updatedAt', { time: showTime(freshness.lastUpdate) }),
                  freshness.due && t('dueOn', { day: freshness.due }),
                  ...freshness.flags.map(
                    ({ code, clauses }) => `${enums(`FreshnessFlagCode.${code}`)}（${clauses.join('、')}）`,
                  ),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            ) : (
              enums('FreshnessState.UNKNOWN')
            ),
          },
          {
            key: 'quality',
            label: t('quality'),
            children:
              qualities.length === 0
                ? t('qualityUnknown')
                : qualities.map(({ id, score, stoppedRules, judgedAt }) => (
                    <Link key={id} to={`/quality-resource?id=${encodeURIComponent(id)}`}>
                      {[
                        score === null ? t('qualityUnknown') : `${Math.floor(score * 100)}%`,
                        stoppedRules > 0 && t('qualityStopped', { rules: stoppedRules }),
                        judgedAt && showTime(judgedAt),
                      ]
                        .filter(Boolean)
                        .join(' · ')}
                    </Link>
                  )),
          },
          {
            key: 'openness',
            label: t('openness'),
            children: entry.openness ? enums(`Openness.${entry.openness}`) : '—',
          },
          { key: 'published', label: t('published'), children: showDay(entry.publishedAt) },
          { key: 'basis', label: t('legalBasis'), children: entry.legalBasis.join('；') || '—', span: 2 },
        ]}
      />
      <h2>{t('items')}</h2>
      <Wide label={t('items')}>
        <Table<Item>
          aria-label={t('items')}
          dataSource={entry.items ?? []}
          rowKey="id"
          pagination={false}
          size="middle"
          rowSelection={
            own
              ? undefined
              : {
                  hideSelectAll: true,
                  selectedRowKeys: [...picked],
                  onChange: (keys) => setPicked(keys.map(String)),
                  getCheckboxProps: ({ name, coordinate, shareType }) => ({
                    'aria-label': name,
                    disabled: !coordinate || shareType === 'UNCONDITIONAL',
                  }),
                }
          }
          columns={[
            { title: t('item'), render: (_, { name, basic }) => (basic ? `${name} · ${t('basicItem')}` : name) },
            { title: t('shareType'), render: (_, { shareType }) => <ShareTypeTag shareType={shareType} /> },
            { title: t('condition'), render: (_, { condition, reason }) => condition ?? reason ?? '—' },
            { title: t('basis'), render: (_, { basis }) => basis.join('；') || '—' },
            {
              title: t('dataType'),
              render: (_, { dataType, sdlType }) => (dataType ? enums(`ItemDataType.${dataType}`) : sdlType),
            },
          ]}
        />
      </Wide>
      {!own && (
        <p className="no-print">
          <Button
            type="primary"
            disabled={picked.length === 0}
            onClick={() => navigate(toApplication((entry.items ?? []).filter(({ id }) => picked.includes(id))))}
          >
            {t('applyFor', { count: picked.length })}
          </Button>{' '}
          {picked.length === 0 && t('applyHelp')}
        </p>
      )}
      <details className="no-print" onToggle={({ currentTarget: { open } }) => setSample(open)}>
        <summary>{t('sample')}</summary>
        {sample && <SampleQuery code={entry.code} />}
      </details>
    </>
  );
}
