import Switch from 'antd/es/switch';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { showDay } from '../../parts/dates.js';
import { useDepartmentName } from '../../parts/department-name.js';
import { Due, useDueText } from '../../parts/due.js';
import { PageHead } from '../../parts/page-head.js';
import { RecordTable } from '../../parts/record-table.js';
import { useListState } from '../../parts/use-list-state.js';
import { useRecords } from '../../parts/use-records.js';
import { DecideTogether } from './decide-together.js';
import { MyTasksDocument, type MyTasksQuery } from './work.generated.js';

type Task = NonNullable<MyTasksQuery['myTasks']>['nodes'][number];

/** Reviews that wait for the signed-in person's department or roles, by their last day. */
export default function TasksPage() {
  const { t } = useTranslation('work');
  const { t: enums } = useTranslation('enums');
  const list = useListState();
  const overdue = list.filter('overdue') === 'yes';
  const departmentName = useDepartmentName();
  const dueText = useDueText();
  const records = useRecords(MyTasksDocument, { overdue }, ({ myTasks }) => myTasks, list);
  const [picked, setPicked] = useState<readonly string[]>([]);
  const chosen = records.page?.nodes.filter(({ id }) => picked.includes(id)) ?? [];
  return (
    <>
      <PageHead title={t('tasks')} intro={t('tasksIntro')} />
      <p>
        <label>
          <Switch
            checked={overdue}
            onChange={(checked) => list.setFilters({ overdue: checked ? 'yes' : undefined })}
            aria-label={t('overdueOnly')}
          />{' '}
          {t('overdueOnly')}
        </label>
      </p>
      <DecideTogether tasks={chosen} onDone={records.answer.reload} />
      <RecordTable<Task>
        selection={{
          picked,
          onPick: setPicked,
          labelOf: ({ id }) => id,
          isOpen: ({ status }) => status === 'REVIEW',
        }}
        label={t('tasks')}
        records={records}
        list={list}
        rowKey={({ id }) => id}
        empty={t('noTasks')}
        columns={[
          {
            title: t('task'),
            text: ({ id }) => id,
            render: ({ id }) => <Link to={`/review?id=${encodeURIComponent(id)}`}>{id}</Link>,
          },
          { title: t('applicant'), text: ({ department }) => departmentName(department) },
          {
            title: t('asked'),
            text: ({ asked }) =>
              t('askedItems', { mode: enums(`GrantMode.${asked.mode}`), count: asked.coordinates.length }),
          },
          { title: t('status'), text: ({ status }) => enums(`ProviderReviewStatus.${status}`) },
          { title: t('submitted'), text: ({ submittedAt }) => showDay(submittedAt) },
          { title: t('due'), text: ({ time }) => dueText(time), render: ({ time }) => <Due time={time} /> },
        ]}
      />
    </>
  );
}
