import Form from 'antd/es/form';
import Select from 'antd/es/select';
import Space from 'antd/es/space';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSession } from '../../app/session.js';
import { Act } from '../../parts/act.js';
import { showTime } from '../../parts/dates.js';
import { useDepartmentName, useDepartmentNames } from '../../parts/department-name.js';
import { FilterSelect } from '../../parts/filter-select.js';
import { PageHead } from '../../parts/page-head.js';
import { RecordTable } from '../../parts/record-table.js';
import { useCommand } from '../../parts/use-command.js';
import { useListState } from '../../parts/use-list-state.js';
import { useRecords } from '../../parts/use-records.js';
import {
  ProposeUpdateExceptionDocument,
  ReportUpdateDocument,
  ResourceFreshnessDocument,
  type FreshnessState,
  type ResourceFreshnessQuery,
  type UpdateCycle,
  type UpdateExceptionKind,
} from './freshness.generated.js';

type Row = NonNullable<ResourceFreshnessQuery['resourceFreshness']>['nodes'][number];
const STATES: readonly FreshnessState[] = ['LATE', 'UNKNOWN', 'FRESH', 'UNLIMITED'];
const INTERVALS: readonly UpdateCycle[] = ['DAILY', 'WEEKLY', 'MONTHLY', 'QUARTERLY', 'HALF_YEARLY', 'YEARLY'];

/** When each resource was updated last, and which are late; a provider reports its updates and asks for exceptions. */
export default function FreshnessPage() {
  const { t } = useTranslation('freshness');
  const { t: enums } = useTranslation('enums');
  const { department, roles } = useSession();
  const names = useDepartmentNames();
  const departmentName = useDepartmentName();
  const list = useListState();
  const records = useRecords(
    ResourceFreshnessDocument,
    {
      provider: list.filter('provider'),
      state: list.filter('state') as FreshnessState | undefined,
      flagged: list.filter('flagged') === undefined ? undefined : list.filter('flagged') === 'yes',
    },
    ({ resourceFreshness }) => resourceFreshness,
    list,
  );
  const report = useCommand(ReportUpdateDocument, (data) => data.reportUpdate);
  const propose = useCommand(ProposeUpdateExceptionDocument, (data) => data.proposeUpdateException);
  const onDone = records.answer.reload;
  const dueText = ({ due, left, provisional, state }: Row) =>
    due
      ? [
          due,
          left !== null && (state === 'LATE' ? t('lateBy', { days: -left }) : t('left', { days: left })),
          provisional && t('provisional'),
        ]
          .filter(Boolean)
          .join(' · ')
      : '—';
  return (
    <>
      <PageHead
        title={t('title')}
        intro={t('intro')}
        actions={<Link to="/update-exceptions">{t('exceptions')}</Link>}
      />
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
          name="state"
          label={t('state')}
          any={t('anyState')}
          options={STATES.map((value) => ({ value, label: enums(`FreshnessState.${value}`) }))}
        />
        <FilterSelect
          list={list}
          name="flagged"
          label={t('flags')}
          any={t('anyFlags')}
          options={[{ value: 'yes', label: t('flagged') }]}
        />
      </Space>
      <RecordTable<Row>
        label={t('title')}
        records={records}
        list={list}
        rowKey={({ code }) => code}
        empty={t('nothing')}
        columns={[
          {
            title: t('resource'),
            text: ({ name, code }) => `${name} ${code}`,
            render: ({ name, code }) => <Link to={`/entry?code=${encodeURIComponent(code)}`}>{name}</Link>,
          },
          { title: t('provider'), text: ({ provider }) => departmentName(provider) },
          { title: t('cycle'), text: ({ cycle }) => (cycle ? enums(`UpdateCycle.${cycle}`) : '—') },
          {
            title: t('state'),
            text: ({ state }) => enums(`FreshnessState.${state}`),
            render: ({ state }) => (
              <span className={state === 'LATE' ? 'due due-late' : 'due'}>{enums(`FreshnessState.${state}`)}</span>
            ),
          },
          {
            title: t('lastUpdate'),
            text: ({ lastUpdate, evidence }) =>
              lastUpdate && evidence
                ? `${showTime(lastUpdate)} · ${enums(`UpdateEvidence.${evidence}`)}`
                : t('unknown'),
          },
          { title: t('due'), text: dueText },
          {
            title: t('flags'),
            text: ({ flags }) =>
              flags
                .map(({ code, clauses }) => `${enums(`FreshnessFlagCode.${code}`)}（${clauses.join('、')}）`)
                .join('；') || '—',
          },
          {
            title: t('acts'),
            text: () => '',
            render: ({ code, provider }) =>
              provider === department?.code && roles.includes('provider') ? (
                <Space wrap>
                  <Act<Parameters<typeof report.run>[0], unknown>
                    label={t('report')}
                    help={t('reportHelp')}
                    reason="optional"
                    command={report}
                    variables={({ reason }) => ({ code, kind: 'UPDATED', note: reason })}
                    onDone={onDone}
                  />
                  <Act<
                    Parameters<typeof propose.run>[0],
                    unknown,
                    { readonly kind: UpdateExceptionKind; readonly cycle?: UpdateCycle }
                  >
                    label={t('propose')}
                    help={t('proposeHelp')}
                    reason="required"
                    initial={{ kind: 'WINDOW' }}
                    fields={
                      <>
                        <Form.Item name="kind" label={t('kind')}>
                          <Select
                            options={(['WINDOW', 'INTERVAL'] as const).map((value) => ({
                              value,
                              label: enums(`UpdateExceptionKind.${value}`),
                            }))}
                          />
                        </Form.Item>
                        <Form.Item name="cycle" label={t('intervalCycle')}>
                          <Select
                            allowClear
                            options={INTERVALS.map((value) => ({ value, label: enums(`UpdateCycle.${value}`) }))}
                          />
                        </Form.Item>
                      </>
                    }
                    command={propose}
                    variables={({ kind, cycle, reason = '' }) => ({ code, kind, cycle, reason })}
                    onDone={onDone}
                  />
                </Space>
              ) : null,
          },
        ]}
      />
    </>
  );
}
