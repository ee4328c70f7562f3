import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { HubError } from '../../../../shared/kernel/index.js';
import { Share } from '../../../../shared/share/decorators.js';
import { type Recorded, type GovernanceContext, Refusal } from '../../core/index.js';
import { RegistrationResult } from '../entry/catalogue-result.js';
import { registerStated } from './sync-catalogue-from-sdl.js';
import { statedCatalogue, type StatedCatalogue } from './sdl-catalogue.js';

/** The schema is the catalogue: reads a subgraph's own SDL and brings its entries in line with it.
 *  @source share-rules section 1; HZ-5.3b, HZ-5.4b, QZ-4.2b */
@Resolver()
export class RegistrationResolver {
  @Share('UNCONDITIONAL')
  @Mutation(() => RegistrationResult, {
    description:
      '登记子图目录\nA provider registers its own entries; the authority and the operator those of every department.',
  })
  async registerCatalogue(
    @Arg('subgraph', () => String) subgraph: string,
    @Ctx() { em, fetch, own }: GovernanceContext,
  ): Promise<RegistrationResult> {
    const stated = await statedBy(subgraph, own.readSdl);
    if (stated instanceof Refusal) return { refusal: stated };
    const all = fetch.roles?.some((role) => role === 'authority' || role === 'operator') ?? false;
    if (!all && !stated.resources.some(({ provider }) => provider === fetch.department))
      return {
        refusal: Refusal.because('OTHER_DEPARTMENT', `${subgraph} states no entry of ${fetch.department}.`, [
          'HZ-5.3a',
        ]),
      };
    return own.auditLog.transact(em, fetch, async (em): Promise<Recorded<RegistrationResult>> => {
      const done = await registerStated(em, stated, all ? undefined : fetch.department, fetch, own);
      if (done.created.length + done.changed.length === 0) return { result: done };
      const concerns = stated.resources.map(({ provider }) => provider);
      const { created, changed } = done;
      return {
        result: done,
        decision: { act: 'REGISTER_CATALOGUE', object: `subgraph/${subgraph}`, concerns, terms: { created, changed } },
      };
    });
  }
}

async function statedBy(
  subgraph: string,
  readSdl: GovernanceContext['own']['readSdl'],
): Promise<StatedCatalogue | Refusal> {
  if (!readSdl) return Refusal.because('REGISTRATION_UNAVAILABLE', 'This hub does not know where its subgraphs are.');
  const sdl = await readSdl(subgraph).catch((cause: unknown) => {
    throw new HubError(
      'SUBGRAPH_UNAVAILABLE',
      `The schema of ${subgraph} cannot be read at present. Try again.`,
      {},
      { cause },
    );
  });
  if (sdl === undefined)
    return Refusal.because('SUBGRAPH_UNKNOWN', `There is no subgraph ${subgraph} on the graph’s list.`);
  try {
    return statedCatalogue(subgraph, sdl);
  } catch {
    return Refusal.because('SDL_MALFORMED', `What ${subgraph} publishes is no GraphQL schema.`);
  }
}
