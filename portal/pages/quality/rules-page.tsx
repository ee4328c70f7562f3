import Space from 'antd/es/space';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSession } from '../../app/session.js';
import { Act } from '../../parts/act.js';
import { useDepartmentName } from '../../parts/department-name.js';
import { FilterSelect } from '../../parts/filter-select.js';
import { PageHead } from '../../parts/page-head.js';
import { RecordTable } from '../../parts/record-table.js';
import { useCommand } from '../../parts/use-command.js';
import { useListState } from '../../parts/use-list-state.js';
import { useRecords } from '../../parts/use-records.js';
import {
  ConfirmQualityRulesDocument,
  EndQualityRuleDocument,
  QualityRulesDocument,
  RefuseQualityRulesDocument,
  type QualityRuleState,
} from './quality.generated.js';
import { ruleText, type Rule } from './rule-text.js';

const STATES: readonly QualityRuleState[] = ['PROPOSED', 'ACTIVE', 'REFUSED', 'ENDED'];

/** Rules of quality: the provider confirms, refuses and ends them. */
export default function RulesPage() {
  const { t } = useTranslation('quality');
  const { t: enums } = useTranslation('enums');
  const { roles } = useSession();
  const departmentName = useDepartmentName();
  const list = useListState();
  const [picked, setPicked] = useState<readonly string[]>([]);
  const records = useRecords(
    QualityRulesDocument,
    { place: list.filter('place'), state: list.filter('state') as QualityRuleState | undefined },
    ({ qualityRules }) => qualityRules,
    list,
  );
  const confirm = useCommand(ConfirmQualityRulesDocument, (data) => data.confirmQualityRules);
  const refuse = useCommand(RefuseQualityRulesDocument, (data) => data.refuseQualityRules);
  const end = useCommand(EndQualityRuleDocument, (data) => data.endQualityRule);
  const isProvider = roles.includes('provider');
  const onDone = () => {
    setPicked([]);
    records.answer.reload();
  };
  return (
    <>
      <PageHead title={t('rules')} intro={t('rulesIntro')} actions={<Link to="/quality">{t('title')}</Link>} />
      <Space wrap>
        <FilterSelect
          list={list}
          name="state"
          label={t('state')}
          any={t('anyState')}
          options={STATES.map((value) => ({ value, label: enums(`QualityRuleState.${value}`) }))}
        />
        {isProvider && picked.length > 0 && (
          <>
            <Act
              label={t('confirmPicked', { count: picked.length })}
              help={t('confirmHelp')}
              primary
              command={confirm}
              variables={() => ({ ids: [...picked] })}
              onDone={onDone}
            />
            <Act
              label={t('refusePicked', { count: picked.length })}
              danger
              reason="required"
              command={refuse}
              variables={({ reason = '' }) => ({ ids: [...picked], reason })}
              onDone={onDone}
            />
          </>
        )}
      </Space>
      <RecordTable<Rule>
        label={t('rules')}
        records={records}
        list={list}
        rowKey={({ id }) => id}
        empty={t('noRules')}
        {...(isProvider && {
          selection: {
            picked,
            onPick: setPicked,
            labelOf: ({ id }: Rule) => id,
            isOpen: ({ state }: Rule) => state === 'PROPOSED',
          },
        })}
        columns={[
          { title: t('number'), text: ({ id }) => id },
          {
            title: t('resource'),
            text: ({ place }) => place,
            render: ({ place }) => <Link to={`/quality-resource?id=${encodeURIComponent(place)}`}>{place}</Link>,
          },
          { title: t('item'), text: ({ item }) => item },
          { title: t('rule'), text: (rule) => ruleText(rule, enums) },
          { title: t('dimension'), text: ({ dimension }) => enums(`QualityDimension.${dimension}`) },
          {
            title: t('proposedBy'),
            text: ({ proposedFrom }) => (proposedFrom ? departmentName(proposedFrom) : t('byHub')),
          },
          {
            title: t('state'),
            text: ({ state, reason, note }) =>
              [enums(`QualityRuleState.${state}`), reason ?? note].filter(Boolean).join(' · '),
          },
          {
            title: t('acts'),
            text: () => '',
            render: ({ id, state }) =>
              isProvider && state === 'ACTIVE' ? (
                <Act
                  label={t('end')}
                  help={t('endHelp')}
                  danger
                  reason="required"
                  command={end}
                  variables={({ reason = '' }) => ({ id, reason })}
                  onDone={onDone}
                />
              ) : null,
          },
        ]}
      />
    </>
  );
}
