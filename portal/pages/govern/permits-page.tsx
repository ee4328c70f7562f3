import Form from 'antd/es/form';
import Input from 'antd/es/input';
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
  PermitPublisherDocument,
  PermitsDocument,
  WithdrawPermitDocument,
  type PermitsQuery,
} from './govern.generated.js';

type Permit = NonNullable<PermitsQuery['publisherPermits']>['nodes'][number];

/** Permits by which a subgraph publishes items of a department. */
export default function PermitsPage() {
  const { t } = useTranslation('govern');
  const departmentName = useDepartmentName();
  const list = useListState();
  const records = useRecords(PermitsDocument, {}, ({ publisherPermits }) => publisherPermits, list);
  const permit = useCommand(PermitPublisherDocument, (data) => data.permitPublisher);
  const withdraw = useCommand(WithdrawPermitDocument, (data) => data.withdrawPermit);
  const required = [{ required: true, message: t('fillIn') }];
  const onDone = records.answer.reload;
  return (
    <>
      <PageHead
        title={t('permits')}
        intro={t('permitsIntro')}
        actions={
          <Act<Parameters<typeof permit.run>[0], unknown, { readonly subgraph: string; readonly department: string }>
            label={t('permit')}
            primary
            help={t('permitHelp')}
            reason="optional"
            fields={
              <>
                <Form.Item name="subgraph" label={t('subgraph')} rules={required}>
                  <Input maxLength={63} />
                </Form.Item>
                <Form.Item name="department" label={t('department')} rules={required}>
                  <DepartmentSelect />
                </Form.Item>
              </>
            }
            command={permit}
            variables={({ subgraph, department, reason }) => ({ subgraph, department, reason })}
            onDone={onDone}
          />
        }
      />
      <RecordTable<Permit>
        label={t('permits')}
        records={records}
        list={list}
        rowKey={({ id }) => id}
        columns={[
          { title: t('subgraph'), text: ({ subgraph }) => subgraph },
          { title: t('department'), text: ({ department }) => departmentName(department) },
          { title: t('given'), text: ({ givenAt }) => showDay(givenAt) },
          { title: t('reason'), text: ({ reason }) => reason ?? '—' },
          {
            title: t('acts'),
            text: () => '',
            render: ({ id }) => (
              <Act
                label={t('withdrawPermit')}
                danger
                help={t('withdrawPermitHelp')}
                reason="required"
                command={withdraw}
                variables={({ reason }) => ({ id, reason })}
                onDone={onDone}
              />
            ),
          },
        ]}
      />
    </>
  );
}
