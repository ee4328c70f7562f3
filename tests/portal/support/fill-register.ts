import type pg from 'pg';

/** Copies published entries of the departments until the catalogue has so many items more. Copies stand in no graph: nobody can
 *  ask for their data, as for most of what a department catalogues first. */
export async function fillCatalogue(client: pg.Client, items: number): Promise<void> {
  const { rows } = await client.query<{ each: number }>(
    `select count(*)::float / count(distinct resource) as each from catalogue_item where provider <> 'data-bureau'`,
  );
  await client.query('begin');
  await client.query(
    `create temporary table copy on commit drop as
     select original, 'C' || lpad(n::text, 6, '0') as code
       from generate_series(1, $1) n
       join (select id as original, row_number() over (order by id) - 1 as at, count(*) over () as many
               from catalogue_resource
              where state = 'PUBLISHED' and superseded_at is null and provider <> 'data-bureau') r on r.at = n % r.many`,
    [Math.ceil(items / rows[0]!.each)],
  );
  await copyRows(client, 'catalogue_resource', 't.id = copy.original', {
    id: `copy.code || '@1'`,
    code: 'copy.code',
    name: `t.name || copy.code`,
    subgraph: 'null',
    type_name: 'null',
  });
  await copyRows(client, 'catalogue_item', 't.resource = copy.original', {
    id: `copy.code || '@1' || substr(t.id, length(t.resource) + 1)`,
    resource: `copy.code || '@1'`,
    code: 'copy.code',
    coordinate: 'null',
  });
  await client.query('commit');
  await client.query('vacuum analyze catalogue_resource, catalogue_item');
}

/** Copies applications with their reviews and histories until there are so many more. Each review has a notice of its task at
 *  either side. */
export async function fillApplications(client: pg.Client, applications: number): Promise<void> {
  await client.query('begin');
  await client.query(
    `create temporary table copy on commit drop as
     select original, 'A-9' || lpad(n::text, 6, '0') as id
       from generate_series(1, $1) n
       join (select id as original, row_number() over (order by id) - 1 as at, count(*) over () as many
               from share_application) a on a.at = n % a.many`,
    [applications],
  );
  const review = (column: string) => `copy.id || substr(${column}, length(t.application) + 1)`;
  await copyRows(client, 'share_application', 't.id = copy.original', { id: 'copy.id' });
  await copyRows(client, 'application_track', 't.application = copy.original', {
    id: review('t.id'),
    application: 'copy.id',
    grant_id: 'null',
  });
  // Every fourth is late.
  await client.query(
    `update application_track set due_at = now() - random() * interval '60 days'
      where application in (select id from copy) and closed_at is null and random() < 0.25`,
  );
  await copyRows(client, 'application_event', 't.application = copy.original', {
    application: 'copy.id',
    track: review('t.track'),
  });
  await client.query(
    `insert into notice (position, department, at, kind, act, object, text, clauses)
     select -row_number() over (), party, now() - random() * interval '300 days', 'TASK', 'SUBMIT', 'review/' || t.id, '审核', '{}'
       from application_track t cross join unnest(array[t.department, t.provider]) party
      where t.application in (select id from copy)`,
  );
  await client.query('commit');
  await client.query('vacuum analyze share_application, application_track, application_event, notice');
}

/** Inserts a copy of each row of a table that `on` finds for a row of `copy`.
 *  @param changes  columns whose values differ, as expressions over `copy` and `t` */
async function copyRows(
  client: pg.Client,
  table: string,
  on: string,
  changes: Readonly<Record<string, string>>,
): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select quote_ident(column_name) as name from information_schema.columns
      where table_schema = 'public' and table_name = $1 and is_identity = 'NO' and is_generated = 'NEVER'`,
    [table],
  );
  const names = rows.map(({ name }) => name);
  const values = names.map((name) => changes[name] ?? `t.${name}`);
  await client.query(
    `insert into ${table} (${names.join(', ')}) select ${values.join(', ')} from copy join ${table} t on ${on}`,
  );
}
