import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSession } from '../../app/session.js';
import { showDay } from '../../parts/dates.js';
import { FilterSelect } from '../../parts/filter-select.js';
import { PageHead } from '../../parts/page-head.js';
import { RecordTable } from '../../parts/record-table.js';
import { useListState } from '../../parts/use-list-state.js';
import { useRecords } from '../../parts/use-records.js';
import { EntriesFile } from './entries-file.js';
import { OwnEntriesDocument, type CatalogueState, type OwnEntriesQuery } from './provide.generated.js';

type Entry = NonNullable<OwnEntriesQuery['catalogueResources']>['nodes'][number];
const STATES: readonly CatalogueState[] = [
  'DRAFT',
  'SUBMITTED',
  'CHANGES_REQUESTED',
  'APPROVED',
  'PUBLISHED',
  'SUSPENDED',
  'WITHDRAWN',
];

/** Catalogue entries of the person's department, in every state. The authority chooses a department by the address. */
export default function EntriesPage() {
  const { t } = useTranslation('provide');
  const { t: enums } = useTranslation('enums');
  const { department } = useSession();
  const list = useListState();
  const state = list.filter('state') as CatalogueState | undefined;
  const provider = list.filter('provider') ?? department?.code ?? '';
  const records = useRecords(
    OwnEntriesDocument,
    { provider, state },
    ({ catalogueResources }) => catalogueResources,
    list,
  );
  return (
    <>
      <PageHead title={t('entries')} intro={t('entriesIntro')} />
      <EntriesFile provider={provider} mayImport={provider === department?.code} onDone={records.answer.reload} />
      <p>
        <FilterSelect
          list={list}
          name="state"
          label={t('state')}
          any={t('anyState')}
          options={STATES.map((value) => ({ value, label: enums(`CatalogueState.${value}`) }))}
        />
      </p>
      <RecordTable<Entry>
        label={t('entries')}
        records={records}
        list={list}
        rowKey={({ id }) => id}
        empty={t('noEntries')}
        columns={[
          {
            title: t('entry'),
            text: ({ name }) => name,
            render: ({ id, name }) => <Link to={`/revision?id=${encodeURIComponent(id)}`}>{name}</Link>,
          },
          { title: t('code'), text: ({ code }) => code },
          { title: t('revision'), text: ({ revision }) => String(revision) },
          { title: t('state'), text: ({ state: each }) => enums(`CatalogueState.${each}`) },
          { title: t('cycle'), text: ({ updateCycle }) => (updateCycle ? enums(`UpdateCycle.${updateCycle}`) : '—') },
          { title: t('openness'), text: ({ openness }) => (openness ? enums(`Openness.${openness}`) : '—') },
          { title: t('published'), text: ({ publishedAt }) => showDay(publishedAt) },
        ]}
      />
    </>
  );
}
