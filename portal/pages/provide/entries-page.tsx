import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSession } from '../../app/session.js';
import { showDay } from '../../parts/dates.js';
import { useDepartmentName, useDepartmentNames } from '../../parts/department-name.js';
import { FilterSelect } from '../../parts/filter-select.js';
import { PageHead } from '../../parts/page-head.js';
import { RecordTable } from '../../parts/record-table.js';
import { useListState } from '../../parts/use-list-state.js';
import { useRecords } from '../../parts/use-records.js';
import { ActOnEntries } from './act-on-entries.js';
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

/** States in which an entry has a next step that others can take with it. */
const STEPS: readonly CatalogueState[] = ['DRAFT', 'CHANGES_REQUESTED', 'SUBMITTED', 'APPROVED'];

/** Catalogue entries in every state: a provider's own, and those of all departments for who reviews them. Those that are picked
 *  take their next step together. */
export default function EntriesPage() {
  const { t } = useTranslation('provide');
  const { t: enums } = useTranslation('enums');
  const { department, roles } = useSession();
  const departmentName = useDepartmentName();
  const departments = [...useDepartmentNames()].map(([value, label]) => ({ value, label }));
  const reviewsOthers = roles.includes('authority') || roles.includes('secrecy-reviewer');
  const [picked, setPicked] = useState<readonly string[]>([]);
  const list = useListState();
  const state = list.filter('state') as CatalogueState | undefined;
  const provider = list.filter('provider') ?? (reviewsOthers ? undefined : department?.code);
  const records = useRecords(
    OwnEntriesDocument,
    { provider, state },
    ({ catalogueResources }) => catalogueResources,
    list,
  );
  return (
    <>
      <PageHead title={t('entries')} intro={t('entriesIntro')} />
      {provider !== undefined && (
        <EntriesFile provider={provider} mayImport={provider === department?.code} onDone={records.answer.reload} />
      )}
      <p>
        {reviewsOthers && (
          <FilterSelect
            list={list}
            name="provider"
            label={t('provider')}
            any={t('anyProvider')}
            options={departments}
          />
        )}{' '}
        <FilterSelect
          list={list}
          name="state"
          label={t('state')}
          any={t('anyState')}
          options={STATES.map((value) => ({ value, label: enums(`CatalogueState.${value}`) }))}
        />
      </p>
      <ActOnEntries
        entries={records.page?.nodes.filter(({ id }) => picked.includes(id)) ?? []}
        onDone={records.answer.reload}
      />
      <RecordTable<Entry>
        selection={{
          picked,
          onPick: setPicked,
          labelOf: ({ id, name }) => `${name} ${id}`,
          isOpen: (entry) => STEPS.includes(entry.state),
        }}
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
          ...(reviewsOthers ? [{ title: t('provider'), text: (entry: Entry) => departmentName(entry.provider) }] : []),
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
