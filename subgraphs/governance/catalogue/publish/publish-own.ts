import type { MikroORM } from '@mikro-orm/postgresql';
import { queryIn } from '../../core/index.js';
import { statedCatalogue } from './sdl-catalogue.js';

/** What the hub's own registers serve is in force with the release that serves it: the authority could not publish anything
 *  through an interface that is itself not published. Writes only what differs. */
export async function publishOwn(orm: MikroORM, subgraph: string, sdl: string): Promise<void> {
  const { resources } = statedCatalogue(subgraph, sdl);
  const rows = resources.flatMap(({ code, library, items }) =>
    items.map((item) => ({ ...item, code, library: library ?? null })),
  );
  await orm.em.fork().transactional(async (em) => {
    const query = queryIn(em);
    const codes = resources.map(({ code }) => code);
    const known = await query(
      'select coordinate, resource, provider, share_type, title, basic from published_item where resource = any($1::text[])',
      [codes],
    );
    const before = new Set(
      known.map((row) =>
        JSON.stringify([
          row['coordinate'],
          row['resource'],
          row['provider'],
          row['share_type'],
          row['title'],
          row['basic'],
        ]),
      ),
    );
    const now = rows.map(({ coordinate, code, provider, shareType, name, basic }) => [
      coordinate,
      code,
      provider,
      shareType,
      name,
      basic,
    ]);
    if (before.size === now.length && now.every((row) => before.has(JSON.stringify(row)))) return;
    await query('delete from published_item where resource = any($1::text[]) or coordinate = any($2::text[])', [
      codes,
      rows.map(({ coordinate }) => coordinate),
    ]);
    await query(
      `insert into published_item (coordinate, resource, provider, share_type, title, basic, library)
       select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bool[], $7::text[])`,
      [...[0, 1, 2, 3, 4, 5].map((column) => now.map((row) => row[column])), rows.map(({ library }) => library)],
    );
  });
}
