import Form from 'antd/es/form';
import Select from 'antd/es/select';
import Space from 'antd/es/space';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useSession } from '../../app/session.js';
import { Act } from '../../parts/act.js';
import { showTime } from '../../parts/dates.js';
import { useDepartmentName, useDepartmentNames } from '../../parts/department-name.js';
import { FilterSelect } from '../../parts/filter-select.js';
import { PageHead } from '../../parts/page-head.js';
import { RecordTable } from '../../parts/record-table.js';
import { useAnswer } from '../../parts/use-answer.js';
import { useCommand } from '../../parts/use-command.js';
import { useListState } from '../../parts/use-list-state.js';
import { useRecords } from '../../parts/use-records.js';
import {
  DraftQualityRulesDocument,
  QualitiesDocument,
  QualityPlacesDocument,
  type QualitiesQuery,
} from './quality.generated.js';
import { showRate } from './show-rate.js';

type Row = NonNullable<QualitiesQuery['resourceQualities']>['nodes'][number];

/** Scores of every resource with rules; a provider begins with the rules that follow from how its items are declared. */
export default function QualityPage() {
  const { t } = useTranslation('quality');
  const { roles } = useSession();
  const names = useDepartmentNames();
  const departmentName = useDepartmentName();
  const list = useListState();
  const records = useRecords(
    QualitiesDocument,
    { provider: list.filter('provider') },
    ({ resourceQualities }) => resourceQualities,
    list,
  );
  return (
    <>
      <PageHead
        title={t('title')}
        intro={t('intro')}
        actions={
          <Space wrap>
            <Link to="/quality-tickets">{t('tickets')}</Link>
            {roles.includes('provider') && <Begin />}
          </Space>
        }
      />
      <p>
        <FilterSelect
          list={list}
          name="provider"
          label={t('provider')}
          any={t('anyProvider')}
          options={[...names].map(([value, label]) => ({ value, label }))}
        />
      </p>
      <RecordTable<Row>
        label={t('title')}
        records={records}
        list={list}
        rowKey={({ id }) => id}
        empty={t('nothing')}
        columns={[
          {
            title: t('resource'),
            text: ({ name, id }) => `${name} ${id}`,
            render: ({ name, id }) => <Link to={`/quality-resource?id=${encodeURIComponent(id)}`}>{name}</Link>,
          },
          { title: t('provider'), text: ({ provider }) => departmentName(provider) },
          { title: t('score'), text: ({ score }) => showRate(score) ?? t('noScore') },
          { title: t('counted'), text: ({ countedRules }) => String(countedRules) },
          {
            title: t('stopped'),
            text: ({ stoppedRules }) => String(stoppedRules),
            render: ({ stoppedRules }) => (
              <span className={stoppedRules > 0 ? 'due due-late' : undefined}>{stoppedRules}</span>
            ),
          },
          { title: t('ended'), text: ({ endedRules }) => String(endedRules) },
          { title: t('openTickets'), text: ({ openTickets }) => (openTickets === null ? '—' : String(openTickets)) },
          { title: t('judged'), text: ({ judgedAt }) => (judgedAt ? showTime(judgedAt) : t('notJudged')) },
        ]}
      />
    </>
  );
}

/** The button by which a provider has rules drafted for one of its resources. */
function Begin() {
  const { t } = useTranslation('quality');
  const { department } = useSession();
  const navigate = useNavigate();
  const { data } = useAnswer(QualityPlacesDocument, { provider: department?.code ?? null });
  const draft = useCommand(DraftQualityRulesDocument, ({ draftQualityRules }) => draftQualityRules);
  const places = new Map(
    (data?.qualityItems?.nodes ?? []).map(({ subgraph, type, resourceName }) => [`${subgraph}.${type}`, resourceName]),
  );
  return (
    <Act<Parameters<typeof draft.run>[0], { rules?: readonly { id: string }[] | null }, { readonly place: string }>
      label={t('draft')}
      help={t('draftHelp')}
      primary
      fields={
        <Form.Item name="place" label={t('resource')} rules={[{ required: true }]}>
          <Select options={[...places].map(([value, name]) => ({ value, label: `${name} ${value}` }))} />
        </Form.Item>
      }
      command={draft}
      variables={({ place }) => ({ place })}
      onDone={() => void navigate('/quality-rules?state=PROPOSED')}
    />
  );
}
