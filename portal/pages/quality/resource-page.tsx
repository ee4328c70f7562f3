import Descriptions from 'antd/es/descriptions';
import Form from 'antd/es/form';
import Input from 'antd/es/input';
import InputNumber from 'antd/es/input-number';
import Result from 'antd/es/result';
import Select from 'antd/es/select';
import Space from 'antd/es/space';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useSession } from '../../app/session.js';
import { Act } from '../../parts/act.js';
import { Bars } from '../../parts/bars.js';
import { showTime } from '../../parts/dates.js';
import { DepartmentName } from '../../parts/department-name.js';
import { PageHead } from '../../parts/page-head.js';
import { ProblemAlert } from '../../parts/problem.js';
import { RecordTable } from '../../parts/record-table.js';
import { useAnswer } from '../../parts/use-answer.js';
import { useCommand } from '../../parts/use-command.js';
import { useListState } from '../../parts/use-list-state.js';
import { useRecords } from '../../parts/use-records.js';
import { ProposeRule } from './propose-rule.js';
import {
  QualityOfResourceDocument,
  QualityRulesDocument,
  RunQualityDocument,
  ScheduleQualityDocument,
  type QualityFrequency,
  type QualityOfResourceQuery,
} from './quality.generated.js';
import { ruleText, type Rule } from './rule-text.js';
import { showRate } from './show-rate.js';

type Resource = NonNullable<QualityOfResourceQuery['resourceQualities']>['nodes'][number];
type RuleResult = NonNullable<QualityOfResourceQuery['newest']>['nodes'][number]['results'][number];
const FREQUENCIES: readonly QualityFrequency[] = ['DAILY', 'WEEKLY', 'MONTHLY'];

