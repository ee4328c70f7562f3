import { AbstractSqlPlatform, type AbstractSqlConnection } from '@mikro-orm/sql';
import { getNamedType, isEnumType } from 'graphql';
import type { ClaimedItem } from '../share/claims/claimed-items.js';
import { tableOf } from './row-source.js';
import type { TypePlan } from './type-plan.js';

/** Share of the records with a value that the commonest values may cover. Our own safeguard; no text of law names one. */
const MOST_COVERED = 0.05;
/** Guesses that a caller has before it is stopped. */
const COMMONEST = 5;
/** Records that are looked at. */
const SAMPLE = 100_000;
/** Milliseconds for which the result is kept. */
const KEPT_MS = 3_600_000;

/** Tells items of which a "no" would be the value, or of which a few guesses would find it. */
export class FewValues {
  private readonly known = new Map<string, { readonly few: Promise<boolean>; readonly until: number }>();

  constructor(private readonly plan: TypePlan) {}

  /** True for yes or no, for lists of codes, and where the five commonest values cover more than a twentieth of the records. */
  has({ item }: ClaimedItem): Promise<boolean> {
    const type = getNamedType(this.plan.type.getFields()[item]!.type);
    if (type.name === 'Boolean' || isEnumType(type)) return Promise.resolve(true);
    const known = this.known.get(item);
    if (known && performance.now() < known.until) return known.few;
    const few = this.measure(item);
    this.known.set(item, { few, until: performance.now() + KEPT_MS });
    // What could not be looked at is looked at again.
    few.catch(() => this.known.delete(item));
    return few;
  }

  private async measure(item: string): Promise<boolean> {
    const { database, metadata, columns, properties } = tableOf(this.plan);
    const platform = database.em.getPlatform();
    // A service cannot be asked for what is common in it.
    if (!(platform instanceof AbstractSqlPlatform)) return false;
    const quote = (name: string) => platform.quoteIdentifier(name);
    const table = [...(metadata.schema ? [metadata.schema] : []), metadata.tableName].map(quote).join('.');
    const names = columns.get(item)!.map((property) => quote(properties.get(property)!.fieldNames[0]!));
    const held = names.map((name) => `${name} is not null`).join(' and ');
    const sample = `(select ${names.join(', ')} from ${table} where ${held} limit ${SAMPLE}) as sample`;
    const connection = database.em.getConnection() as AbstractSqlConnection;
    const [row] = await connection.execute<{ covered: string | null; total: string }[]>(
      `select (select sum(records) from (select count(*) as records from ${sample} group by ${names.join(', ')}
         order by records desc limit ${COMMONEST}) as commonest) as covered, (select count(*) from ${sample}) as total`,
    );
    return Number(row!.covered ?? 0) > MOST_COVERED * Number(row!.total);
  }
}
