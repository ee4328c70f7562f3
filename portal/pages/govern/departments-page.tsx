import Form from 'antd/es/form';
import Input from 'antd/es/input';
import Select from 'antd/es/select';
import Space from 'antd/es/space';
import { useTranslation } from 'react-i18next';
import { Act } from '../../parts/act.js';
import { showDay } from '../../parts/dates.js';
import { DepartmentSelect } from '../../parts/department-select.js';
import { useDepartmentName } from '../../parts/department-name.js';
import { PageHead } from '../../parts/page-head.js';
import { RecordTable } from '../../parts/record-table.js';
import { useCommand } from '../../parts/use-command.js';
import { useListState } from '../../parts/use-list-state.js';
import { useRecords } from '../../parts/use-records.js';
import {
  ChangeDepartmentDocument,
  RegisterDepartmentDocument,
  RegisteredDepartmentsDocument,
  RenameDepartmentDocument,
  ResumeDepartmentDocument,
  SuspendDepartmentDocument,
  type AdministrativeLevel,
  type DepartmentChange,
  type DepartmentInput,
  type RegisteredDepartmentsQuery,
  type Role,
} from './govern.generated.js';
import { SuspendOrResume } from './suspend-or-resume.js';

type Department = NonNullable<RegisteredDepartmentsQuery['departments']>['nodes'][number];
export const ROLES: readonly Role[] = [
  'PROVIDER',
  'CONSUMER',
  'AUTHORITY',
  'SECRECY_REVIEWER',
  'OPERATOR',
  'AUDITOR',
  'CITIZEN_SERVICE',
];
const LEVELS: readonly AdministrativeLevel[] = ['PROVINCE', 'CITY', 'COUNTY', 'TOWNSHIP'];

/** Departments that take part: registered, renamed, suspended by the authority. */
export default function DepartmentsPage() {
  const { t } = useTranslation('govern');
  const { t: enums } = useTranslation('enums');
  const departmentName = useDepartmentName();
  const list = useListState();
  const records = useRecords(RegisteredDepartmentsDocument, {}, ({ departments }) => departments, list);
  const register = useCommand(RegisterDepartmentDocument, (data) => data.registerDepartment);
  const change = useCommand(ChangeDepartmentDocument, (data) => data.changeDepartment);
  const rename = useCommand(RenameDepartmentDocument, (data) => data.renameDepartment);
  const suspend = useCommand(SuspendDepartmentDocument, (data) => data.suspendDepartment);
  const resume = useCommand(ResumeDepartmentDocument, (data) => data.resumeDepartment);
  const required = [{ required: true, message: t('fillIn') }];
  const onDone = records.answer.reload;
  return (
    <>
      <PageHead
        title={t('departments')}
        intro={t('departmentsIntro')}
        actions={
          <Act<Parameters<typeof register.run>[0], unknown, DepartmentInput>
            label={t('registerDepartment')}
            primary
            fields={
              <>
                <Form.Item name="code" label={t('code')} extra={t('codeHelp')} rules={required}>
                  <Input maxLength={63} />
                </Form.Item>
                <Form.Item name="name" label={t('name')} rules={required}>
                  <Input maxLength={60} />
                </Form.Item>
                <Form.Item name="creditCode" label={t('creditCode')} rules={required}>
                  <Input maxLength={18} />
                </Form.Item>
                <Form.Item name="level" label={t('level')} rules={required}>
                  <Select options={LEVELS.map((value) => ({ value, label: enums(`AdministrativeLevel.${value}`) }))} />
                </Form.Item>
                <Form.Item name="parent" label={t('parent')}>
                  <DepartmentSelect allowClear />
                </Form.Item>
                <Form.Item name="roles" label={t('roles')} rules={required}>
                  <Select mode="multiple" options={ROLES.map((value) => ({ value, label: enums(`Role.${value}`) }))} />
                </Form.Item>
              </>
            }
            command={register}
            variables={({ code, name, creditCode, level, parent, roles }) => ({
              input: { code, name, creditCode, level, parent, roles },
            })}
            onDone={onDone}
          />
        }
      />
      <RecordTable<Department>
        label={t('departments')}
        records={records}
        list={list}
        rowKey={({ code }) => code}
        columns={[
          { title: t('name'), text: ({ name }) => name },
          { title: t('code'), text: ({ code }) => code },
          { title: t('roles'), text: ({ roles }) => roles.map((role) => enums(`Role.${role}`)).join('、') },
          { title: t('level'), text: ({ level }) => (level ? enums(`AdministrativeLevel.${level}`) : '—') },
          { title: t('parent'), text: ({ parent }) => departmentName(parent) },
          { title: t('creditCode'), text: ({ creditCode }) => creditCode ?? '—' },
          { title: t('registered'), text: ({ registeredAt }) => showDay(registeredAt) },
          {
            title: t('state'),
            text: ({ suspended, successor }) =>
              successor
                ? t('endedBy', { department: departmentName(successor) })
                : suspended
                  ? t('suspended')
                  : t('inForce'),
          },
          {
            title: t('acts'),
            text: () => '',
            render: ({ code, name, suspended, successor, roles, level, parent }) =>
              successor ? null : (
                <Space wrap>
                  <Act<Parameters<typeof change.run>[0], unknown, DepartmentChange>
                    label={t('changeDepartment')}
                    help={t('changeDepartmentHelp')}
                    reason="required"
                    initial={{ roles, level, parent }}
                    fields={
                      <>
                        <Form.Item name="roles" label={t('roles')} rules={required}>
                          <Select
                            mode="multiple"
                            options={ROLES.map((value) => ({ value, label: enums(`Role.${value}`) }))}
                          />
                        </Form.Item>
                        <Form.Item name="level" label={t('level')} rules={required}>
                          <Select
                            options={LEVELS.map((value) => ({ value, label: enums(`AdministrativeLevel.${value}`) }))}
                          />
                        </Form.Item>
                        <Form.Item name="parent" label={t('parent')}>
                          <DepartmentSelect allowClear />
                        </Form.Item>
                      </>
                    }
                    command={change}
                    variables={({ reason, ...terms }) => ({
                      ...{ code, reason },
                      change: { roles: terms.roles, level: terms.level, parent: terms.parent ?? null },
                    })}
                    onDone={onDone}
                  />
                  <Act<Parameters<typeof rename.run>[0], unknown, { readonly name: string }>
                    label={t('rename')}
                    reason="required"
                    initial={{ name }}
                    fields={
                      <Form.Item name="name" label={t('name')} rules={required}>
                        <Input maxLength={60} />
                      </Form.Item>
                    }
                    command={rename}
                    variables={(filled) => ({ code, name: filled.name, reason: filled.reason })}
                    onDone={onDone}
                  />
                  <SuspendOrResume
                    suspended={suspended}
                    label={t('suspend')}
                    help={t('suspendDepartmentHelp')}
                    suspend={suspend}
                    resume={resume}
                    variables={({ reason }) => ({ code, reason })}
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
