import type { AskedRule, CountsAnswer, CountsRequest, RuleCounts } from '../../share/quality/quality-request.js';
import type { QualityObstacle } from '../../share/quality/quality-rule.js';
import { encryptSecret } from '../../trust/secret-envelope.js';
import type { TablePlan, TypePlan } from '../type-plan.js';
import { judgedColumn } from './judged-column.js';
import { Literals } from './literals.js';
import { qualityWordsOf, type QualityWords } from './quality-words.js';
import { ruleSql, type RuleSql } from './rule-sql.js';

/** Rows of one statement: each is short, so that whoever else reads the source hardly waits, and one that hangs is seen soon. */
const CHUNK = 100_000;
/** Records that are named of each rule that fails. */
const SAMPLES = 5;

type Found = Readonly<Record<string, string | number | null>>;
interface Counted {
  checked: number;
  failed: number;
}

/** Judges the records of a type where they are. Nothing but numbers leaves, and the names of a few failing records, sealed for
 *  who may open them. Records of protected subjects are counted: numbers without them would tell who is missing.
 *  @param now  ms since the epoch */
export async function judgeRows(plan: TypePlan, request: CountsRequest, now: number): Promise<CountsAnswer> {
  const words = plan.table && qualityWordsOf(plan.table.database);
  if (!plan.table || !words) {
    const reason = plan.table ? 'NOT_SQL' : 'ITEM_GONE';
    return { rows: 0, results: request.rules.map(({ id }) => ({ id, reason })) };
  }
  return new RowJudge(plan, plan.table, words, request, now).run();
}

class RowJudge {
  private readonly literals = new Literals();
  private readonly until: number;
  private readonly results = new Map<string, RuleCounts>();

  constructor(
    private readonly plan: TypePlan,
    private readonly table: TablePlan,
    private readonly words: QualityWords,
    private readonly request: CountsRequest,
    private readonly now: number,
  ) {
    this.until = performance.now() + request.mostMs;
  }

  async run(): Promise<CountsAnswer> {
    const { rules } = this.request;
    const ofRows = new Map<AskedRule, RuleSql>();
    for (const rule of rules.filter(({ kind }) => kind !== 'UNIQUE' && kind !== 'REFERENCE')) {
      const made = ruleSql(rule, { plan: this.plan, words: this.words, literals: this.literals, now: this.now });
      if (typeof made === 'string') this.results.set(rule.id, { id: rule.id, reason: made });
      else ofRows.set(rule, made);
    }
    let rows = 0;
    const since = this.since();
    if (since === undefined) for (const { id } of rules) this.results.set(id, { id, reason: 'TYPE_UNFIT' });
    else {
      // A source that is known to be unfit refuses this as it refuses every read.
      const { database, entity, primaryKey } = this.table;
      const unfit = await this.attempt(() =>
        database.em.getDriver().find(entity, {}, { limit: 1, fields: [...primaryKey] as never }),
      );
      if ('reason' in unfit) for (const { id } of rules) this.results.set(id, { id, reason: unfit.reason });
      else {
        rows = await this.judgeAll(ofRows, since);
        for (const rule of rules.filter(({ kind }) => kind === 'UNIQUE')) await this.judgeUnique(rule, since);
      }
    }
    return { rows, results: rules.map(({ id }) => this.results.get(id) ?? { id, reason: 'TYPE_UNFIT' }) };
  }

  /** Judges the rules that each row answers by itself, all of them in one pass. Where the pass fails each rule has one of its own,
   *  so that one which cannot be carried out takes no other along. */
  private async judgeAll(rules: ReadonlyMap<AskedRule, RuleSql>, since: string): Promise<number> {
    const passed = await this.attempt(() => this.pass([...rules.values()], since));
    if (!('reason' in passed)) {
      const { rows, counts } = passed.value;
      await this.keep([...rules], counts, since);
      return rows;
    }
    let rows = 0;
    for (const [rule, made] of rules) {
      const alone =
        passed.reason === 'FAILED' && rules.size > 1
          ? await this.attempt(() => this.pass([made], since))
          : { reason: passed.reason };
      if ('reason' in alone) this.results.set(rule.id, { id: rule.id, reason: alone.reason });
      else {
        rows = alone.value.rows;
        await this.keep([[rule, made]], alone.value.counts, since);
      }
    }
    return rows;
  }

