import Space from 'antd/es/space';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSession } from '../../app/session.js';
import { Act } from '../../parts/act.js';
import { showTime } from '../../parts/dates.js';
import { useDepartmentName } from '../../parts/department-name.js';
import { FilterSelect } from '../../parts/filter-select.js';
import { PageHead } from '../../parts/page-head.js';
import { RecordTable } from '../../parts/record-table.js';
import { useCommand } from '../../parts/use-command.js';
import { useListState } from '../../parts/use-list-state.js';
import { useRecords } from '../../parts/use-records.js';
import { ConfirmSourceDocument, EndSourceDocument, SourcesDocument, type SourcesQuery } from './sources.generated.js';

type Source = NonNullable<SourcesQuery['sources']>['nodes'][number];

/** Databases and services of the department that the hub reads: registered by one person, confirmed by another. */
export default function SourcesPage() {
  const { t } = useTranslation('provide');
  const { t: enums } = useTranslation('enums');
  const { department, roles } = useSession();
  const departmentName = useDepartmentName();
  const list = useListState();
  const past = list.filter('past') === 'yes';
  const records = useRecords(SourcesDocument, { past }, ({ sources }) => sources, list);
  const confirm = useCommand(ConfirmSourceDocument, (data) => data.confirmSource);
  const end = useCommand(EndSourceDocument, (data) => data.endSource);
  const isOwn = (source: Source) => roles.includes('provider') && source.department === department?.code;
  return (
    <>
      <PageHead
        title={t('sources')}
        intro={t('sourcesIntro')}
        actions={roles.includes('provider') && <Link to="/sources/new">{t('registerSource')}</Link>}
      />
      <p>
        <FilterSelect
          list={list}
          name="past"
          label={t('state')}
          any={t('sourcesInForce')}
          options={[{ value: 'yes', label: t('sourcesPast') }]}
        />
      </p>
      <RecordTable<Source>
        label={t('sources')}
        records={records}
        list={list}
        rowKey={({ id }) => id}
        empty={t('noSources')}
        columns={[
          { title: t('sourceName'), text: ({ name }) => name },
          { title: t('department'), text: (source) => departmentName(source.department) },
          { title: t('kind'), text: ({ kind }) => enums(`SourceKind.${kind}`) },
          {
            title: t('address'),
            text: ({ address, databaseName, account, tokenAddress }) =>
              [address, databaseName, account, tokenAddress && t('tokensFrom', { address: tokenAddress })]
                .filter(Boolean)
                .join(' · '),
          },
          { title: t('tls'), text: ({ tls }) => enums(`SourceTls.${tls}`) },
          { title: t('state'), text: ({ state }) => enums(`SourceState.${state}`) },
          {
            title: t('faults'),
            text: ({ found }) => found.map(({ message }) => message).join('；') || t('noFaults'),
          },
          { title: t('submitted'), text: ({ submittedAt }) => showTime(submittedAt) },
          {
            title: t('acts'),
            text: () => '',
            render: (source) => (
              <Space wrap>
                {source.state === 'PENDING' && isOwn(source) && (
                  <Act
                    label={t('confirmSource')}
                    primary
                    help={t('confirmSourceHelp')}
                    command={confirm}
                    variables={() => ({ id: source.id })}
                    onDone={records.answer.reload}
                  />
                )}
                {source.state === 'ACTIVE' && isOwn(source) && (
                  <Link to={`/sources/new?change=${encodeURIComponent(source.name)}`}>{t('changeSource')}</Link>
                )}
                {(source.state === 'PENDING' || source.state === 'ACTIVE') && (
                  <Act
                    label={t('endSource')}
                    danger
                    help={t('endSourceHelp')}
                    reason="required"
                    command={end}
                    variables={({ reason = '' }) => ({ id: source.id, reason })}
                    onDone={records.answer.reload}
                  />
                )}
              </Space>
            ),
          },
        ]}
      />
    </>
  );
}
