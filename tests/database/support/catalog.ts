import type pg from 'pg';

const OURS = `n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'`;

/** One query for each kind of object; each returns one line for each object, without its creation order. */
const QUERIES = {
  schemas: `select n.nspname as line from pg_namespace n where ${OURS}`,
  columns: `
    select format('%I.%I.%I %s%s default %s identity "%s" generated "%s" collate %s', n.nspname, c.relname, a.attname,
                  format_type(a.atttypid, a.atttypmod), case when a.attnotnull then ' not null' end,
                  pg_get_expr(d.adbin, d.adrelid), a.attidentity, a.attgenerated, a.attcollation::regcollation) as line
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p', 'v', 'm')
    join pg_namespace n on n.oid = c.relnamespace
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where ${OURS} and a.attnum > 0 and not a.attisdropped`,
  indexes: `select pg_get_indexdef(c.oid) as line from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where ${OURS} and c.relkind in ('i', 'I')`,
  // 'n': from version 18 "not null" is a constraint of its own; the columns say it in every version.
  constraints: `select format('%s %I %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid)) as line
    from pg_constraint k join pg_namespace n on n.oid = k.connamespace where ${OURS} and k.contype <> 'n'`,
  functions: `select pg_get_functiondef(f.oid) as line from pg_proc f join pg_namespace n on n.oid = f.pronamespace
    where ${OURS}`,
  triggers: `select pg_get_triggerdef(t.oid) as line from pg_trigger t join pg_class c on c.oid = t.tgrelid
    join pg_namespace n on n.oid = c.relnamespace where ${OURS} and not t.tgisinternal`,
  sequences: `select format('%I.%I %s %s', s.schemaname, s.sequencename, s.data_type, s.increment_by) as line
    from pg_sequences s join pg_namespace n on n.nspname = s.schemaname where ${OURS}`,
  migrations: 'select name as line from public.mikro_orm_migrations',
};

export type Catalog = Readonly<Record<string, readonly string[]>>;

/** Everything a database's schema consists of, by kind of object, to be compared with another's. */
export async function readCatalog(client: pg.ClientBase): Promise<Catalog> {
  const catalog: Record<string, readonly string[]> = {};
  for (const [kind, sql] of Object.entries(QUERIES)) {
    const { rows } = await client.query<{ line: string }>(sql);
    catalog[kind] = rows.map((row) => row.line).sort();
  }
  return catalog;
}