  private async pass(rules: readonly RuleSql[], since: string): Promise<{ rows: number; counts: Counted[] }> {
    const counts = rules.map((): Counted => ({ checked: 0, failed: 0 }));
    let rows = 0;
    const sums = rules.flatMap(({ applies, holds }, at) => [
      `sum(case when ${applies} then 1 else 0 end) as c${at}`,
      `sum(case when ${applies} and not ${surely(holds)} then 1 else 0 end) as f${at}`,
    ]);
    const select = `select ${['count(*) as n', ...sums].join(', ')} from ${this.from()}`;
    let after: readonly unknown[] | undefined;
    for (;;) {
      // Of the few that were changed there is one chunk.
      const end = since === '' ? await this.endOfChunk(after) : undefined;
      const conditions = [
        ...(since === '' ? [] : [since]),
        ...(after ? [this.isBeyond('>', after)] : []),
        ...(end ? [this.isBeyond('<=', end)] : []),
      ];
      const [found] = await this.ask(`${select}${where(conditions)}`);
      rows += Number(found!['n'] ?? 0);
      counts.forEach((count, at) => {
        count.checked += Number(found![`c${at}`] ?? 0);
        count.failed += Number(found![`f${at}`] ?? 0);
      });
      if (!end) return { rows, counts };
      if (after && end.every((value, at) => value === after![at])) throw new Error('the key does not order the rows');
      after = end;
    }
  }

  /** Key of the last row of the chunk that begins after a key; undefined for the last chunk. */
  private async endOfChunk(after: readonly unknown[] | undefined): Promise<readonly unknown[] | undefined> {
    const keys = this.keys();
    const named = keys.map(({ sql, text, kind }, at) => `${kind === 'number' ? sql : text} as k${at}`).join(', ');
    const order = keys.map(({ sql }) => sql).join(', ');
    const [found] = await this.ask(
      `select ${named} from ${this.from()}${where(after ? [this.isBeyond('>', after)] : [])}
       order by ${order} limit 1 offset ${CHUNK - 1}`,
    );
    return found && keys.map((_, at) => found[`k${at}`]);
  }

  private isBeyond(operator: '>' | '<=', key: readonly unknown[]): string {
    const keys = this.keys();
    const values = key.map((value) => this.literals.of(value));
    if (keys.length === 1) return `${keys[0]!.sql} ${operator} ${values[0]!}`;
    return `(${keys.map(({ sql }) => sql).join(', ')}) ${operator} (${values.join(', ')})`;
  }

  private async keep(
    rules: readonly (readonly [AskedRule, RuleSql])[],
    counts: readonly Counted[],
    since: string,
  ): Promise<void> {
    for (const [at, [rule, { applies, holds }]] of rules.entries()) {
      const { checked, failed } = counts[at]!;
      const samples = await this.seal(rule, failed, () =>
        where([...(since === '' ? [] : [since]), applies, `not ${surely(holds)}`]),
      );
      this.results.set(rule.id, { id: rule.id, checked, failed, ...(samples !== undefined && { samples }) });
    }
  }

