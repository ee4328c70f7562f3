import Input from 'antd/es/input';
import Space from 'antd/es/space';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Bars } from '../../parts/bars.js';
import { DateRange, instantsOf } from '../../parts/date-range.js';
import { showTime } from '../../parts/dates.js';
import { useDepartmentName, useDepartmentNames } from '../../parts/department-name.js';
import { FilterSelect } from '../../parts/filter-select.js';
import { PageHead } from '../../parts/page-head.js';
import { RecordTable } from '../../parts/record-table.js';
import { useAnswer } from '../../parts/use-answer.js';
import { useListState } from '../../parts/use-list-state.js';
import { useRecords } from '../../parts/use-records.js';
import { FiguresDocument, UsesDocument, type UseOutcome, type UsesQuery } from './audit.generated.js';

type Use = NonNullable<UsesQuery['uses']>['nodes'][number];
const OUTCOMES: readonly UseOutcome[] = ['ANSWERED', 'PARTIAL', 'REFUSED', 'FAILED', 'INTROSPECTED'];
/** Days that the chart shows at most, the newest. */
const DAYS = 31;

/** Uses of data that the person may see: a department its own and those of its items, an auditor all. */
export default function UsesPage() {
  const { t } = useTranslation('audit');
  const { t: enums } = useTranslation('enums');
  const names = useDepartmentNames();
  const departmentName = useDepartmentName();
  const list = useListState();
  const [department, provider] = [list.filter('department'), list.filter('provider')];
  const outcome = list.filter('outcome') as UseOutcome | undefined;
  const requestId = list.filter('requestId');
  const { from, until } = instantsOf(list);
  const records = useRecords(
    UsesDocument,
    { filter: { from, until, department, provider, outcome, requestId } },
    ({ uses }) => uses,
    list,
  );
  const [firstDay, lastDay] = [list.filter('from'), list.filter('until')];
  const figures = useAnswer(
    FiguresDocument,
    useMemo(
      () => ({ filter: { from: firstDay, until: lastDay, department, provider, outcome } }),
      [firstDay, lastDay, department, provider, outcome],
    ),
  );
  const departments = [...names].map(([value, label]) => ({ value, label }));
  const refusedOf = (refused: number) => (refused > 0 ? t('ofThemRefused', { refused }) : undefined);
  return (
    <>
      <PageHead title={t('uses')} intro={t('usesIntro')} />
      <Space wrap className="no-print">
        <DateRange list={list} />
        <FilterSelect
          list={list}
          name="department"
          label={t('consumer')}
          any={t('anyConsumer')}
          options={departments}
        />
        <FilterSelect list={list} name="provider" label={t('provider')} any={t('anyProvider')} options={departments} />
        <FilterSelect
          list={list}
          name="outcome"
          label={t('outcome')}
          any={t('anyOutcome')}
          options={OUTCOMES.map((value) => ({ value, label: enums(`UseOutcome.${value}`) }))}
        />
        <Input.Search
          aria-label={t('requestId')}
          placeholder={t('requestId')}
          allowClear
          defaultValue={requestId}
          onSearch={(value) => list.setFilters({ requestId: value.trim() })}
        />
      </Space>
      <h2>{t('perDay')}</h2>
      <Bars
        label={t('perDay')}
        empty={t('noUses')}
        bars={(figures.data?.usesPerDay ?? [])
          .slice(-DAYS)
          .map(({ day, requests, refused }) => ({ name: day, value: requests, note: refusedOf(refused) }))}
      />
      <h2>{t('byDepartment')}</h2>
      <Bars
        label={t('byDepartment')}
        empty={t('noUses')}
        bars={(figures.data?.usesByDepartment ?? []).map(({ department: code, requests, refused }) => ({
          name: code ? departmentName(code) : t('unknown'),
          value: requests,
          note: refusedOf(refused),
        }))}
      />
      <h2>{t('records')}</h2>
      <RecordTable<Use>
        label={t('uses')}
        records={records}
        list={list}
        rowKey={({ position }) => position}
        empty={t('noUses')}
        columns={[
          {
            title: t('time'),
            text: ({ time }) => showTime(time),
            render: ({ time, requestId: id }) => (
              <Link to={`/use?requestId=${encodeURIComponent(id)}`}>{showTime(time)}</Link>
            ),
          },
          {
            title: t('consumer'),
            text: (use) => (use.department ? departmentName(use.department, use.time) : t('unknown')),
          },
          { title: t('system'), text: ({ system, person }) => [system, person].filter(Boolean).join(' · ') || '—' },
          { title: t('scenario'), text: ({ scenario }) => scenario ?? '—' },
          { title: t('mode'), text: ({ mode }) => enums(`GrantMode.${mode}`) },
          { title: t('outcome'), text: (use) => enums(`UseOutcome.${use.outcome}`) },
          { title: t('released'), text: ({ released }) => String(released.length) },
          { title: t('denied'), text: ({ denied }) => String(denied.length) },
          { title: t('subjects'), text: ({ subjectCount }) => String(subjectCount) },
        ]}
      />
    </>
  );
}
