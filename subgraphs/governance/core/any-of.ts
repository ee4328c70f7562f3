import { sql, type RawBuilder } from 'kysely';

/** The right side of `where(column, '=', anyOf(values))`: one parameter however many values there are, also none. */
export const anyOf = (values: readonly string[]): RawBuilder<string> => sql<string>`any(${[...values]}::text[])`;
