import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { showTime } from '../../parts/dates.js';
import { FilterSelect } from '../../parts/filter-select.js';
import { PageHead } from '../../parts/page-head.js';
import { RecordTable } from '../../parts/record-table.js';
import { useListState } from '../../parts/use-list-state.js';
import { useRecords } from '../../parts/use-records.js';
import { LoadsDocument, type LoadsQuery, type LoadState } from './provide.generated.js';

type Load = NonNullable<LoadsQuery['loads']>['nodes'][number];
const STATES: readonly LoadState[] = ['ANNOUNCED', 'RECEIVED', 'LOADING', 'LOADED', 'REFUSED', 'EXPIRED'];

/** Files that were loaded into tables that the hub keeps. */
export default function LoadsPage() {
  const { t } = useTranslation('provide');
  const { t: enums } = useTranslation('enums');
  const list = useListState();
  const state = list.filter('state') as LoadState | undefined;
  const records = useRecords(LoadsDocument, { state }, ({ loads }) => loads, list);
  return (
    <>
      <PageHead title={t('loads')} intro={t('loadsIntro')} actions={<Link to="/loads/new">{t('loadFile')}</Link>} />
      <p>
        <FilterSelect
          list={list}
          name="state"
          label={t('state')}
          any={t('anyState')}
          options={STATES.map((value) => ({ value, label: enums(`LoadState.${value}`) }))}
        />
      </p>
      <RecordTable<Load>
        label={t('loads')}
        records={records}
        list={list}
        rowKey={({ id }) => id}
        empty={t('noLoads')}
        columns={[
          { title: t('load'), text: ({ id }) => id, render: ({ id }) => <Link to={`/load?id=${id}`}>{id}</Link> },
          { title: t('table'), text: ({ subgraph, type }) => `${subgraph} · ${type}` },
          { title: t('file'), text: ({ fileName }) => fileName },
          { title: t('state'), text: ({ state: each }) => enums(`LoadState.${each}`) },
          {
            title: t('outcome'),
            text: ({ counts, message }) => (counts ? t('countsOf', { ...counts }) : (message ?? '—')),
          },
          { title: t('announced'), text: ({ announcedAt }) => showTime(announcedAt) },
        ]}
      />
    </>
  );
}
