import { parse } from 'graphql';
import type pg from 'pg';
import type { Logger } from 'pino';
import { findQualityItems, type QualityItem } from '../shared/share/quality/quality-items.js';
import type { Successions } from '../shared/share/succession/succession.js';
import { syncQualityItems } from '../subgraphs/governance/quality/index.js';
import { readSuccessions } from '../subgraphs/governance/register/index.js';
import { readPublishedSchemas } from '../subgraphs/governance/registry/index.js';
import type { ReadSchemas } from './propose-consents.js';
import { repeat, type Repetition } from './repeat.js';

const EVERY_MS = 60_000;

/** Follows about which items rules of quality can be made, as the schemas state them. */
export function listQualityItems(pool: pg.Pool, logger: Logger, readSchemas: ReadSchemas): Repetition {
  let known = '';
  return repeat(
    EVERY_MS,
    async () => {
      const { schemas: listed, complete } = await readSchemas();
      const published = await readPublishedSchemas(pool);
      const schemas = [...listed, ...published.filter(({ name }) => !listed.some((each) => each.name === name))];
      const successions = await readSuccessions(pool);
      const text = JSON.stringify([schemas, complete, successions]);
      if (text === known) return;
      const items = schemas.map(({ name, sdl }) => tryToFind(name, sdl, successions));
      const readable = items.filter((found) => found !== undefined);
      await syncQualityItems(pool, readable.flat(), complete && readable.length === schemas.length);
      known = text;
    },
    (err) => logger.warn({ err }, 'items about which rules can be made cannot be followed; it is tried again'),
  );
}

/** @returns undefined for text that is no SDL */
function tryToFind(name: string, sdl: string, successions: Successions): readonly QualityItem[] | undefined {
  try {
    return findQualityItems(name, parse(sdl, { noLocation: true }), successions);
  } catch {
    return undefined;
  }
}
