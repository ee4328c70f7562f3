import Form from 'antd/es/form';
import Input from 'antd/es/input';
import InputNumber from 'antd/es/input-number';
import Select from 'antd/es/select';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useSession } from '../../app/session.js';
import { Act } from '../../parts/act.js';
import { showTime } from '../../parts/dates.js';
import { useDepartmentName } from '../../parts/department-name.js';
import { FilterSelect } from '../../parts/filter-select.js';
import { PageHead } from '../../parts/page-head.js';
import { RecordTable } from '../../parts/record-table.js';
import { useAnswer } from '../../parts/use-answer.js';
import { useCommand } from '../../parts/use-command.js';
import { useListState } from '../../parts/use-list-state.js';
import { useRecords } from '../../parts/use-records.js';
import {
  ChecksDocument,
  ComparableItemsDocument,
  DefineCheckDocument,
  type CheckFrequency,
  type ChecksQuery,
  type MultiSourceCheckInput,
  type MultiSourceCheckState,
} from './check.generated.js';

type Check = NonNullable<ChecksQuery['multiSourceChecks']>['nodes'][number];
const STATES: readonly MultiSourceCheckState[] = ['ACTIVE', 'SUSPENDED', 'ENDED'];
const FREQUENCIES: readonly CheckFrequency[] = ['DAILY', 'WEEKLY', 'MONTHLY'];

/** Checks of two departments' items: those of the own department, all for the authority, which defines them. */
export default function ChecksPage() {
  const { t } = useTranslation('check');
  const { t: enums } = useTranslation('enums');
  const { roles } = useSession();
  const departmentName = useDepartmentName();
  const list = useListState();
  const records = useRecords(
    ChecksDocument,
    { state: list.filter('state') as MultiSourceCheckState | undefined },
    ({ multiSourceChecks }) => multiSourceChecks,
    list,
  );
  return (
    <>
      <PageHead title={t('checks')} intro={t('checksIntro')} actions={roles.includes('authority') && <DefineCheck />} />
      <p>
        <FilterSelect
          list={list}
          name="state"
          label={t('state')}
          any={t('anyState')}
          options={STATES.map((value) => ({ value, label: enums(`MultiSourceCheckState.${value}`) }))}
        />
      </p>
      <RecordTable<Check>
        label={t('checks')}
        records={records}
        list={list}
        rowKey={({ id }) => id}
        empty={t('noChecks')}
        columns={[
          {
            title: t('name'),
            text: ({ id, name }) => `${id} ${name}`,
            render: ({ id, name }) => (
              <Link to={`/check?id=${id}`}>
                {id} {name}
              </Link>
            ),
          },
          { title: t('left'), text: ({ leftItem, leftOwner }) => `${departmentName(leftOwner)} · ${leftItem}` },
          { title: t('right'), text: ({ rightItem, rightOwner }) => `${departmentName(rightOwner)} · ${rightItem}` },
          { title: t('frequency'), text: ({ frequency }) => enums(`CheckFrequency.${frequency}`) },
          { title: t('state'), text: ({ state }) => enums(`MultiSourceCheckState.${state}`) },
          {
            title: t('consentMissing'),
            text: ({ consentMissingOf }) =>
              consentMissingOf.map((code) => departmentName(code)).join('、') || t('consentComplete'),
          },
          { title: t('next'), text: ({ state, nextAt }) => (state === 'ACTIVE' ? showTime(nextAt) : '—') },
        ]}
      />
    </>
  );
}

/** The button by which the authority defines a check, on two of the items that are open to comparisons. */
function DefineCheck() {
  const { t } = useTranslation('check');
  const { t: enums } = useTranslation('enums');
  const departmentName = useDepartmentName();
  const navigate = useNavigate();
  const { data } = useAnswer(ComparableItemsDocument, {});
  const define = useCommand(DefineCheckDocument, (answer) => answer.defineMultiSourceCheck);
  const required = [{ required: true, message: t('fillIn') }];
  const items = (data?.comparableItems?.nodes ?? []).map(({ coordinate, provider, title }) => ({
    value: coordinate,
    label: `${departmentName(provider)} · ${title} ${coordinate}`,
  }));
  return (
    <Act<Parameters<typeof define.run>[0], { readonly check: { readonly id: string } | null }, MultiSourceCheckInput>
      label={t('define')}
      help={t('defineHelp')}
      primary
      initial={{ frequency: 'MONTHLY', hour: 2, batchSize: 500 }}
      fields={
        <>
          <Form.Item name="name" label={t('name')} rules={required}>
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item name="purpose" label={t('purpose')} rules={required}>
            <Input.TextArea rows={2} maxLength={300} />
          </Form.Item>
          <Form.Item name="leftItem" label={t('left')} rules={required}>
            <Select showSearch={{ optionFilterProp: 'label' }} options={items} />
          </Form.Item>
          <Form.Item name="rightItem" label={t('right')} rules={required}>
            <Select showSearch={{ optionFilterProp: 'label' }} options={items} />
          </Form.Item>
          <Form.Item name="frequency" label={t('frequency')} rules={required}>
            <Select options={FREQUENCIES.map((value) => ({ value, label: enums(`CheckFrequency.${value}`) }))} />
          </Form.Item>
          <Form.Item name="hour" label={t('hour')} rules={required}>
            <InputNumber min={0} max={23} precision={0} />
          </Form.Item>
          <Form.Item name="batchSize" label={t('batchSize')} rules={required}>
            <InputNumber min={200} max={1000} precision={0} />
          </Form.Item>
          <Form.Item name="basis" label={t('basis')} rules={required}>
            <Select mode="tags" open={false} suffixIcon={null} />
          </Form.Item>
        </>
      }
      command={define}
      variables={({ name, purpose, basis, leftItem, rightItem, frequency, hour, batchSize }) => ({
        input: { name, purpose, basis, leftItem, rightItem, frequency, hour, batchSize },
      })}
      onDone={({ check }) => void navigate(`/check?id=${check!.id}`)}
    />
  );
}
