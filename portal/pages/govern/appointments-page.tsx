import Form from 'antd/es/form';
import Input from 'antd/es/input';
import Select from 'antd/es/select';
import Switch from 'antd/es/switch';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../app/session.js';
import { Act } from '../../parts/act.js';
import { showDay } from '../../parts/dates.js';
import { useDepartmentName, useDepartmentNames } from '../../parts/department-name.js';
import { DepartmentSelect } from '../../parts/department-select.js';
import { FilterSelect } from '../../parts/filter-select.js';
import { PageHead } from '../../parts/page-head.js';
import { RecordTable } from '../../parts/record-table.js';
import { useCommand } from '../../parts/use-command.js';
import { useListState } from '../../parts/use-list-state.js';
import { useRecords } from '../../parts/use-records.js';
import {
  AppointDocument,
  AppointmentsDocument,
  EndAppointmentDocument,
  type AppointmentInput,
  type AppointmentsQuery,
  type Post,
} from './govern.generated.js';

type Appointment = NonNullable<AppointmentsQuery['appointments']>['nodes'][number];
const POSTS: readonly Post[] = [
  'HEAD',
  'LEADER_IN_CHARGE',
  'DATA_ADMINISTRATOR',
  'CONTACT',
  'SECRECY_PERSON',
  'DESIGNATED_PERSON',
];

/** Who holds the posts that the law asks a department to fill: appointed and ended with the reference of the written notice. A
 *  department sees its own, the authority all. @source QZ-9.2e */
export default function AppointmentsPage() {
  const { t } = useTranslation('govern');
  const { t: enums } = useTranslation('enums');
  const { department: own, roles } = useSession();
  const departmentName = useDepartmentName();
  const departments = [...useDepartmentNames()].map(([value, label]) => ({ value, label }));
  const list = useListState();
  const ended = list.filter('ended') === 'yes';
  const department = list.filter('department');
  const records = useRecords(AppointmentsDocument, { department, ended }, ({ appointments }) => appointments, list);
  const appoint = useCommand(AppointDocument, (data) => data.appoint);
  const end = useCommand(EndAppointmentDocument, (data) => data.endAppointment);
  const required = [{ required: true, message: t('fillIn') }];
  const onDone = records.answer.reload;
  const notice = (
    <Form.Item name="notice" label={t('notice')} rules={required} extra={t('noticeHelp')}>
      <Input maxLength={100} />
    </Form.Item>
  );
  return (
    <>
      <PageHead
        title={t('appointments')}
        intro={t('appointmentsIntro')}
        actions={
          <Act<Parameters<typeof appoint.run>[0], unknown, AppointmentInput>
            label={t('appoint')}
            primary
            help={t('appointHelp')}
            initial={{ department: own?.code }}
            fields={
              <>
                <Form.Item name="department" label={t('department')} rules={required}>
                  <DepartmentSelect />
                </Form.Item>
                <Form.Item name="post" label={t('post')} rules={required}>
                  <Select options={POSTS.map((value) => ({ value, label: enums(`Post.${value}`) }))} />
                </Form.Item>
                <Form.Item name="officer" label={t('account')} rules={required}>
                  <Input maxLength={200} />
                </Form.Item>
                {notice}
              </>
            }
            command={appoint}
            variables={({ officer, department: of, post, notice: reference }) => ({
              input: { officer, department: of, post, notice: reference },
            })}
            onDone={onDone}
          />
        }
      />
      <p>
        {roles.includes('authority') && (
          <FilterSelect
            list={list}
            name="department"
            label={t('department')}
            any={t('anyDepartment')}
            options={departments}
          />
        )}{' '}
        <label>
          <Switch
            checked={ended}
            onChange={(checked) => list.setFilters({ ended: checked ? 'yes' : undefined })}
            aria-label={t('withEnded')}
          />{' '}
          {t('withEnded')}
        </label>
      </p>
      <RecordTable<Appointment>
        label={t('appointments')}
        records={records}
        list={list}
        rowKey={({ id }) => id}
        columns={[
          { title: t('department'), text: (each) => departmentName(each.department) },
          { title: t('post'), text: ({ post }) => enums(`Post.${post}`) },
          { title: t('account'), text: ({ officer }) => officer },
          { title: t('from'), text: ({ fromAt }) => showDay(fromAt) },
          { title: t('until'), text: ({ untilAt }) => showDay(untilAt) },
          { title: t('notice'), text: (each) => each.notice ?? '—' },
          {
            title: t('acts'),
            text: () => '',
            render: ({ id, untilAt }) =>
              untilAt ? null : (
                <Act<Parameters<typeof end.run>[0], unknown, { readonly notice: string }>
                  label={t('endAppointment')}
                  help={t('endAppointmentHelp')}
                  danger
                  reason="required"
                  fields={notice}
                  command={end}
                  variables={({ notice: reference, reason = '' }) => ({ id, notice: reference, reason })}
                  onDone={onDone}
                />
              ),
          },
        ]}
      />
    </>
  );
}
