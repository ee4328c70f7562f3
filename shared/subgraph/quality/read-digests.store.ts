import { HubError } from '../../kernel/index.js';
import type { DigestsAnswer, DigestsRequest } from '../../share/quality/quality-request.js';
import type { TypePlan } from '../type-plan.js';
import { judgedColumn } from './judged-column.js';
import { Literals } from './literals.js';
import { qualityWordsOf } from './quality-words.js';

/** Half of a digest, in hexadecimal: enough that no two of a billion values share one. */
const LENGTH = 32;

/** Digests of an item's values under a key that belongs to one run and is never stored, so that two departments' values can be
 *  found to be the same where neither is seen. The key stands before and after the value, and goes round it twice: a digest
 *  says nothing to who does not have it.
 *  @throws HubError BAD_USER_INPUT where the item has no column of text */
export async function readDigests(plan: TypePlan, { item, key, bucket }: DigestsRequest): Promise<DigestsAnswer> {
  const words = plan.table && qualityWordsOf(plan.table.database);
  const column = words && judgedColumn(plan, item, words);
  if (!plan.table || !words || !column || typeof column === 'string' || column.kind !== 'text')
    throw new HubError('BAD_USER_INPUT', 'Values of this item have no digests.');
  const literals = new Literals();
  const { metadata, database } = plan.table;
  const from = [metadata.schema, metadata.tableName].flatMap((part) => (part ? [words.quote(part)] : [])).join('.');
  const inner = words.sha256(`concat(${literals.of(key)}, upper(trim(${column.text})))`);
  const digest = `substr(${words.sha256(`concat(${literals.of(key)}, ${inner})`)}, 1, ${LENGTH})`;
  const { text, parameters } = literals.apply(
    `select d, count(*) as n from (select ${digest} as d from ${from} where ${column.present}) as made
     where d like ${literals.of(`${bucket}%`)} group by d order by d`,
  );
  const rows = (await database.em.getConnection().execute(text, parameters)) as unknown as readonly {
    readonly d: string;
    readonly n: string | number;
  }[];
  return { digests: rows.map(({ d, n }) => [d, Number(n)]) };
}
