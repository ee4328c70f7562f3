import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { showTime } from '../../parts/dates.js';
import { useDepartmentName } from '../../parts/department-name.js';
import { FilterSelect } from '../../parts/filter-select.js';
import { PageHead } from '../../parts/page-head.js';
import { RecordTable } from '../../parts/record-table.js';
import { useListState } from '../../parts/use-list-state.js';
import { useRecords } from '../../parts/use-records.js';
import { QualityTicketsDocument, type QualityTicketsQuery, type QualityTicketState } from './quality.generated.js';

type Ticket = NonNullable<QualityTicketsQuery['qualityTickets']>['nodes'][number];
const STATES: readonly QualityTicketState[] = ['OPEN', 'CLOSED'];

/** Tickets of what is wrong with records: those of the own department, all for those who oversee. Nobody closes one. */
export default function TicketsPage() {
  const { t } = useTranslation('quality');
  const { t: enums } = useTranslation('enums');
  const departmentName = useDepartmentName();
  const list = useListState();
  const records = useRecords(
    QualityTicketsDocument,
    { state: list.filter('state') as QualityTicketState | undefined },
    ({ qualityTickets }) => qualityTickets,
    list,
  );
  return (
    <>
      <PageHead title={t('tickets')} intro={t('ticketsIntro')} actions={<Link to="/quality">{t('title')}</Link>} />
      <p>
        <FilterSelect
          list={list}
          name="state"
          label={t('state')}
          any={t('anyState')}
          options={STATES.map((value) => ({ value, label: enums(`QualityTicketState.${value}`) }))}
        />
      </p>
      <RecordTable<Ticket>
        label={t('tickets')}
        records={records}
        list={list}
        rowKey={({ id }) => id}
        empty={t('noTickets')}
        columns={[
          { title: t('number'), text: ({ id }) => id },
          {
            title: t('resource'),
            text: ({ place, item }) => `${place}.${item}`,
            render: ({ place, item }) => (
              <Link to={`/quality-resource?id=${encodeURIComponent(place)}`}>{`${place}.${item}`}</Link>
            ),
          },
          { title: t('rule'), text: ({ rule }) => rule },
          { title: t('provider'), text: ({ provider }) => departmentName(provider) },
          { title: t('failed'), text: ({ failing }) => (failing === null ? t('few') : String(failing)) },
          { title: t('opened'), text: ({ openedAt }) => showTime(openedAt) },
          { title: t('due'), text: ({ dueDate }) => dueDate },
          {
            title: t('state'),
            text: ({ state, outcome }) =>
              outcome ? enums(`QualityTicketOutcome.${outcome}`) : enums(`QualityTicketState.${state}`),
          },
        ]}
      />
    </>
  );
}