  /** Values that several records have are counted with all of these. Of changed records, those whose values are there twice. */
  private async judgeUnique(rule: AskedRule, since: string): Promise<void> {
    const column = judgedColumn(this.plan, rule.item, this.words);
    if (typeof column === 'string') return void this.results.set(rule.id, { id: rule.id, reason: column });
    const { sql, present } = column;
    const changed = since === '' ? [] : [`${sql} in (select ${sql} from ${this.from()} where ${since})`];
    const counted = await this.attempt(() =>
      this.ask(`select coalesce(sum(n), 0) as c, coalesce(sum(case when n > 1 then n else 0 end), 0) as f
        from (select count(*) as n from ${this.from()}${where([present, ...changed])} group by ${sql}) as counted`),
    );
    if ('reason' in counted) return void this.results.set(rule.id, { id: rule.id, reason: counted.reason });
    const [found] = counted.value;
    const failed = Number(found!['f']);
    const samples = await this.seal(rule, failed, () => {
      const doubles = `select ${sql} from ${this.from()}${where([present, ...changed])} group by ${sql} having count(*) > 1`;
      return where([`${sql} in (${doubles})`]);
    });
    const checked = Number(found!['c']);
    this.results.set(rule.id, { id: rule.id, checked, failed, ...(samples !== undefined && { samples }) });
  }

  /** Names of failing records, sealed for the rule. They are a convenience: without them the numbers stand. */
  private async seal(rule: AskedRule, failed: number, condition: () => string): Promise<string | undefined> {
    const { sealFor } = this.request;
    if (!sealFor || failed === 0) return undefined;
    const keys = this.keys()
      .map(({ text }, at) => `${text} as k${at}`)
      .join(', ');
    const found = await this.attempt(() =>
      this.ask(`select ${keys} from ${this.from()}${condition()} limit ${SAMPLES}`),
    );
    if ('reason' in found) return undefined;
    const names = found.value.map((row) => this.keys().map((_, at) => String(row[`k${at}`])));
    return encryptSecret(JSON.stringify(names), sealFor, [rule.id]);
  }

  /** @returns the condition on changed rows, '' where all are judged; undefined where the item tells no time */
  private since(): string | undefined {
    const { since } = this.request;
    if (!since) return '';
    const column = judgedColumn(this.plan, since.item, this.words);
    if (typeof column === 'string' || column.kind !== 'time') return undefined;
    // A source without time zones may be hours off, so a day more is judged again.
    const from = new Date(Date.parse(since.from) - 86_400_000).toISOString().slice(0, 19).replace('T', ' ');
    return `${column.sql} >= ${this.literals.of(from)}`;
  }

  private async attempt<T>(work: () => Promise<T>): Promise<{ value: T } | { reason: QualityObstacle }> {
    if (performance.now() > this.until) return { reason: 'TIMED_OUT' };
    try {
      return { value: await work() };
    } catch (error) {
      return { reason: obstacleOf(error) };
    }
  }

  private async ask(sql: string): Promise<readonly Found[]> {
    if (performance.now() > this.until) throw new TimeOver();
    const { text, parameters } = this.literals.apply(sql);
    const rows: unknown = await this.table.database.em.getConnection().execute(text, parameters);
    return rows as readonly Found[];
  }

  private from(): string {
    const { metadata } = this.table;
    return [metadata.schema, metadata.tableName].flatMap((part) => (part ? [this.words.quote(part)] : [])).join('.');
  }

  private keys(): readonly { readonly sql: string; readonly text: string; readonly kind: string }[] {
    return this.table.primaryKey.map((name) => {
      const property = this.table.properties.get(name)!;
      const sql = this.words.quote(property.fieldNames[0]!);
      return {
        sql,
        text: this.words.text(sql),
        kind: /int|serial/.test(property.columnTypes[0] ?? '') ? 'number' : '',
      };
    });
  }
}

/** A condition without a value, as of a text that is none, is not kept. */
const surely = (condition: string): string => `coalesce((${condition}), false)`;
const where = (conditions: readonly string[]): string =>
  conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`;

/** As a statement that the database ends. */
class TimeOver extends Error {
  readonly code = '57014';
}

function obstacleOf(error: unknown): QualityObstacle {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: { code?: unknown } };
  if (code === '57014' || cause?.code === 'TIMED_OUT') return 'TIMED_OUT';
  if (code === 'SOURCE_UNAVAILABLE' || code === 'DATABASE_UNAVAILABLE') return 'SOURCE_UNAVAILABLE';
  return /ECONN|57P0|08/.test(String(code)) ? 'SOURCE_UNAVAILABLE' : 'FAILED';
}
