import Button from 'antd/es/button';
import Switch from 'antd/es/switch';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useClient } from 'urql';
import { showTime } from '../../parts/dates.js';
import { PageHead } from '../../parts/page-head.js';
import { RecordTable } from '../../parts/record-table.js';
import { useListState } from '../../parts/use-list-state.js';
import { useRecords } from '../../parts/use-records.js';
import { addressOf } from './address-of.js';
import { InboxDocument, MarkReadDocument, type InboxQuery } from './work.generated.js';

type Notice = NonNullable<InboxQuery['inbox']>['nodes'][number];

/** Notices for the signed-in person, their posts and their department. */
export default function InboxPage() {
  const { t } = useTranslation('work');
  const { t: enums } = useTranslation('enums');
  const client = useClient();
  const list = useListState();
  const unreadOnly = list.filter('all') !== 'yes';
  const records = useRecords(InboxDocument, { unreadOnly }, ({ inbox }) => inbox, list);
  const { answer } = records;
  const counts = answer.data?.inboxCounts;
  const notices = records.page?.nodes ?? [];
  const unread = notices.filter(({ read }) => !read).map(({ id }) => id);
  const markRead = async () => {
    await client.mutation(MarkReadDocument, { ids: unread }).toPromise();
    answer.reload();
  };
  return (
    <>
      <PageHead
        title={t('inbox')}
        intro={
          counts
            ? t('counts', { unread: counts.unread, overdue: counts.unreadOverdue, tasks: counts.openTasks })
            : undefined
        }
        actions={
          <>
            <label>
              <Switch
                checked={unreadOnly}
                onChange={(checked) => list.setFilters({ all: checked ? undefined : 'yes' })}
                aria-label={t('unreadOnly')}
              />{' '}
              {t('unreadOnly')}
            </label>{' '}
            <Button disabled={unread.length === 0} onClick={() => void markRead()}>
              {t('markRead')}
            </Button>
          </>
        }
      />
      <RecordTable<Notice>
        label={t('inbox')}
        records={records}
        list={list}
        rowKey={({ id }) => id}
        empty={t('noNotices')}
        columns={[
          { title: t('time'), text: ({ at }) => showTime(at) },
          { title: t('kind'), text: ({ kind }) => enums(`NoticeKind.${kind}`) },
          {
            title: t('notice'),
            text: ({ text }) => text,
            render: ({ text, object, read }) => {
              const address = addressOf(object);
              const words = read ? text : <strong>{text}</strong>;
              return address ? <Link to={address}>{words}</Link> : words;
            },
          },
          { title: t('due'), text: ({ dueOn, closedAt }) => (closedAt ? t('closed') : (dueOn ?? '—')) },
          { title: t('clauses'), text: ({ clauses }) => clauses.join('、') || '—' },
        ]}
      />
    </>
  );
}
