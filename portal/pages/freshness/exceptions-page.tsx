import Space from 'antd/es/space';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSession } from '../../app/session.js';
import { Act } from '../../parts/act.js';
import { showTime } from '../../parts/dates.js';
import { useDepartmentName } from '../../parts/department-name.js';
import { FilterSelect } from '../../parts/filter-select.js';
import { PageHead } from '../../parts/page-head.js';
import { RecordTable } from '../../parts/record-table.js';
import { useCommand } from '../../parts/use-command.js';
import { useListState } from '../../parts/use-list-state.js';
import { useRecords } from '../../parts/use-records.js';
import {
  DecideUpdateExceptionDocument,
  EndUpdateExceptionDocument,
  UpdateExceptionsDocument,
  type UpdateExceptionsQuery,
  type UpdateExceptionState,
} from './freshness.generated.js';

type Exception = NonNullable<UpdateExceptionsQuery['updateExceptions']>['nodes'][number];
const STATES: readonly UpdateExceptionState[] = ['PROPOSED', 'IN_FORCE', 'REFUSED', 'ENDED'];

/** Resources that may be less fresh than the law asks of others; the authority approves quarterly windows. */
export default function ExceptionsPage() {
  const { t } = useTranslation('freshness');
  const { t: enums } = useTranslation('enums');
  const { department, roles } = useSession();
  const departmentName = useDepartmentName();
  const list = useListState();
  const records = useRecords(
    UpdateExceptionsDocument,
    { state: list.filter('state') as UpdateExceptionState | undefined },
    ({ updateExceptions }) => updateExceptions,
    list,
  );
  const decide = useCommand(DecideUpdateExceptionDocument, (data) => data.decideUpdateException);
  const end = useCommand(EndUpdateExceptionDocument, (data) => data.endUpdateException);
  const onDone = records.answer.reload;
  const authority = roles.includes('authority');
  return (
    <>
      <PageHead
        title={t('exceptions')}
        intro={t('exceptionsIntro')}
        actions={<Link to="/freshness">{t('title')}</Link>}
      />
      <p>
        <FilterSelect
          list={list}
          name="state"
          label={t('state')}
          any={t('anyState')}
          options={STATES.map((value) => ({ value, label: enums(`UpdateExceptionState.${value}`) }))}
        />
      </p>
      <RecordTable<Exception>
        label={t('exceptions')}
        records={records}
        list={list}
        rowKey={({ id }) => id}
        empty={t('noExceptions')}
        columns={[
          { title: t('number'), text: ({ id }) => id },
          {
            title: t('resource'),
            text: ({ code }) => code,
            render: ({ code }) => <Link to={`/entry?code=${encodeURIComponent(code)}`}>{code}</Link>,
          },
          { title: t('provider'), text: ({ provider }) => departmentName(provider) },
          {
            title: t('kind'),
            text: ({ kind, cycle }) =>
              [enums(`UpdateExceptionKind.${kind}`), cycle && enums(`UpdateCycle.${cycle}`)]
                .filter(Boolean)
                .join(' · '),
          },
          { title: t('reason'), text: ({ reason }) => reason },
          { title: t('proposed'), text: ({ proposedAt }) => showTime(proposedAt) },
          {
            title: t('state'),
            text: ({ state, decisionReason }) =>
              [enums(`UpdateExceptionState.${state}`), decisionReason].filter(Boolean).join(' · '),
          },
          { title: t('clauses'), text: ({ clauses }) => clauses.join('、') },
          {
            title: t('acts'),
            text: () => '',
            render: ({ id, state, provider }) => (
              <Space wrap>
                {state === 'PROPOSED' && authority && (
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
                      label={t('refuse')}
                      danger
                      reason="required"
                      command={decide}
                      variables={({ reason = '' }) => ({ id, approve: false, reason })}
                      onDone={onDone}
                    />
                  </>
                )}
                {(state === 'PROPOSED' || state === 'IN_FORCE') && (authority || provider === department?.code) && (
                  <Act
                    label={t('end')}
                    danger
                    help={t('endHelp')}
                    reason="required"
                    command={end}
                    variables={({ reason = '' }) => ({ id, reason })}
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
