import Button from 'antd/es/button';
import Empty from 'antd/es/empty';
import Space from 'antd/es/space';
import Table from 'antd/es/table';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ExportList } from './export-list.js';
import { ProblemAlert } from './problem.js';
import type { ListState } from './use-list-state.js';
import type { Records } from './use-records.js';
import { Wide } from './wide.js';

/** A column of a list. */
export interface RecordColumn<R> {
  readonly title: string;
  /** What it says of a record, as exports have it. */
  readonly text: (record: R) => string;
  /** As the page shows it; the text where absent. */
  readonly render?: (record: R) => ReactNode;
}

/** A list that the hub pages, with what it shows as a file.
 *  @param props  `label`: what the list is, for who cannot see it, and the name of its files; `empty`: what to do where there is
 *                nothing */
export function RecordTable<R extends object>({
  label,
  records: { answer, page, readAll },
  list,
  columns,
  rowKey,
  empty,
  selection,
}: {
  label: string;
  records: Records<unknown, R>;
  list: ListState;
  columns: readonly RecordColumn<R>[];
  rowKey: (record: R) => string;
  empty?: string;
  /** Records that are picked to be dealt with together. */
  selection?: {
    readonly picked: readonly string[];
    readonly onPick: (keys: readonly string[]) => void;
    readonly labelOf: (record: R) => string;
    readonly isOpen?: (record: R) => boolean;
  };
}) {
  const { t } = useTranslation();
  const problem = answer.problem && <ProblemAlert problem={answer.problem} onRetry={answer.reload} />;
  if (problem && !page) return problem;
  const end = page?.pageInfo.endCursor;
  const readRows = async () => [
    columns.map(({ title }) => title),
    ...(await readAll()).map((record) => columns.map(({ text }) => text(record))),
  ];
  return (
    <>
      {problem}
      <Wide label={label}>
        <Table<R>
          aria-label={label}
          columns={columns.map(({ title, text, render }) => ({ title, render: (_, each) => (render ?? text)(each) }))}
          dataSource={page?.nodes ?? []}
          rowKey={rowKey}
          loading={answer.loading}
          pagination={false}
          size="middle"
          locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={empty ?? t('empty')} /> }}
          rowSelection={
            selection && {
              hideSelectAll: true,
              selectedRowKeys: [...selection.picked],
              onChange: (keys) => selection.onPick(keys.map(String)),
              getCheckboxProps: (record) => ({
                'aria-label': selection.labelOf(record),
                disabled: selection.isOpen?.(record) === false,
              }),
            }
          }
        />
      </Wide>
      <Space className="no-print list-foot" wrap>
        <Button disabled={list.isFirst} onClick={list.previous}>
          {t('previous')}
        </Button>
        <Button disabled={!page?.pageInfo.hasNextPage || !end} onClick={() => end && list.next(end)}>
          {t('next')}
        </Button>
        {(page?.nodes.length ?? 0) > 0 && <ExportList name={label} read={readRows} />}
      </Space>
    </>
  );
}
