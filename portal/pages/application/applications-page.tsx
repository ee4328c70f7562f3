import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { showDay } from '../../parts/dates.js';
import { useDepartmentName } from '../../parts/department-name.js';
import { Due, useDueText } from '../../parts/due.js';
import { FilterSelect } from '../../parts/filter-select.js';
import { PageHead } from '../../parts/page-head.js';
import { RecordTable } from '../../parts/record-table.js';
import { useListState } from '../../parts/use-list-state.js';
import { useRecords } from '../../parts/use-records.js';
import { ApplicationsDocument, type ApplicationsQuery, type ApplicationState } from './application.generated.js';

type Application = NonNullable<ApplicationsQuery['applications']>['nodes'][number];

const STATES: readonly ApplicationState[] = ['DRAFT', 'SUBMITTED', 'CLOSED', 'WITHDRAWN'];

/** Applications to which the person's department is a party; all that were submitted for the authority. */
export default function ApplicationsPage() {
  const { t } = useTranslation('application');
  const { t: enums } = useTranslation('enums');
  const list = useListState();
  const state = list.filter('state') as ApplicationState | undefined;
  const departmentName = useDepartmentName();
  const dueText = useDueText();
  const records = useRecords(ApplicationsDocument, { state }, ({ applications }) => applications, list);
  const progressOf = ({ provider, status }: Application['reviews'][number]) => [
    departmentName(provider),
    enums(`ProviderReviewStatus.${status}`),
  ];
  return (
    <>
      <PageHead title={t('listTitle')} intro={t('listIntro')} />
      <p>
        <FilterSelect
          list={list}
          name="state"
          label={t('state')}
          any={t('anyState')}
          options={STATES.map((value) => ({ value, label: enums(`ApplicationState.${value}`) }))}
        />
      </p>
      <RecordTable<Application>
        label={t('listTitle')}
        records={records}
        list={list}
        rowKey={({ id }) => id}
        empty={t('noApplications')}
        columns={[
          {
            title: t('number'),
            text: ({ id }) => id,
            render: ({ id }) => <Link to={`/application?id=${id}`}>{id}</Link>,
          },
          { title: t('applicant'), text: ({ department }) => departmentName(department) },
          {
            title: t('asked'),
            text: ({ form }) =>
              t('askedItems', {
                mode: form.mode ? enums(`GrantMode.${form.mode}`) : '—',
                count: form.coordinates?.length ?? 0,
              }),
          },
          { title: t('state'), text: ({ state: each }) => enums(`ApplicationState.${each}`) },
          {
            title: t('progress'),
            text: ({ reviews }) =>
              reviews.map((review) => [...progressOf(review), dueText(review.time)].join(' · ')).join('；'),
            render: ({ reviews }) =>
              reviews.map((review) => (
                <div key={review.id}>
                  {progressOf(review).join(' · ')} {review.time.due && <Due time={review.time} />}
                </div>
              )),
          },
          { title: t('submitted'), text: ({ submittedAt, createdAt }) => showDay(submittedAt ?? createdAt) },
        ]}
      />
    </>
  );
}
