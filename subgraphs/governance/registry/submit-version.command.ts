import { hash } from 'node:crypto';
import {
  actsFor,
  cleanText,
  findGroundsProblem,
  type GovernanceContext,
  type Recorded,
  refuse,
  Refusal,
} from '../core/index.js';
import { isPermitted } from '../register/index.js';
import { checkSdl } from './check-sdl.js';
import { findUnfitRows } from './unfit-rows.js';
import { checkAddress, checkName, checkSubmission, type RegistrySettings, type Submission } from './submission.rule.js';
import type { SubgraphVersion } from './subgraph-version.entity.js';
import type { VersionResult } from './version-result.type.js';
import { type NewVersion, VersionStore } from './version.store.js';
import { say } from './messages/index.js';

/** Most versions of one subgraph in 24 hours. */
const MOST_A_DAY = 100;
const DAY_MS = 86_400_000;

/** Stores a version of a department's subgraph; the worker checks it. */
export async function submitSubgraph(context: GovernanceContext, submission: Submission): Promise<VersionResult> {
  const { subgraph, sdl, url, note } = submission;
  return storeVersion(context, subgraph, async (settings, versions, published) => {
    if (!(await mayPublish(context, subgraph))) return refusePermit(subgraph);
    const problem = checkSubmission(submission, settings, published) ?? checkSdl(sdl);
    if (problem) return Refusal.because(problem.code, problem.message);
    return { kind: 'SUBMISSION', sdl, url, note: cleanText(note) };
  });
}

/** Submits a version that was in force before once more, by the same rules as a new one. */
export async function rollbackSubgraph(
  context: GovernanceContext,
  subgraph: string,
  number: number,
  reason: string,
): Promise<VersionResult> {
  const malformed = findGroundsProblem({ reason });
  if (malformed) return refuse('GROUNDS_MALFORMED', malformed);
  return storeVersion(context, subgraph, async (settings, versions, published) => {
    if (!(await mayPublish(context, subgraph))) return refusePermit(subgraph);
    const earlier = await versions.find({ subgraph, number });
    if (!earlier?.publishedAt || earlier.sdl == null || earlier.url == null)
      return Refusal.because('VERSION_UNKNOWN', say('version.never', { subgraph, number }));
    if (earlier.state === 'PUBLISHED')
      return Refusal.because('STATE_UNFIT', say('version.inForce', { subgraph, number }));
    const { sdl, url, declaration } = earlier;
    // The hub serves a declaration itself.
    const address = declaration == null ? checkAddress(url, settings) : undefined;
    const problem = checkName(subgraph, settings, published) ?? address;
    if (problem) return Refusal.because(problem.code, problem.message);
    const current = await versions.find({ subgraph, state: 'PUBLISHED' });
    const unfit = declaration == null ? undefined : findUnfitRows(declaration, current?.declaration);
    if (unfit) return unfit;
    return { kind: 'ROLLBACK', sdl, url, declaration: declaration ?? null, note: cleanText(reason) };
  });
}

/** Submits the end of a subgraph. It is checked like a version, since others may rest on it. */
export async function retireSubgraph(
  context: GovernanceContext,
  subgraph: string,
  reason: string,
): Promise<VersionResult> {
  const malformed = findGroundsProblem({ reason });
  if (malformed) return refuse('GROUNDS_MALFORMED', malformed);
  return storeVersion(context, subgraph, async (_settings, versions) => {
    const current = await versions.find({ subgraph, state: 'PUBLISHED' });
    const isOwn =
      (await mayPublish(context, subgraph)) || (current !== null && actsFor(current.department, context.fetch));
    if (!isOwn) return refusePermit(subgraph);
    if (current?.sdl == null) return Refusal.because('SUBGRAPH_UNKNOWN', say('version.none', { subgraph }));
    return { kind: 'RETIREMENT', sdl: null, url: null, note: cleanText(reason) };
  });
}

type Content = Pick<NewVersion, 'kind' | 'sdl' | 'url' | 'declaration' | 'note'>;

/** Stores a version in one transaction with its act.
 *  @param read  reads what is to be stored, or why it is not */
export async function storeVersion(
  { em, fetch, own: { auditLog, registry, now } }: GovernanceContext,
  subgraph: string,
  read: (
    settings: RegistrySettings,
    versions: VersionStore,
    published: readonly string[],
  ) => Promise<Content | Refusal>,
): Promise<VersionResult> {
  const { person, department } = fetch;
  if (person === undefined) return refuse('OFFICER_REQUIRED', say('submit.person'));
  if (!registry) return refuse('REGISTRATION_UNAVAILABLE', say('registry.unavailable'));
  const settings = { origins: registry.origins, listed: await registry.readListed() };
  return auditLog.transact(em, fetch, async (em): Promise<Recorded<VersionResult>> => {
    const versions = new VersionStore(em);
    const published = (await versions.findPublished()).map((version) => version.subgraph);
    const content = await read(settings, versions, published);
    if (content instanceof Refusal) return { result: { refusal: content } };
    if ((await versions.countSince(subgraph, new Date(now() - DAY_MS))) >= MOST_A_DAY)
      return { result: refuse('TOO_MANY', say('submit.tooMany', { subgraph, most: MOST_A_DAY })) };
    const submitted = { subgraph, department, submittedAt: new Date(now()), submittedBy: person };
    const version = await versions.add({ ...content, ...submitted });
    return {
      result: { version },
      decision: {
        act: 'SUBMIT_VERSION',
        object: `subgraph-version/${version.id}`,
        concerns: [department],
        reason: version.note,
        terms: termsOf(version),
      },
    };
  });
}

/** Terms of a version for the audit log: its texts by their hashes. */
export const termsOf = ({ subgraph, number, kind, sdl, url, declaration }: SubgraphVersion) => ({
  subgraph,
  number,
  kind,
  ...(sdl != null && { sdlHash: hash('sha256', sdl) }),
  ...(declaration != null && { declarationHash: hash('sha256', declaration) }),
  ...(url != null && { url }),
});

export const mayPublish = ({ em, fetch }: GovernanceContext, subgraph: string): Promise<boolean> =>
  isPermitted(em, subgraph, fetch.department);

export const refusePermit = (subgraph: string): Refusal =>
  Refusal.because('PERMIT_UNKNOWN', say('submit.noPermit', { subgraph: subgraph.slice(0, 64) }));
