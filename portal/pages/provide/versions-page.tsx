import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { showTime } from '../../parts/dates.js';
import { useDepartmentName } from '../../parts/department-name.js';
import { PageHead } from '../../parts/page-head.js';
import { RecordTable } from '../../parts/record-table.js';
import { useListState } from '../../parts/use-list-state.js';
import { useRecords } from '../../parts/use-records.js';
import { VersionsDocument, type VersionsQuery } from './provide.generated.js';

type Version = NonNullable<VersionsQuery['subgraphVersions']>['nodes'][number];

/** Versions of the department's subgraphs: checked, published, rolled back. */
export default function VersionsPage() {
  const { t } = useTranslation('provide');
  const { t: enums } = useTranslation('enums');
  const departmentName = useDepartmentName();
  const list = useListState();
  const subgraph = list.filter('subgraph');
  const records = useRecords(VersionsDocument, { subgraph }, ({ subgraphVersions }) => subgraphVersions, list);
  return (
    <>
      <PageHead
        title={t('versions')}
        intro={t('versionsIntro')}
        actions={<Link to="/versions/new">{t('submitDeclaration')}</Link>}
      />
      {subgraph && (
        <p>
          {t('onlySubgraph', { subgraph })} · <Link to="/versions">{t('allSubgraphs')}</Link>
        </p>
      )}
      <RecordTable<Version>
        label={t('versions')}
        records={records}
        list={list}
        rowKey={({ id }) => id}
        empty={t('noVersions')}
        columns={[
          {
            title: t('version'),
            text: (version) => `${version.subgraph} ${version.number}`,
            render: (version) => (
              <Link to={`/version?id=${encodeURIComponent(version.id)}`}>
                {version.subgraph} {version.number}
              </Link>
            ),
          },
          { title: t('department'), text: ({ department }) => departmentName(department) },
          { title: t('kind'), text: ({ kind }) => enums(`VersionKind.${kind}`) },
          { title: t('state'), text: ({ state }) => enums(`VersionState.${state}`) },
          { title: t('note'), text: ({ note }) => note },
          { title: t('submitted'), text: ({ submittedAt }) => showTime(submittedAt) },
          { title: t('published'), text: ({ publishedAt }) => showTime(publishedAt) },
        ]}
      />
    </>
  );
}
