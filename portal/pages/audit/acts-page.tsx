import Input from 'antd/es/input';
import Space from 'antd/es/space';
import { useTranslation } from 'react-i18next';
import { DateRange, instantsOf } from '../../parts/date-range.js';
import { showTime } from '../../parts/dates.js';
import { useDepartmentName, useDepartmentNames } from '../../parts/department-name.js';
import { FilterSelect } from '../../parts/filter-select.js';
import { PageHead } from '../../parts/page-head.js';
import { RecordTable } from '../../parts/record-table.js';
import { useListState } from '../../parts/use-list-state.js';
import { useRecords } from '../../parts/use-records.js';
import { ActsDocument, type ActsQuery } from './audit.generated.js';

type ActRecord = NonNullable<ActsQuery['acts']>['nodes'][number];

/** Acts of governance: who decided what, under which provision. */
export default function ActsPage() {
  const { t } = useTranslation('audit');
  const { t: enums } = useTranslation('enums');
  const names = useDepartmentNames();
  const departmentName = useDepartmentName();
  const list = useListState();
  const records = useRecords(
    ActsDocument,
    {
      filter: {
        ...instantsOf(list),
        department: list.filter('department'),
        person: list.filter('person'),
        object: list.filter('object'),
      },
    },
    ({ acts }) => acts,
    list,
  );
  const search = (name: 'person' | 'object') => (
    <Input.Search
      aria-label={t(name)}
      placeholder={t(name)}
      allowClear
      defaultValue={list.filter(name)}
      onSearch={(value) => list.setFilters({ [name]: value.trim() })}
    />
  );
  return (
    <>
      <PageHead title={t('acts')} intro={t('actsIntro')} />
      <Space wrap className="no-print">
        <DateRange list={list} />
        <FilterSelect
          list={list}
          name="department"
          label={t('department')}
          any={t('anyDepartment')}
          options={[...names].map(([value, label]) => ({ value, label }))}
        />
        {search('person')}
        {search('object')}
      </Space>
      <RecordTable<ActRecord>
        label={t('acts')}
        records={records}
        list={list}
        rowKey={({ position }) => position}
        empty={t('noActs')}
        columns={[
          { title: t('time'), text: ({ time }) => showTime(time) },
          { title: t('act'), text: ({ act }) => enums(`AuditAction.${act}`) },
          { title: t('object'), text: ({ object }) => object },
          {
            title: t('department'),
            text: ({ department, time }) => (department ? departmentName(department, time) : t('operator')),
          },
          { title: t('person'), text: ({ person, system }) => person ?? system ?? '—' },
          { title: t('reason'), text: ({ reason }) => reason ?? '—' },
          { title: t('basis'), text: ({ basis }) => basis.join('；') || '—' },
          {
            title: t('concerns'),
            text: ({ concerns, time }) => concerns.map((code) => departmentName(code, time)).join('、') || '—',
          },
        ]}
      />
    </>
  );
}
