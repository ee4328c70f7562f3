import Form from 'antd/es/form';
import Input from 'antd/es/input';
import Select from 'antd/es/select';
import { useTranslation } from 'react-i18next';
import { Act } from '../../parts/act.js';
import { DepartmentSelect } from '../../parts/department-select.js';
import { useDepartmentName, useDepartmentNames } from '../../parts/department-name.js';
import { FilterSelect } from '../../parts/filter-select.js';
import { PageHead } from '../../parts/page-head.js';
import { RecordTable } from '../../parts/record-table.js';
import { useCommand } from '../../parts/use-command.js';
import { useListState } from '../../parts/use-list-state.js';
import { useRecords } from '../../parts/use-records.js';
import {
  EndScenarioDocument,
  RegisterScenarioDocument,
  ScenariosDocument,
  type ScenarioInput,
  type ScenariosQuery,
} from './govern.generated.js';

type Scenario = NonNullable<ScenariosQuery['scenarios']>['nodes'][number];

/** Purposes for which departments use data. */
export default function ScenariosPage() {
  const { t } = useTranslation('govern');
  const names = useDepartmentNames();
  const departmentName = useDepartmentName();
  const list = useListState();
  const records = useRecords(
    ScenariosDocument,
    { department: list.filter('department') },
    ({ scenarios }) => scenarios,
    list,
  );
  const register = useCommand(RegisterScenarioDocument, (data) => data.registerScenario);
  const end = useCommand(EndScenarioDocument, (data) => data.endScenario);
  const required = [{ required: true, message: t('fillIn') }];
  const onDone = records.answer.reload;
  return (
    <>
      <PageHead
        title={t('scenarios')}
        intro={t('scenariosIntro')}
        actions={
          <Act<Parameters<typeof register.run>[0], unknown, ScenarioInput>
            label={t('registerScenario')}
            primary
            fields={
              <>
                <Form.Item name="department" label={t('department')} rules={required}>
                  <DepartmentSelect />
                </Form.Item>
                <Form.Item name="code" label={t('code')} extra={t('codeHelp')} rules={required}>
                  <Input maxLength={63} />
                </Form.Item>
                <Form.Item name="name" label={t('name')} rules={required}>
                  <Input maxLength={60} />
                </Form.Item>
                <Form.Item name="purpose" label={t('purpose')} rules={required}>
                  <Input.TextArea rows={2} maxLength={300} />
                </Form.Item>
                <Form.Item name="basis" label={t('basis')} rules={required}>
                  <Select mode="tags" open={false} suffixIcon={null} />
                </Form.Item>
              </>
            }
            command={register}
            variables={({ department, code, name, purpose, basis }) => ({
              input: { department, code, name, purpose, basis },
            })}
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
          options={[...names].map(([value, label]) => ({ value, label }))}
        />
      </p>
      <RecordTable<Scenario>
        label={t('scenarios')}
        records={records}
        list={list}
        rowKey={({ department, code }) => `${department}/${code}`}
        columns={[
          { title: t('name'), text: ({ name }) => name },
          { title: t('code'), text: ({ code }) => code },
          { title: t('department'), text: ({ department }) => departmentName(department) },
          { title: t('purpose'), text: ({ purpose }) => purpose },
          { title: t('basis'), text: ({ basis }) => basis.join('；') },
          {
            title: t('acts'),
            text: () => '',
            render: ({ department, code }) => (
              <Act
                label={t('endScenario')}
                danger
                help={t('endScenarioHelp')}
                reason="required"
                command={end}
                variables={({ reason }) => ({ department, code, reason })}
                onDone={onDone}
              />
            ),
          },
        ]}
      />
    </>
  );
}
