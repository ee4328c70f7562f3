import { useTranslation } from 'react-i18next';
import { useSession } from '../../app/session.js';
import { Act } from '../../parts/act.js';
import { showTime } from '../../parts/dates.js';
import { useDepartmentName } from '../../parts/department-name.js';
import { FilterSelect } from '../../parts/filter-select.js';
import { PageHead } from '../../parts/page-head.js';
import { RecordTable } from '../../parts/record-table.js';
import { useCommand } from '../../parts/use-command.js';
import { useItems } from '../../parts/use-items.js';
import { useListState } from '../../parts/use-list-state.js';
import { useRecords } from '../../parts/use-records.js';
import { LiftLockDocument, LocksDocument, type LocksQuery, type VerificationLockState } from './check.generated.js';

type Lock = NonNullable<LocksQuery['verificationLocks']>['nodes'][number];
const STATES: readonly VerificationLockState[] = ['LOCKED', 'LIFTED', 'ENDED'];

/** Items that are locked after claims that were not confirmed; the provider's administrator lifts a lock. */
export default function LocksPage() {
  const { t } = useTranslation('check');
  const { t: enums } = useTranslation('enums');
  const { department } = useSession();
  const departmentName = useDepartmentName();
  const list = useListState();
  const records = useRecords(
    LocksDocument,
    { id: list.filter('id'), state: list.filter('state') as VerificationLockState | undefined },
    ({ verificationLocks }) => verificationLocks,
    list,
  );
  const names = useItems([...new Set(records.page?.nodes.map(({ item }) => item) ?? [])]);
  const lift = useCommand(LiftLockDocument, (data) => data.liftVerificationLock);
  return (
    <>
      <PageHead title={t('locks')} intro={t('locksIntro')} />
      <p>
        <FilterSelect
          list={list}
          name="state"
          label={t('state')}
          any={t('anyState')}
          options={STATES.map((value) => ({ value, label: enums(`VerificationLockState.${value}`) }))}
        />
      </p>
      <RecordTable<Lock>
        label={t('locks')}
        records={records}
        list={list}
        rowKey={({ id }) => id}
        empty={t('noLocks')}
        columns={[
          { title: t('number'), text: ({ id }) => id },
          { title: t('item'), text: ({ item }) => names.get(item)?.name ?? item },
          { title: t('provider'), text: ({ provider }) => departmentName(provider) },
          { title: t('asker'), text: ({ asker, system }) => `${departmentName(asker)} · ${system}` },
          { title: t('forAll'), text: ({ forAll }) => (forAll ? t('allDepartments') : t('oneDepartment')) },
          { title: t('misses'), text: ({ misses }) => String(misses) },
          { title: t('lockedAt'), text: ({ lockedAt }) => showTime(lockedAt) },
          { title: t('until'), text: ({ until }) => showTime(until) },
          {
            title: t('state'),
            text: ({ state, reason }) => [enums(`VerificationLockState.${state}`), reason].filter(Boolean).join(' · '),
          },
          {
            title: t('acts'),
            text: () => '',
            render: ({ id, state, provider }) =>
              state === 'LOCKED' && provider === department?.code ? (
                <Act
                  label={t('lift')}
                  help={t('liftHelp')}
                  reason="required"
                  command={lift}
                  variables={({ reason = '' }) => ({ id, reason })}
                  onDone={records.answer.reload}
                />
              ) : null,
          },
        ]}
      />
    </>
  );
}
