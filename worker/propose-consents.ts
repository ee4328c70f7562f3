import { parse } from 'graphql';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { Config } from '../shared/config/config.js';
import { RecordStore } from '../shared/evidence/store/index.js';
import { readProfile } from '../shared/law/index.js';
import { readSubgraphShares } from '../shared/share/read-subgraph.js';
import { succeedShares } from '../shared/share/succession/succeed-shares.js';
import type { SubgraphShares } from '../shared/share/statements.js';
import { syncProposals } from '../subgraphs/governance/grant/index.js';
import { readSuccessions } from '../subgraphs/governance/register/index.js';
import { readPublishedSchemas } from '../subgraphs/governance/registry/index.js';
import { repeat, type Repetition } from './repeat.js';

/** The schemas that the listed subgraphs publish now. */
export interface ListedSchemas {
  readonly schemas: readonly { readonly name: string; readonly sdl: string }[];
  /** All of them could be read. */
  readonly complete: boolean;
}
/** @throws HubError CONFIG_INVALID when the list cannot be read */
export type ReadSchemas = () => Promise<ListedSchemas>;

const EVERY_MS = 60_000;

/** Makes proposals of consents of what owners' schemas say with `@derivable`, and withdraws what they say no more. */
export function proposeConsents(config: Config, pool: pg.Pool, logger: Logger, readSchemas: ReadSchemas): Repetition {
  const store = new RecordStore(config.TIME_ZONE);
  const { timeZone } = readProfile(config.SHAREHUB_PROFILE);
  const readShares = createShareReader();
  return repeat(
    EVERY_MS,
    async () => {
      const { schemas: listed, complete } = await readSchemas();
      const published = await readPublishedSchemas(pool);
      const schemas = [...listed, ...published.filter(({ name }) => !listed.some((each) => each.name === name))];
      const successions = await readSuccessions(pool);
      const subgraphs = schemas
        .flatMap(({ name, sdl }) => readShares(name, sdl) ?? [])
        .map((shares) => succeedShares(shares, successions));
      const all = complete && subgraphs.length === schemas.length;
      await syncProposals({ pool, store, timeZone, now: Date.now(), subgraphs, complete: all });
    },
    (err) => logger.warn({ err }, 'what schemas propose to consent to cannot be followed; it is tried again'),
  );
}

/** Reads a schema again only when its text is another. It gives undefined for text that is no SDL. */
function createShareReader(): (name: string, sdl: string) => SubgraphShares | undefined {
  const known = new Map<string, { readonly sdl: string; readonly shares: SubgraphShares | undefined }>();
  return (name, sdl) => {
    const before = known.get(name);
    if (before?.sdl === sdl) return before.shares;
    const shares = tryRead(name, sdl);
    known.set(name, { sdl, shares });
    return shares;
  };
}

function tryRead(name: string, sdl: string): SubgraphShares | undefined {
  try {
    return readSubgraphShares(name, parse(sdl, { noLocation: true }));
  } catch {
    return undefined;
  }
}