/** One resource: its scores and their trend, what each rule has found, and what the person can do about it. */
export default function ResourcePage() {
  const { t } = useTranslation('quality');
  const { t: enums } = useTranslation('enums');
  const { department, roles } = useSession();
  const [params] = useSearchParams();
  const id = params.get('id') ?? '';
  const answer = useAnswer(QualityOfResourceDocument, { id }, id === '');
  const resource = answer.data?.resourceQualities?.nodes[0];
  if (answer.problem) return <ProblemAlert problem={answer.problem} onRetry={answer.reload} />;
  if (!resource) return answer.loading ? null : <Result status="404" title={t('noResource')} subTitle={id} />;
  const own = resource.provider === department?.code;
  const runs = answer.data?.trend?.nodes ?? [];
  const sees = own || roles.some((role) => ['authority', 'auditor', 'operator'].includes(role));
  return (
    <>
      <PageHead
        title={resource.name}
        intro={resource.id}
        actions={(own || roles.includes('authority')) && <ResourceActs resource={resource} onDone={answer.reload} />}
      />
      <Descriptions
        column={{ xs: 1, md: 2 }}
        bordered
        size="small"
        items={[
          { key: 'provider', label: t('provider'), children: <DepartmentName code={resource.provider} /> },
          { key: 'score', label: t('score'), children: showRate(resource.score) ?? t('noScore') },
          {
            key: 'judged',
            label: t('judged'),
            children: resource.judgedAt ? showTime(resource.judgedAt) : t('notJudged'),
          },
          {
            key: 'next',
            label: t('next'),
            children: resource.waits
              ? t('waits')
              : `${enums(`QualityFrequency.${resource.frequency}`)} · ${showTime(resource.nextAt)}`,
          },
          { key: 'rows', label: t('rows'), children: resource.rows ?? '—' },
          { key: 'counted', label: t('counted'), children: resource.countedRules },
          { key: 'stopped', label: t('stopped'), children: resource.stoppedRules },
          { key: 'ended', label: t('ended'), children: resource.endedRules },
        ]}
      />
      <h2>{t('dimensions')}</h2>
      <Bars
        label={t('dimensions')}
        empty={t('noScore')}
        bars={resource.dimensions.map(({ dimension, rate }) => ({
          name: enums(`QualityDimension.${dimension}`),
          value: Math.floor(rate * 100),
          unit: '%',
        }))}
      />
      {sees && (
        <>
          <h2>{t('trend')}</h2>
          <Bars
            label={t('trend')}
            empty={t('notJudged')}
            bars={runs.map((run) => ({
              name: `${showTime(run.startedAt)} ${enums(`QualityRunMode.${run.mode}`)}`,
              value: Math.floor((run.score ?? 0) * 100),
              unit: '%',
              note: t('runNote', {
                state: enums(`QualityRunState.${run.state}`),
                counted: run.countedRules,
                stopped: run.stoppedRules,
                ended: run.endedRules,
              }),
            }))}
          />
          <h2>{t('rules')}</h2>
          <RuleResults place={id} results={answer.data?.newest?.nodes[0]?.results ?? []} />
          <h2>{t('openTickets')}</h2>
          {(answer.data?.qualityTickets?.nodes ?? []).length === 0 && <p>{t('noTickets')}</p>}
          <ul className="item-list">
            {(answer.data?.qualityTickets?.nodes ?? []).map((ticket) => (
              <li key={ticket.id}>
                {ticket.id} · {ticket.rule} · {t('failed')} {ticket.failing ?? t('few')} · {t('due')} {ticket.dueDate}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** Rules in force, with what each has found in the newest run. */
function RuleResults({ place, results }: { place: string; results: readonly RuleResult[] }) {
  const { t } = useTranslation('quality');
  const { t: enums } = useTranslation('enums');
  const list = useListState();
  const records = useRecords(
    QualityRulesDocument,
    { place, state: 'ACTIVE' as const },
    (data) => data.qualityRules,
    list,
  );
  const of = (rule: Rule) => results.find((result) => result.rule === rule.id);
  const found = (rule: Rule): string => {
    const result = of(rule);
    if (!result) return t('notJudged');
    if (result.reason) return `${t('cannotRun')}：${enums(`QualityObstacle.${result.reason}`)}`;
    return result.failed === null ? t('few') : t('failedOf', { failed: result.failed, checked: result.checked });
  };
  return (
    <>
      <p>
        <Link to={`/quality-rules?place=${encodeURIComponent(place)}`}>{t('allRules')}</Link>
      </p>
      <RecordTable<Rule>
        label={t('rules')}
        records={records}
        list={list}
        rowKey={({ id }) => id}
        empty={t('noRules')}
        columns={[
          { title: t('number'), text: ({ id }) => id },
          { title: t('item'), text: ({ item }) => item },
          { title: t('rule'), text: (rule) => ruleText(rule, enums) },
          { title: t('dimension'), text: ({ dimension }) => enums(`QualityDimension.${dimension}`) },
          {
            title: t('found'),
            text: found,
            render: (rule) => <span className={of(rule)?.reason ? 'due due-late' : undefined}>{found(rule)}</span>,
          },
          { title: t('samples'), text: (rule) => of(rule)?.samples?.join('、') ?? '—' },
        ]}
      />
    </>
  );
}

function ResourceActs({ resource, onDone }: { resource: Resource; onDone: () => void }) {
  const { t } = useTranslation('quality');
  const { t: enums } = useTranslation('enums');
  const { id, frequency, hour, changeItem } = resource;
  const run = useCommand(RunQualityDocument, (data) => data.runQuality);
  const schedule = useCommand(ScheduleQualityDocument, (data) => data.scheduleQuality);
  return (
    <Space wrap>
      <Act
        label={t('run')}
        help={t('runHelp')}
        primary
        command={run}
        variables={() => ({ place: id })}
        onDone={onDone}
      />
      <ProposeRule place={id} onDone={onDone} />
      <Act<
        Parameters<typeof schedule.run>[0],
        unknown,
        { readonly frequency: QualityFrequency; readonly hour: number; readonly changeItem?: string }
      >
        label={t('schedule')}
        initial={{ frequency, hour, ...(changeItem != null && { changeItem }) }}
        fields={
          <>
            <Form.Item name="frequency" label={t('frequency')}>
              <Select options={FREQUENCIES.map((value) => ({ value, label: enums(`QualityFrequency.${value}`) }))} />
            </Form.Item>
            <Form.Item name="hour" label={t('hour')}>
              <InputNumber min={0} max={23} />
            </Form.Item>
            <Form.Item name="changeItem" label={t('changeItem')} extra={t('changeItemHelp')}>
              <Input />
            </Form.Item>
          </>
        }
        command={schedule}
        variables={(filled) => ({ place: id, ...filled, changeItem: filled.changeItem || null })}
        onDone={onDone}
      />
    </Space>
  );
}
