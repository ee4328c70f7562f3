import { HubError } from '../../../../shared/kernel/index.js';
import { type GovernanceContext, type GovernanceOwn, Refusal } from '../../core/index.js';
import { readSuccessions } from '../../register/index.js';
import type { RegistrationResult } from './registration-result.js';
import { readSdlCatalogue, type SdlCatalogue } from './sdl-catalogue.js';
import { syncCatalogueFromSdl } from './sync-catalogue-from-sdl.js';
import { say } from '../messages/index.js';

/** Reads a subgraph's own SDL and brings its entries in line with it: a provider those of their own department, the
 *  authority and the operator all.
 *  @source share-rules section 1; HZ-5.3b, HZ-5.4b, QZ-4.2b */
export async function registerCatalogue(
  { em, fetch, own }: GovernanceContext,
  subgraph: string,
): Promise<RegistrationResult> {
  const catalogue = await readCatalogueOf(subgraph, own, em);
  if (catalogue instanceof Refusal) return { refusal: catalogue };
  const all = fetch.roles?.some((role) => role === 'authority' || role === 'operator') ?? false;
  if (!all && !catalogue.resources.some(({ provider }) => provider === fetch.department)) {
    const message = say('register.nothing', { subgraph, department: fetch.department });
    return { refusal: Refusal.because('OTHER_DEPARTMENT', message, ['HZ-5.3a']) };
  }
  return own.auditLog.transact(em, fetch, async (em) => {
    const sync = await syncCatalogueFromSdl(em, catalogue, all ? undefined : fetch.department, fetch, own);
    const { created, changed } = sync;
    if (created.length + changed.length === 0) return { result: sync };
    return {
      result: sync,
      decision: {
        act: 'REGISTER_CATALOGUE' as const,
        object: `subgraph/${subgraph}`,
        concerns: catalogue.resources.map(({ provider }) => provider),
        terms: { created, changed },
      },
    };
  });
}

/** @throws HubError SUBGRAPH_UNAVAILABLE when the subgraph does not answer */
async function readCatalogueOf(
  subgraph: string,
  { readSdl, readPublishedSdl }: Pick<GovernanceOwn, 'readSdl' | 'readPublishedSdl'>,
  em: GovernanceContext['em'],
): Promise<SdlCatalogue | Refusal> {
  if (!readSdl) return Refusal.because('REGISTRATION_UNAVAILABLE', say('register.unavailable'));
  const listed = await readSdl(subgraph).catch((cause: unknown) => {
    const message = say('register.unreadable', { subgraph });
    throw new HubError('SUBGRAPH_UNAVAILABLE', message, {}, { cause });
  });
  const sdl = listed ?? (await readPublishedSdl(em, subgraph));
  if (sdl === undefined) return Refusal.because('SUBGRAPH_UNKNOWN', say('register.unknown', { subgraph }));
  try {
    return readSdlCatalogue(subgraph, sdl, await readSuccessions(em));
  } catch {
    return Refusal.because('SDL_MALFORMED', say('register.malformed', { subgraph }));
  }
}
