import { boundTo } from '../../../shared/sources/registered-source.js';
import { encryptSecret } from '../../../shared/trust/secret-envelope.js';
import {
  wordOf,
  actsFor,
  cleanText,
  type Decision,
  findGroundsProblem,
  type GovernanceContext,
  type Recorded,
  refuse,
} from '../core/index.js';
import { findAccounts } from '../register/index.js';
import { checkSource } from './check-source.js';
import type { DataSource } from './data-source.entity.js';
import type { SourceInput, SourceResult } from './source-input.type.js';
import { SourceStore } from './source.store.js';
import { say } from './messages/index.js';

/** Most sources of a department that are in force, and most registrations within 24 hours. */
const MOST = 100;
const MOST_A_DAY = 200;
const DAY_MS = 86_400_000;

/** Stores a source of the caller's department, or a change of one, until another person confirms it.
 *  @param changes  true for a source that replaces the one of its name */
export async function submitSource(
  { em, fetch, own: { auditLog, sourceSettings: settings, now } }: GovernanceContext,
  input: SourceInput,
  note: string,
  changes: boolean,
): Promise<SourceResult> {
  const { person, department } = fetch;
  if (person === undefined) return refuse('OFFICER_REQUIRED', say('source.registrant'));
  if (!settings) return refuse('REGISTRATION_UNAVAILABLE', say('source.none'));
  const problem = checkSource(input, note, settings.hosts);
  if (problem) return refuse(problem.code, problem.message);
  const { name, kind, address, database, user, password, tls, caCertificate, tokenAddress, tokenScope } = input;
  const source = {
    ...{ department, name, kind, address, tls },
    ...(database != null && { database: cleanText(database) }),
    ...(user != null && user !== '' && { user: cleanText(user) }),
    ...(caCertificate != null && { caCertificate }),
    ...(tokenAddress != null && { tokenAddress }),
  };
  const credential =
    password == null ? undefined : await encryptSecret(password, settings.credentialKey, boundTo(source));
  return auditLog.transact(em, fetch, async (em): Promise<Recorded<SourceResult>> => {
    const store = new SourceStore(em);
    const current = await store.find({ department, name, state: 'ACTIVE' });
    if (changes && !current) return { result: refuseUnknown(name) };
    if (!changes && current) return { result: refuse('SOURCE_KNOWN', say('source.known', { name })) };
    if (current && current.kind !== kind)
      return {
        result: refuse('NOT_CHANGEABLE', say('source.otherKind', { name, kind: wordOf('source', current.kind) })),
      };
    const since = new Date(now() - DAY_MS);
    if ((await store.count(department)) >= MOST || (await store.countSince(department, since)) >= MOST_A_DAY)
      return {
        result: refuse('TOO_MANY', say('source.most', { most: MOST, changes: MOST_A_DAY })),
      };
    const stored = await store.add(
      {
        ...{ department, name, kind, address, tls, note: cleanText(note) },
        ...{ databaseName: source.database ?? null, account: source.user ?? null },
        ...{ tokenAddress: tokenAddress ?? null, tokenScope: tokenScope ?? null },
        ...{ caCertificate: caCertificate ?? null, submittedAt: new Date(now()), submittedBy: person },
      },
      credential,
    );
    return { result: { source: stored }, decision: toDecision('REGISTER_SOURCE', stored, stored.note) };
  });
}

/** Puts a source in force that another person has submitted: the hub then connects to it. */
export async function confirmSource(
  { em, fetch, own: { auditLog, now } }: GovernanceContext,
  id: string,
): Promise<SourceResult> {
  const { person } = fetch;
  if (person === undefined) return refuse('OFFICER_REQUIRED', say('source.confirmer'));
  return auditLog.transact(em, fetch, async (em): Promise<Recorded<SourceResult>> => {
    const store = new SourceStore(em);
    const source = await store.find({ id });
    if (source?.department !== fetch.department) return { result: refuseUnknown(id) };
    if (source.state === 'ACTIVE') return { result: { source } };
    if (source.state !== 'PENDING') return { result: refuse('STATE_UNFIT', say('source.over', { id })) };
    if ((await findAccounts(em, person)).includes(source.submittedBy))
      return { result: refuse('SAME_PERSON', say('source.samePerson', { id })) };
    const confirmed = await store.confirm(source, person, new Date(now()));
    return { result: { source: confirmed }, decision: toDecision('CONFIRM_SOURCE', confirmed, undefined) };
  });
}

/** Ends a source, or takes back one that waits: its rows are refused within seconds, and its password is deleted. */
export async function endSource(
  { em, fetch, own: { auditLog, now } }: GovernanceContext,
  id: string,
  reason: string,
): Promise<SourceResult> {
  const malformed = findGroundsProblem({ reason });
  if (malformed) return refuse('GROUNDS_MALFORMED', malformed);
  return auditLog.transact(em, fetch, async (em): Promise<Recorded<SourceResult>> => {
    const store = new SourceStore(em);
    const source = await store.find({ id });
    if (!source || !actsFor(source.department, fetch)) return { result: refuseUnknown(id) };
    if (source.state === 'ENDED' || source.state === 'REPLACED') return { result: { source } };
    const ended = await store.end(source, new Date(now()));
    return { result: { source: ended }, decision: toDecision('END_SOURCE', ended, reason) };
  });
}

const refuseUnknown = (name: string): SourceResult =>
  refuse('SOURCE_UNKNOWN', say('source.unknown', { name: name.slice(0, 64) }));

const toDecision = (
  act: 'REGISTER_SOURCE' | 'CONFIRM_SOURCE' | 'END_SOURCE',
  { id, department, name, kind, address, databaseName, account, tls, tokenAddress }: DataSource,
  reason: string | undefined,
): Decision => ({
  act,
  object: `source/${id}`,
  concerns: [department],
  reason,
  terms: {
    name,
    kind,
    address,
    database: databaseName ?? '',
    user: account ?? '',
    tls,
    ...(tokenAddress != null && { tokenAddress }),
  },
});
