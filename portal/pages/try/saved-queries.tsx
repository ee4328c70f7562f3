import Button from 'antd/es/button';
import Empty from 'antd/es/empty';
import Space from 'antd/es/space';
import Table from 'antd/es/table';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../app/session.js';
import { Act } from '../../parts/act.js';
import { showTime } from '../../parts/dates.js';
import { ProblemAlert } from '../../parts/problem.js';
import { useAnswer } from '../../parts/use-answer.js';
import { useCommand } from '../../parts/use-command.js';
import { Wide } from '../../parts/wide.js';
import { DeleteSavedQueryDocument, SavedQueriesDocument, type SavedQueriesQuery } from './saved.generated.js';

export type SavedQuery = NonNullable<SavedQueriesQuery['savedQueries']>['nodes'][number];

/** Queries of one page. */
const PAGE = 50;

/** The person's queries, and those that colleagues share; asked for when they are opened.
 *  @param props  `onOpen`: told the query that is to be tried */
export function SavedQueries({ onOpen }: { onOpen: (query: SavedQuery) => void }) {
  const { t } = useTranslation('try');
  const { t: app } = useTranslation();
  const { scenarios } = useSession();
  const [before, setBefore] = useState<readonly string[]>([]);
  const answer = useAnswer(SavedQueriesDocument, { first: PAGE, after: before.at(-1) });
  const remove = useCommand(DeleteSavedQueryDocument, (data) => data.deleteSavedQuery);
  const page = answer.data?.savedQueries;
  const end = page?.pageInfo.endCursor;
  if (answer.problem) return <ProblemAlert problem={answer.problem} onRetry={answer.reload} />;
  return (
    <>
      <Wide label={t('saved')}>
        <Table<SavedQuery>
          aria-label={t('saved')}
          size="small"
          rowKey="id"
          pagination={false}
          loading={answer.loading}
          dataSource={page?.nodes ?? []}
          locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('noSaved')} /> }}
          columns={[
            { title: t('savedName'), render: (_, { name }) => name },
            {
              title: t('purpose'),
              render: (_, { scenario }) =>
                scenario === null ? '—' : (scenarios.find(({ code }) => code === scenario)?.name ?? scenario),
            },
            {
              title: t('savedBy'),
              render: (_, { own, ownerName, shared }) =>
                `${own ? t('byMe') : ownerName} · ${t(shared ? 'isShared' : 'isPrivate')}`,
            },
            { title: t('savedAt'), render: (_, { savedAt }) => showTime(savedAt) },
            {
              title: t('actions'),
              render: (_, query) => (
                <Space>
                  <Button size="small" aria-label={t('openSaved', { name: query.name })} onClick={() => onOpen(query)}>
                    {t('openQuery')}
                  </Button>
                  {query.own && (
                    <Act
                      label={t('deleteSaved')}
                      help={t('deleteHelp', { name: query.name })}
                      danger
                      command={remove}
                      variables={() => ({ id: query.id })}
                      onDone={answer.reload}
                    />
                  )}
                </Space>
              ),
            },
          ]}
        />
      </Wide>
      {(before.length > 0 || page?.pageInfo.hasNextPage) && (
        <Space className="list-foot">
          <Button disabled={before.length === 0} onClick={() => setBefore(before.slice(0, -1))}>
            {app('previous')}
          </Button>
          <Button disabled={!page?.pageInfo.hasNextPage || !end} onClick={() => end && setBefore([...before, end])}>
            {app('next')}
          </Button>
        </Space>
      )}
    </>
  );
}
