import { parse } from 'graphql';
import type pg from 'pg';
import type { Logger } from 'pino';
import { findComparableItems, type ComparableItem } from '../shared/share/claims/comparable-items.js';
import type { Successions } from '../shared/share/succession/succession.js';
import { syncComparableItems } from '../subgraphs/governance/correction/index.js';
import { readSuccessions } from '../subgraphs/governance/register/index.js';
import { readPublishedSchemas } from '../subgraphs/governance/registry/index.js';
import type { ReadSchemas } from './propose-consents.js';
import { repeat, type Repetition } from './repeat.js';

const EVERY_MS = 60_000;

/** Follows which items the schemas open to comparisons, for the checks of two departments' items. */
export function listComparableItems(pool: pg.Pool, logger: Logger, readSchemas: ReadSchemas): Repetition {
  let known = '';
  return repeat(
    EVERY_MS,
    async () => {
      const { schemas: listed, complete } = await readSchemas();
      const published = await readPublishedSchemas(pool);
      const schemas = [...listed, ...published.filter(({ name }) => !listed.some((each) => each.name === name))];
      const successions = await readSuccessions(pool);
      const items = schemas.map(({ name, sdl }) => tryToFind(name, sdl, successions));
      const readable = items.filter((found) => found !== undefined);
      const all = complete && readable.length === schemas.length;
      const state = JSON.stringify([readable, all]);
      if (state === known) return;
      await syncComparableItems(pool, readable.flat(), all);
      known = state;
    },
    (err) => logger.warn({ err }, 'items that are open to comparisons cannot be followed; it is tried again'),
  );
}

/** @returns undefined for text that is no SDL */
function tryToFind(name: string, sdl: string, successions: Successions): readonly ComparableItem[] | undefined {
  try {
    return findComparableItems(name, parse(sdl, { noLocation: true }), successions);
  } catch {
    return undefined;
  }
}
