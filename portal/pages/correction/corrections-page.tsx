import Segmented from 'antd/es/segmented';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { showDay } from '../../parts/dates.js';
import { useDepartmentName } from '../../parts/department-name.js';
import { Due, useDueText } from '../../parts/due.js';
import { PageHead } from '../../parts/page-head.js';
import { RecordTable } from '../../parts/record-table.js';
import { useItems } from '../../parts/use-items.js';
import { useListState } from '../../parts/use-list-state.js';
import { useRecords } from '../../parts/use-records.js';
import { CorrectionsDocument, type CorrectionsQuery } from './correction.generated.js';

type Correction = NonNullable<CorrectionsQuery['corrections']>['nodes'][number];

/** Doubts that the person's department has reported or has to look into. */
export default function CorrectionsPage() {
  const { t } = useTranslation('correction');
  const { t: enums } = useTranslation('enums');
  const departmentName = useDepartmentName();
  const dueText = useDueText();
  const list = useListState();
  const show = list.filter('show') ?? 'all';
  const records = useRecords(
    CorrectionsDocument,
    { waiting: show === 'waiting', overdue: show === 'overdue' },
    ({ corrections }) => corrections,
    list,
  );
  const names = useItems([...new Set(records.page?.nodes.flatMap(({ items }) => items) ?? [])]);
  const itemsOf = ({ items }: Correction) => items.map((item) => names.get(item)?.name ?? item).join('、');
  return (
    <>
      <PageHead
        title={t('listTitle')}
        intro={t('listIntro')}
        actions={
          <>
            <Link to="/corrections/new">{t('report')}</Link> · <Link to="/receipts">{t('receiptsTitle')}</Link>
          </>
        }
      />
      <p>
        <Segmented
          aria-label={t('show')}
          value={show}
          onChange={(value) => list.setFilters({ show: value === 'all' ? undefined : value })}
          options={['all', 'waiting', 'overdue'].map((value) => ({ value, label: t(`shown.${value}`) }))}
        />
      </p>
      <RecordTable<Correction>
        label={t('listTitle')}
        records={records}
        list={list}
        rowKey={({ id }) => id}
        empty={t('noCorrections')}
        columns={[
          {
            title: t('number'),
            text: ({ id }) => id,
            render: ({ id }) => <Link to={`/correction?id=${id}`}>{id}</Link>,
          },
          { title: t('kind'), text: ({ kind }) => enums(`CorrectionKind.${kind}`) },
          { title: t('items'), text: itemsOf },
          { title: t('reporter'), text: ({ department }) => departmentName(department) },
          { title: t('provider'), text: ({ provider }) => departmentName(provider) },
          { title: t('status'), text: ({ status }) => enums(`CorrectionStatus.${status}`) },
          { title: t('reported'), text: ({ reportedAt }) => showDay(reportedAt) },
          { title: t('due'), text: ({ time }) => dueText(time), render: ({ time }) => <Due time={time} /> },
        ]}
      />
    </>
  );
}
