import type { MikroORM } from '@mikro-orm/postgresql';
import { readSuccessions } from '../../register/index.js';
import { replacePublishedItems } from './published-item.store.js';
import { readSdlCatalogue } from './sdl-catalogue.js';

/** Puts the hub's own registers in force with the release that serves them: the authority could not publish anything
 *  through an interface that is itself not published. */
export async function publishOwnItems(orm: MikroORM, subgraph: string, sdl: string): Promise<void> {
  const { resources } = readSdlCatalogue(subgraph, sdl, await readSuccessions(orm.em.fork()));
  const codes = resources.map(({ code }) => code);
  const items = resources.flatMap(({ code, library, items }) => items.map((item) => ({ ...item, code, library })));
  await orm.em.fork().transactional((em) => replacePublishedItems(em, codes, items));
}
