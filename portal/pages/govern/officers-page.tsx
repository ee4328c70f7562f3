import Form from 'antd/es/form';
import Input from 'antd/es/input';
import Select from 'antd/es/select';
import Space from 'antd/es/space';
import { useTranslation } from 'react-i18next';
import { Act } from '../../parts/act.js';
import { showDay } from '../../parts/dates.js';
import { DepartmentSelect } from '../../parts/department-select.js';
import { useDepartmentName, useDepartmentNames } from '../../parts/department-name.js';
import { FilterSelect } from '../../parts/filter-select.js';
import { PageHead } from '../../parts/page-head.js';
import { RecordTable } from '../../parts/record-table.js';
import { useCommand } from '../../parts/use-command.js';
import { useListState } from '../../parts/use-list-state.js';
import { useRecords } from '../../parts/use-records.js';
import {
  OfficersDocument,
  RegisterOfficerDocument,
  ResumeOfficerDocument,
  SuspendOfficerDocument,
  VerifyOfficerDocument,
  type OfficerInput,
  type OfficersQuery,
} from './govern.generated.js';
import { ROLES } from './departments-page.js';
import { SuspendOrResume } from './suspend-or-resume.js';

type Officer = NonNullable<OfficersQuery['officers']>['nodes'][number];

/** Officers of all departments: registered, verified, suspended by the authority. */
export default function OfficersPage() {
  const { t } = useTranslation('govern');
  const { t: enums } = useTranslation('enums');
  const departmentName = useDepartmentName();
  const list = useListState();
  const departments = [...useDepartmentNames()].map(([value, label]) => ({ value, label }));
  const department = list.filter('department');
  const records = useRecords(OfficersDocument, { department }, ({ officers }) => officers, list);
  const register = useCommand(RegisterOfficerDocument, (data) => data.registerOfficer);
  const verify = useCommand(VerifyOfficerDocument, (data) => data.verifyOfficer);
  const suspend = useCommand(SuspendOfficerDocument, (data) => data.suspendOfficer);
  const resume = useCommand(ResumeOfficerDocument, (data) => data.resumeOfficer);
  const required = [{ required: true, message: t('fillIn') }];
  const onDone = records.answer.reload;
  return (
    <>
      <PageHead
        title={t('officers')}
        intro={t('officersIntro')}
        actions={
          <Act<Parameters<typeof register.run>[0], unknown, OfficerInput>
            label={t('registerOfficer')}
            primary
            help={t('registerOfficerHelp')}
            reason="optional"
            fields={
              <>
                <Form.Item name="subject" label={t('account')} rules={required}>
                  <Input maxLength={200} />
                </Form.Item>
                <Form.Item name="name" label={t('personName')} rules={required}>
                  <Input maxLength={60} />
                </Form.Item>
                <Form.Item name="department" label={t('department')} rules={required}>
                  <DepartmentSelect />
                </Form.Item>
                <Form.Item name="roles" label={t('roles')} rules={required}>
                  <Select mode="multiple" options={ROLES.map((value) => ({ value, label: enums(`Role.${value}`) }))} />
                </Form.Item>
              </>
            }
            command={register}
            variables={({ reason, ...input }) => ({ input: { ...input, reason } })}
            onDone={onDone}
          />
        }
      />
      <p>
        <FilterSelect
          list={list}
          name="department"
          label={t('department')}
          any={t('anyDepartment')}
          options={departments}
        />
      </p>
      <RecordTable<Officer>
        label={t('officers')}
        records={records}
        list={list}
        rowKey={({ subject }) => subject}
        columns={[
          { title: t('personName'), text: ({ name }) => name },
          { title: t('account'), text: ({ subject }) => subject },
          { title: t('department'), text: ({ department }) => departmentName(department) },
          { title: t('roles'), text: ({ roles }) => roles.map((role) => enums(`Role.${role}`)).join('、') },
          { title: t('verified'), text: ({ verifiedAt }) => showDay(verifiedAt) },
          { title: t('state'), text: ({ suspended }) => (suspended ? t('ended') : t('inForce')) },
          {
            title: t('acts'),
            text: () => '',
            render: ({ subject, suspended }) => (
              <Space wrap>
                <Act<Parameters<typeof verify.run>[0], unknown, { readonly reference: string }>
                  label={t('verify')}
                  help={t('verifyHelp')}
                  fields={
                    <Form.Item name="reference" label={t('reference')} rules={required}>
                      <Input maxLength={100} />
                    </Form.Item>
                  }
                  command={verify}
                  variables={({ reference }) => ({ subject, reference })}
                  onDone={onDone}
                />
                <SuspendOrResume
                  suspended={suspended}
                  label={t('endOfficer')}
                  help={t('endOfficerHelp')}
                  suspend={suspend}
                  resume={resume}
                  variables={({ reason }) => ({ subject, reason })}
                  onDone={onDone}
                />
              </Space>
            ),
          },
        ]}
      />
    </>
  );
}
