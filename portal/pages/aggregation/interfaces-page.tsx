import Form from 'antd/es/form';
import Input from 'antd/es/input';
import InputNumber from 'antd/es/input-number';
import Space from 'antd/es/space';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSession } from '../../app/session.js';
import { Act } from '../../parts/act.js';
import { useDepartmentName } from '../../parts/department-name.js';
import { DepartmentSelect } from '../../parts/department-select.js';
import { Due } from '../../parts/due.js';
import { FilterSelect } from '../../parts/filter-select.js';
import { PageHead } from '../../parts/page-head.js';
import { RecordTable } from '../../parts/record-table.js';
import { useCommand } from '../../parts/use-command.js';
import { useListState } from '../../parts/use-list-state.js';
import { useRecords } from '../../parts/use-records.js';
import {
  AskInterfaceExtensionDocument,
  DecideInterfaceExtensionDocument,
  EndInterfaceRequestDocument,
  InterfaceRequestsDocument,
  RequestInterfaceDocument,
  SupplyInterfaceDocument,
  type InterfaceRequestsQuery,
  type InterfaceRequestState,
} from './aggregation.generated.js';

type Row = NonNullable<InterfaceRequestsQuery['interfaceRequests']>['nodes'][number];
const STATES: readonly InterfaceRequestState[] = ['OPEN', 'SUPPLIED', 'ENDED'];

/** Interfaces that the authority asks of providers, with their limits. */
export default function InterfacesPage() {
  const { t } = useTranslation('aggregation');
  const { t: enums } = useTranslation('enums');
  const { department, roles } = useSession();
  const departmentName = useDepartmentName();
  const list = useListState();
  const records = useRecords(
    InterfaceRequestsDocument,
    { state: list.filter('state') as InterfaceRequestState | undefined },
    ({ interfaceRequests }) => interfaceRequests,
    list,
  );
  const request = useCommand(RequestInterfaceDocument, (data) => data.requestInterface);
  const ask = useCommand(AskInterfaceExtensionDocument, (data) => data.askInterfaceExtension);
  const decide = useCommand(DecideInterfaceExtensionDocument, (data) => data.decideInterfaceExtension);
  const supply = useCommand(SupplyInterfaceDocument, (data) => data.supplyInterface);
  const end = useCommand(EndInterfaceRequestDocument, (data) => data.endInterfaceRequest);
  const onDone = records.answer.reload;
  const authority = roles.includes('authority');
  const required = [{ required: true, message: t('fillIn') }];
  const timeOf = ({ due, provisional, left, overdue }: Row) => ({ due, provisional, workingDaysLeft: left, overdue });
  return (
    <>
      <PageHead
        title={t('interfaces')}
        intro={t('interfacesIntro')}
        actions={
          <Space wrap>
            <Link to="/aggregation">{t('title')}</Link>
            {authority && (
              <Act<Parameters<typeof request.run>[0], unknown, { readonly provider: string; readonly need: string }>
                label={t('request')}
                primary
                help={t('requestHelp')}
                fields={
                  <>
                    <Form.Item name="provider" label={t('provider')} rules={required}>
                      <DepartmentSelect />
                    </Form.Item>
                    <Form.Item name="need" label={t('need')} rules={required}>
                      <Input.TextArea rows={4} maxLength={500} />
                    </Form.Item>
                  </>
                }
                command={request}
                variables={({ provider, need }) => ({ provider, need })}
                onDone={onDone}
              />
            )}
          </Space>
        }
      />
      <p>
        <FilterSelect
          list={list}
          name="state"
          label={t('requestState')}
          any={t('anyState')}
          options={STATES.map((value) => ({ value, label: enums(`InterfaceRequestState.${value}`) }))}
        />
      </p>
      <RecordTable<Row>
        label={t('interfaces')}
        records={records}
        list={list}
        rowKey={({ id }) => id}
        empty={t('noRequests')}
        columns={[
          { title: t('number'), text: ({ id }) => id },
          { title: t('provider'), text: ({ provider }) => departmentName(provider) },
          { title: t('need'), text: ({ need }) => need },
          {
            title: t('requestState'),
            text: ({ state, suppliedAs }) =>
              [enums(`InterfaceRequestState.${state}`), suppliedAs].filter(Boolean).join(' · '),
          },
          {
            title: t('due'),
            text: ({ due }) => due,
            render: (row) => (row.state === 'OPEN' ? <Due time={timeOf(row)} /> : row.due),
          },
          {
            title: t('extension'),
            text: ({ extension, extensionDays, extensionReason }) =>
              extension
                ? [
                    enums(`InterfaceExtensionState.${extension}`),
                    t('days', { days: extensionDays ?? 0 }),
                    extensionReason,
                  ].join(' · ')
                : '—',
          },
          { title: t('clauses'), text: ({ clauses }) => clauses.join('、') },
          {
            title: t('acts'),
            text: () => '',
            render: ({ id, state, provider, extension }) =>
              state === 'OPEN' ? (
                <Space wrap>
                  {provider === department?.code && (
                    <>
                      <Act<Parameters<typeof supply.run>[0], unknown, { readonly code: string }>
                        label={t('supply')}
                        primary
                        help={t('supplyHelp')}
                        fields={
                          <Form.Item name="code" label={t('code')} rules={required}>
                            <Input maxLength={40} />
                          </Form.Item>
                        }
                        command={supply}
                        variables={({ code }) => ({ id, code })}
                        onDone={onDone}
                      />
                      {!extension && (
                        <Act<Parameters<typeof ask.run>[0], unknown, { readonly days: number }>
                          label={t('askExtension')}
                          reason="required"
                          initial={{ days: 1 }}
                          fields={
                            <Form.Item name="days" label={t('extensionDays')} rules={required}>
                              <InputNumber min={1} max={250} />
                            </Form.Item>
                          }
                          command={ask}
                          variables={({ days, reason = '' }) => ({ id, days, reason })}
                          onDone={onDone}
                        />
                      )}
                    </>
                  )}
                  {authority && extension === 'ASKED' && (
                    <>
                      <Act
                        label={t('approve')}
                        primary
                        reason="required"
                        command={decide}
                        variables={({ reason = '' }) => ({ id, approve: true, reason })}
                        onDone={onDone}
                      />
                      <Act
                        label={t('refuseExtension')}
                        danger
                        reason="required"
                        command={decide}
                        variables={({ reason = '' }) => ({ id, approve: false, reason })}
                        onDone={onDone}
                      />
                    </>
                  )}
                  {authority && (
                    <Act
                      label={t('takeBack')}
                      danger
                      reason="required"
                      command={end}
                      variables={({ reason = '' }) => ({ id, reason })}
                      onDone={onDone}
                    />
                  )}
                </Space>
              ) : null,
          },
        ]}
      />
    </>
  );
}
