import { actsFor, type GovernanceContext, type Recorded, refuse } from '../core/index.js';
import { findAccounts, isPermitted } from '../register/index.js';
import type { VersionFinding } from './finding.type.js';
import { checkPublication, fingerprintOf } from './publication.rule.js';
import { checkName } from './submission.rule.js';
import { termsOf } from './submit-version.command.js';
import type { VersionResult } from './version-result.type.js';
import { VersionStore } from './version.store.js';
import { isWeighed, weighFindings } from './weigh-findings.js';
import { say } from './messages/index.js';

/** Puts a checked version in force. Gateways follow within a second; departments that have grants of what changes, or use it, are told. */
export async function publishVersion(
  { em, fetch, own: { auditLog, registry, now } }: GovernanceContext,
  id: string,
): Promise<VersionResult> {
  const { person } = fetch;
  if (person === undefined) return refuse('OFFICER_REQUIRED', say('publish.person'));
  if (!registry) return refuse('REGISTRATION_UNAVAILABLE', say('registry.unavailable'));
  const settings = { origins: registry.origins, listed: await registry.readListed() };
  return auditLog.transact(em, fetch, async (em): Promise<Recorded<VersionResult>> => {
    const versions = new VersionStore(em);
    const version = await versions.find({ id });
    if (!version || !actsFor(version.department, fetch))
      return { result: refuse('VERSION_UNKNOWN', say('publish.unknown', { id })) };
    if (version.state === 'PUBLISHED') return { result: { version } };
    const published = await versions.findPublished();
    const { findings, concerned } = await weighFindings(em, version.department, version.findings, now());
    const { state, submittedBy, checkedAgainst = null } = version;
    const isAuthority = fetch.roles?.includes('authority') ?? false;
    const problem = checkPublication({
      ...{ id, state, submittedBy, checkedAgainst, isAuthority, findings },
      accounts: await findAccounts(em, person),
      published: fingerprintOf(published),
    });
    if (problem) return { result: refuse(problem.code, problem.message, undefined, problem.details) };
    const pinned =
      version.kind === 'RETIREMENT'
        ? undefined
        : checkName(
            version.subgraph,
            settings,
            published.map(({ subgraph }) => subgraph),
          );
    if (pinned) return { result: refuse(pinned.code, pinned.message) };
    if (version.kind !== 'RETIREMENT' && !(await isPermitted(em, version.subgraph, version.department))) {
      const message = say('publish.withdrawn', { department: version.department, subgraph: version.subgraph });
      return { result: refuse('PERMIT_UNKNOWN', message) };
    }
    const done = await versions.publish(version, person, new Date(now()));
    return {
      result: { version: done },
      decision: {
        act: 'PUBLISH_VERSION',
        object: `subgraph-version/${id}`,
        concerns: [...new Set([version.department, ...concerned])],
        reason: version.note,
        terms: { ...termsOf(done), changes: changesOf(findings) },
      },
    };
  });
}

/** What departments with grants lose or will lose, or others gain, for the record. */
const changesOf = (findings: readonly VersionFinding[]) =>
  findings
    .filter(isWeighed)
    .slice(0, 100)
    .map(({ code, coordinate }) => ({ code, ...(coordinate !== undefined && { coordinate }) }));
