import Alert from 'antd/es/alert';
import Button from 'antd/es/button';
import Table from 'antd/es/table';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DescribedType, Types } from '../../parts/query/described-types.js';
import { Wide } from '../../parts/wide.js';
import {
  applicationAddress,
  toTables,
  type AnswerError,
  type AnswerTable,
  type Cell,
  type DisputedPlace,
} from './answer-table.js';
import { useRefusalWords } from './refusal-words.js';
import { fieldAt, titleOf } from './title-of.js';
import type { KnownTypes } from './use-types.js';

/** An answer of the hub, with the query that it is the answer to. */
export interface GivenAnswer {
  readonly text: string;
  readonly scenario: string | undefined;
  readonly data: Parameters<typeof toTables>[1];
  readonly errors: readonly AnswerError[];
  readonly disputed: readonly DisputedPlace[];
}

/** An answer as tables: what was given first, then what was refused, why, and where to apply for it. */
export function AnswerView({
  answer,
  known: { types, need },
  outdated,
  onNext,
  busy,
}: {
  answer: GivenAnswer;
  /** The query has been changed since. */
  outdated: boolean;
  known: Pick<KnownTypes, 'types' | 'need'>;
  /** Asks for the page after a cursor; absent where the query cannot. */
  onNext: ((after: string) => void) | undefined;
  busy: boolean;
}) {
  const { t } = useTranslation('try');
  const tables = toTables(answer.text, answer.data, answer.errors, answer.disputed);
  const elsewhere = answer.errors.filter(({ path }) => path === undefined);
  const refusals = [...new Map(answer.errors.filter(({ path }) => path).map((each) => [each.message, each])).values()];
  const rows = tables.reduce((sum, table) => sum + table.rows.length, 0);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
    const places = tables.flatMap(({ root, path, columns }) => columns.map((column) => [root, ...path, ...column]));
    // Values of closed lists are shown by their titles.
    const lists = places.flatMap((place) => fieldAt(types, place) ?? []).filter(({ kind }) => kind === 'ENUM');
    void need(lists.map(({ named }) => named));
    // Once for each answer.
  }, [answer]);
  return (
    <section aria-label={t('answer')}>
      <h2 ref={heading} tabIndex={-1}>
        {t('answer')}
      </h2>
      <p role="status">
        {t('answered', { rows })} {refusals.length > 0 && t('refusedCount', { count: refusals.length })}{' '}
        {outdated && t('outdated')}
      </p>
      {tables.map((table) => (
        <TableOfAnswer key={table.root} table={table} answer={answer} types={types} onNext={onNext} busy={busy} />
      ))}
      {refusals.length > 0 && (
        <>
          <h3>{t('notGiven')}</h3>
          <ul className="item-list">
            {refusals.map((error) => (
              <li key={error.message}>
                {error.message} <ApplyLink error={error} scenario={answer.scenario} />
              </li>
            ))}
          </ul>
        </>
      )}
      {elsewhere.map(({ message, extensions }) => (
        <Alert key={message} type="error" showIcon title={message} description={extensions.code} />
      ))}
    </section>
  );
}

function TableOfAnswer({
  table,
  answer,
  types,
  onNext,
  busy,
}: {
  table: AnswerTable;
  answer: GivenAnswer;
  types: Types;
  onNext: ((after: string) => void) | undefined;
  busy: boolean;
}) {
  const { t } = useTranslation('try');
  const title = titleOf(types, [table.root]);
  const facts = table.facts.filter(({ path }) => path[0] !== 'pageInfo');
  const fact = (name: string) => table.facts.find(({ path }) => path.join('.') === `pageInfo.${name}`)?.cell.text;
  const cursor = fact('endCursor');
  const label = (path: readonly string[]) => titleOf(types, [table.root, ...path]);
  if (table.error) return null;
  return (
    <>
      {facts.length > 0 && (
        <dl className="facts">
          {facts.map(({ path, cell }) => (
            <div key={path.join('.')}>
              <dt>{label(path)}</dt>
              <dd>
                <CellView cell={cell} scenario={answer.scenario} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      <Wide label={title}>
        <Table<{ readonly key: number; readonly cells: readonly Cell[] }>
          aria-label={title}
          size="small"
          pagination={false}
          dataSource={table.rows.map((cells, key) => ({ key, cells }))}
          locale={{ emptyText: t('noRecords') }}
          columns={table.columns.map((column, at) => ({
            title: label([...table.path, ...column]),
            className: 'words-short',
            onCell: ({ cells }) => ({ className: cells[at]!.error ? 'refused-cell' : '' }),
            // One link for each column, so that a keyboard is not led through as many as there are records.
            render: (_, { cells, key }) => (
              <CellView
                cell={cells[at]!}
                withLink={key === table.rows.findIndex((row) => row[at]!.error)}
                scenario={answer.scenario}
                values={valuesAt(types, [table.root, ...table.path, ...column])}
              />
            ),
          }))}
        />
      </Wide>
      {onNext && fact('hasNextPage') === 'true' && cursor && (
        <p>
          <Button disabled={busy} onClick={() => onNext(cursor)}>
            {t('nextPage')}
          </Button>{' '}
          {t('eachIsAUse')}
        </p>
      )}
    </>
  );
}

const valuesAt = (types: Types, place: readonly string[]): DescribedType['values'] =>
  types.get(fieldAt(types, place)?.named ?? '')?.values;

/** A value, or why there is none.
 *  @param props  `values`: titles of the values of a closed list */
function CellView({
  cell: { text, error, disputed },
  scenario,
  values,
  withLink = true,
}: {
  cell: Cell;
  scenario: string | undefined;
  withLink?: boolean;
  values?: DescribedType['values'];
}) {
  const { t } = useTranslation('try');
  const words = useRefusalWords();
  if (error)
    return (
      <span className="refused" title={error.message}>
        {words(error.extensions.code)} {withLink && <ApplyLink error={error} scenario={scenario} />}
      </span>
    );
  return (
    <>
      {text === '' ? '—' : (values?.find(({ name }) => name === text)?.title ?? text)}
      {disputed && <small className="disputed"> {t('disputed')}</small>}
    </>
  );
}

/** Leads to the application for a refused item, in a window of its own: the query and its answer stay. */
function ApplyLink({ error, scenario }: { error: AnswerError; scenario: string | undefined }) {
  const { t } = useTranslation('try');
  const { apply } = error.extensions;
  if (!apply) return null;
  const title = error.extensions.title ?? apply.input.coordinates.join(', ');
  return (
    <Link to={applicationAddress(apply.input, scenario)} target="_blank" aria-label={t('applyFor', { title })}>
      {t('apply')}
    </Link>
  );
}
