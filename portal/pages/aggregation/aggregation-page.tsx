import Form from 'antd/es/form';
import Select from 'antd/es/select';
import Space from 'antd/es/space';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSession } from '../../app/session.js';
import { Act } from '../../parts/act.js';
import { useDepartmentName, useDepartmentNames } from '../../parts/department-name.js';
import { FilterSelect } from '../../parts/filter-select.js';
import { PageHead } from '../../parts/page-head.js';
import { RecordTable } from '../../parts/record-table.js';
import { useCommand } from '../../parts/use-command.js';
import { useListState } from '../../parts/use-list-state.js';
import { useRecords } from '../../parts/use-records.js';
import {
  DecideExemptionDocument,
  EndExemptionDocument,
  ResourceAggregationDocument,
  StateExemptionDocument,
  type AggregationMode,
  type ResourceAggregationQuery,
} from './aggregation.generated.js';
import { EvidenceField, type Evidence } from './evidence-field.js';

type Row = NonNullable<ResourceAggregationQuery['resourceAggregation']>['nodes'][number];
const MODES: readonly AggregationMode[] = ['HOSTED', 'INTERFACE', 'ABSENT'];

/** How each resource is on the platform, and why some are not. */
export default function AggregationPage() {
  const { t } = useTranslation('aggregation');
  const { t: enums } = useTranslation('enums');
  const { department, roles } = useSession();
  const names = useDepartmentNames();
  const departmentName = useDepartmentName();
  const list = useListState();
  const records = useRecords(
    ResourceAggregationDocument,
    {
      provider: list.filter('provider'),
      mode: list.filter('mode') as AggregationMode | undefined,
      gap: list.filter('gap') === undefined ? undefined : list.filter('gap') === 'yes',
    },
    ({ resourceAggregation }) => resourceAggregation,
    list,
  );
  const state = useCommand(StateExemptionDocument, (data) => data.stateExemption);
  const decide = useCommand(DecideExemptionDocument, (data) => data.decideExemption);
  const end = useCommand(EndExemptionDocument, (data) => data.endExemption);
  const onDone = records.answer.reload;
  const authority = roles.includes('authority');
  const required = [{ required: true, message: t('fillIn') }];
  return (
    <>
      <PageHead title={t('title')} intro={t('intro')} actions={<Link to="/interfaces">{t('interfaces')}</Link>} />
      <Space wrap>
        <FilterSelect
          list={list}
          name="provider"
          label={t('provider')}
          any={t('anyProvider')}
          options={[...names].map(([value, label]) => ({ value, label }))}
        />
        <FilterSelect
          list={list}
          name="mode"
          label={t('mode')}
          any={t('anyMode')}
          options={MODES.map((value) => ({ value, label: enums(`AggregationMode.${value}`) }))}
        />
        <FilterSelect
          list={list}
          name="gap"
          label={t('gap')}
          any={t('anyGap')}
          options={[{ value: 'yes', label: t('isGap') }]}
        />
      </Space>
      <RecordTable<Row>
        label={t('title')}
        records={records}
        list={list}
        rowKey={({ code }) => code}
        columns={[
          {
            title: t('resource'),
            text: ({ name, code }) => `${name} ${code}`,
            render: ({ name, code }) => <Link to={`/entry?code=${encodeURIComponent(code)}`}>{name}</Link>,
          },
          { title: t('provider'), text: ({ provider }) => departmentName(provider) },
          { title: t('mode'), text: ({ mode }) => enums(`AggregationMode.${mode}`) },
          {
            title: t('gap'),
            text: ({ gap, clauses }) => (gap ? `${t('isGap')}（${clauses.join('、')}）` : '—'),
            render: ({ gap, clauses }) =>
              gap ? <span className="due due-late">{`${t('isGap')}（${clauses.join('、')}）`}</span> : '—',
          },
          {
            title: t('exemption'),
            text: ({ exemption }) =>
              exemption
                ? [
                    enums(`ExemptionState.${exemption.state}`),
                    exemption.reason,
                    exemption.basis.join('、'),
                    exemption.evidence,
                  ].join(' · ')
                : '—',
          },
          {
            title: t('acts'),
            text: () => '',
            render: ({ code, provider, exemption }) => (
              <Space wrap>
                {!exemption && provider === department?.code && roles.includes('provider') && (
                  <Act<
                    Parameters<typeof state.run>[0],
                    unknown,
                    { readonly basis: readonly string[]; readonly evidence: Evidence }
                  >
                    label={t('state')}
                    help={t('stateHelp')}
                    reason="required"
                    fields={
                      <>
                        <Form.Item name="basis" label={t('basis')} rules={required}>
                          <Select mode="tags" open={false} suffixIcon={null} />
                        </Form.Item>
                        <Form.Item name="evidence" label={t('evidence')} rules={required}>
                          <EvidenceField />
                        </Form.Item>
                      </>
                    }
                    command={state}
                    variables={({ basis, evidence, reason = '' }) => ({
                      ...{ code, reason, basis, evidenceTitle: evidence.name, evidenceHash: evidence.hash },
                    })}
                    onDone={onDone}
                  />
                )}
                {exemption?.state === 'STATED' && authority && (
                  <>
                    <Act
                      label={t('acknowledge')}
                      primary
                      reason="required"
                      command={decide}
                      variables={({ reason = '' }) => ({ id: exemption.id, acknowledge: true, reason })}
                      onDone={onDone}
                    />
                    <Act
                      label={t('refuse')}
                      danger
                      reason="required"
                      command={decide}
                      variables={({ reason = '' }) => ({ id: exemption.id, acknowledge: false, reason })}
                      onDone={onDone}
                    />
                  </>
                )}
                {exemption && (authority || provider === department?.code) && (
                  <Act
                    label={t('end')}
                    danger
                    reason="required"
                    command={end}
                    variables={({ reason = '' }) => ({ id: exemption.id, reason })}
                    onDone={onDone}
                  />
                )}
              </Space>
            ),
          },
        ]}
      />
    </>
  );
}
