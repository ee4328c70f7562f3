import Checkbox from 'antd/es/checkbox';
import Form from 'antd/es/form';
import Input from 'antd/es/input';
import Select from 'antd/es/select';
import { useTranslation } from 'react-i18next';
import { Act } from '../../parts/act.js';
import { DepartmentSelect } from '../../parts/department-select.js';
import { useDepartmentName } from '../../parts/department-name.js';
import { PageHead } from '../../parts/page-head.js';
import { RecordTable } from '../../parts/record-table.js';
import { useCommand } from '../../parts/use-command.js';
import { useListState } from '../../parts/use-list-state.js';
import { useRecords } from '../../parts/use-records.js';
import {
  RegisterSystemDocument,
  ResumeSystemDocument,
  SuspendSystemDocument,
  SystemsDocument,
  type SystemInput,
  type SystemsQuery,
} from './govern.generated.js';
import { SuspendOrResume } from './suspend-or-resume.js';

type System = NonNullable<SystemsQuery['systems']>['nodes'][number];

/** Systems through which departments ask: registered and suspended by the authority. */
export default function SystemsPage() {
  const { t } = useTranslation('govern');
  const departmentName = useDepartmentName();
  const list = useListState();
  const records = useRecords(SystemsDocument, {}, ({ systems }) => systems, list);
  const register = useCommand(RegisterSystemDocument, (data) => data.registerSystem);
  const suspend = useCommand(SuspendSystemDocument, (data) => data.suspendSystem);
  const resume = useCommand(ResumeSystemDocument, (data) => data.resumeSystem);
  const required = [{ required: true, message: t('fillIn') }];
  const onDone = records.answer.reload;
  return (
    <>
      <PageHead
        title={t('systems')}
        intro={t('systemsIntro')}
        actions={
          <Act<Parameters<typeof register.run>[0], unknown, SystemInput>
            label={t('registerSystem')}
            primary
            fields={
              <>
                <Form.Item name="clientId" label={t('clientId')} rules={required}>
                  <Input maxLength={100} />
                </Form.Item>
                <Form.Item name="name" label={t('name')} rules={required}>
                  <Input maxLength={60} />
                </Form.Item>
                <Form.Item name="department" label={t('department')} rules={required}>
                  <DepartmentSelect />
                </Form.Item>
                <Form.Item name="browser" valuePropName="checked" label={t('browserLabel')}>
                  <Checkbox>{t('browser')}</Checkbox>
                </Form.Item>
                <Form.Item name="redirectUris" label={t('redirectUris')}>
                  <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[' ', ',']} />
                </Form.Item>
              </>
            }
            command={register}
            variables={({ clientId, name, department, browser, redirectUris }) => ({
              input: { clientId, name, department, browser: browser ?? false, redirectUris: redirectUris ?? [] },
            })}
            onDone={onDone}
          />
        }
      />
      <RecordTable<System>
        label={t('systems')}
        records={records}
        list={list}
        rowKey={({ clientId }) => clientId}
        columns={[
          { title: t('name'), text: ({ name }) => name },
          { title: t('clientId'), text: ({ clientId }) => clientId },
          { title: t('department'), text: ({ department }) => departmentName(department) },
          { title: t('browserLabel'), text: ({ browser }) => (browser ? t('browser') : t('server')) },
          { title: t('state'), text: ({ suspended }) => (suspended ? t('suspended') : t('inForce')) },
          {
            title: t('acts'),
            text: () => '',
            render: ({ clientId, suspended }) => (
              <SuspendOrResume
                suspended={suspended}
                label={t('suspend')}
                help={t('suspendSystemHelp')}
                suspend={suspend}
                resume={resume}
                variables={({ reason }) => ({ clientId, reason })}
                onDone={onDone}
              />
            ),
          },
        ]}
      />
    </>
  );
}
