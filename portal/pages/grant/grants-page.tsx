import Switch from 'antd/es/switch';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSession } from '../../app/session.js';
import { showDay } from '../../parts/dates.js';
import { useDepartmentName } from '../../parts/department-name.js';
import { PageHead } from '../../parts/page-head.js';
import { RecordTable } from '../../parts/record-table.js';
import { useListState } from '../../parts/use-list-state.js';
import { useRecords } from '../../parts/use-records.js';
import { daysLeft, grantState, GrantStateTag } from './grant-state.js';
import { GrantsDocument, type GrantsQuery } from './grant.generated.js';

type Grant = NonNullable<GrantsQuery['grants']>['nodes'][number];

/** Grants that the person's department holds, and those given of its data. */
export default function GrantsPage() {
  const { t } = useTranslation('grant');
  const { t: enums } = useTranslation('enums');
  const { department } = useSession();
  const departmentName = useDepartmentName();
  const list = useListState();
  const own = list.filter('own') === 'yes';
  const records = useRecords(
    GrantsDocument,
    { department: own ? department?.code : undefined },
    ({ grants }) => grants,
    list,
  );
  const left = (grant: Grant) => {
    const state = grantState(grant);
    return state === 'inForce' || state === 'suspended' ? t('daysLeft', { days: daysLeft(grant.until) }) : '';
  };
  return (
    <>
      <PageHead title={t('listTitle')} intro={t('listIntro')} />
      <p>
        <label>
          <Switch
            checked={own}
            onChange={(checked) => list.setFilters({ own: checked ? 'yes' : undefined })}
            aria-label={t('ownOnly')}
          />{' '}
          {t('ownOnly')}
        </label>
      </p>
      <RecordTable<Grant>
        label={t('listTitle')}
        records={records}
        list={list}
        rowKey={({ id }) => id}
        empty={t('noGrants')}
        columns={[
          { title: t('number'), text: ({ id }) => id, render: ({ id }) => <Link to={`/grant?id=${id}`}>{id}</Link> },
          { title: t('holder'), text: (grant) => departmentName(grant.department) },
          { title: t('scenario'), text: ({ scenario }) => scenario },
          {
            title: t('content'),
            text: ({ mode, coordinates }) =>
              t('contentOf', { mode: enums(`GrantMode.${mode}`), count: coordinates.length }),
          },
          {
            title: t('state'),
            text: (grant) => t(`states.${grantState(grant)}`),
            render: (grant) => <GrantStateTag grant={grant} />,
          },
          { title: t('until'), text: (grant) => [showDay(grant.until), left(grant)].filter(Boolean).join(' · ') },
        ]}
      />
    </>
  );
}
