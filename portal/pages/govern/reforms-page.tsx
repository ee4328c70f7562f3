import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useSession } from '../../app/session.js';
import { showDay, showTime } from '../../parts/dates.js';
import { PageHead } from '../../parts/page-head.js';
import { RecordTable } from '../../parts/record-table.js';
import { useListState } from '../../parts/use-list-state.js';
import { useRecords } from '../../parts/use-records.js';
import { DraftReform } from './draft-reform.js';
import { ReformsDocument, type ReformsQuery } from './reform.generated.js';

type Reform = NonNullable<ReformsQuery['reforms']>['nodes'][number];

/** Reforms of departments: plans, and those that were carried out. */
export default function ReformsPage() {
  const { t } = useTranslation('govern');
  const { t: enums } = useTranslation('enums');
  const { roles } = useSession();
  const navigate = useNavigate();
  const list = useListState();
  const records = useRecords(ReformsDocument, {}, ({ reforms }) => reforms, list);
  return (
    <>
      <PageHead
        title={t('reforms')}
        intro={t('reformsIntro')}
        actions={
          roles.includes('authority') && (
            <DraftReform onDone={(id) => void navigate(`/reform?id=${encodeURIComponent(id)}`)} />
          )
        }
      />
      <RecordTable<Reform>
        label={t('reforms')}
        records={records}
        list={list}
        rowKey={({ id }) => id}
        columns={[
          {
            title: t('reformId'),
            text: ({ id }) => id,
            render: ({ id }) => <Link to={`/reform?id=${encodeURIComponent(id)}`}>{id}</Link>,
          },
          { title: t('reformTitle'), text: ({ title }) => title },
          { title: t('state'), text: ({ state }) => enums(`ReformState.${state}`) },
          { title: t('effectiveDay'), text: ({ effectiveAt }) => showDay(effectiveAt) },
          { title: t('drafted'), text: ({ draftedAt }) => showTime(draftedAt) },
          { title: t('carriedOut'), text: ({ carriedOutAt }) => showTime(carriedOutAt) },
        ]}
      />
    </>
  );
}
