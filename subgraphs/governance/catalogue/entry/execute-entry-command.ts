import type { EntityManager } from '@mikro-orm/postgresql';
import type { AuditAction } from '../../../../shared/evidence/index.js';
import { wordOf, type Recorded, type GovernanceContext, Refusal, type RefusalCode } from '../../core/index.js';
import type { CheckFinding } from '../checks/check-finding.rule.js';
import type { CatalogueState } from './catalogue-enums.js';
import type { CatalogueResource } from './catalogue-resource.entity.js';
import { CatalogueFinding } from '../checks/catalogue-finding.js';
import type { CatalogueResult } from './catalogue-result.js';
import { EntryStore, type HistoryStep } from './entry.store.js';
import { say } from '../messages/index.js';
import { joinTexts, type Text } from '../../../../shared/kernel/index.js';

/** The entry that a command is for. */
export interface EntryReference {
  readonly code: string;
  /** Version that the caller last saw (optimistic lock). */
  readonly version: number;
}

interface EntryRequirement {
  /** `open`: the revision that is worked on, else the one in force; `current`: the one in force. */
  readonly on: 'open' | 'current';
  readonly states: readonly CatalogueState[];
  /** Reports whether the caller may act on this entry; everybody with the permission may where absent. */
  readonly mayAct?: (entry: CatalogueResource) => boolean;
}

type EntryCommand = (
  entry: CatalogueResource,
  store: EntryStore,
  em: EntityManager,
) => Promise<Recorded<CatalogueResult>>;

/** Executes a command on one entry in the transaction that records it, if the caller may act on the entry, has seen its
 *  present version, and the entry is in a state for the command. */
export function executeEntryCommand(
  { em, fetch, own }: GovernanceContext,
  { code, version }: EntryReference,
  { on, states, mayAct }: EntryRequirement,
  command: EntryCommand,
): Promise<CatalogueResult> {
  return own.auditLog.transact(em, fetch, async (em) => {
    const store = new EntryStore(em, fetch, own.now);
    const entry = (on === 'open' ? await store.findOpen(code) : null) ?? (await store.findCurrent(code));
    if (!entry) return { result: refuse('RESOURCE_UNKNOWN', say('entry.unknown', { code })) };
    if (mayAct && !mayAct(entry)) {
      const message = say('entry.otherDepartment', { code, provider: entry.provider });
      return { result: refuse('OTHER_DEPARTMENT', message, ['HZ-5.3a', 'CZ-9.1d']) };
    }
    if (entry.version !== version) {
      const message = say('entry.stale', { code, now: entry.version, seen: version });
      return { result: refuse('STALE_VERSION', message, [], await store.describeChangesSince(entry, version)) };
    }
    if (!states.includes(entry.state)) {
      const message = say('entry.state', {
        code,
        state: wordOf('catalogue', entry.state),
        states: joinTexts(
          states.map((one) => wordOf('catalogue', one)),
          'or',
        ),
      });
      return { result: refuse('STATE_UNFIT', message) };
    }
    return command(entry, store, em);
  });
}

/** A command that was carried out, with its record. */
export const toRecorded = (
  act: AuditAction,
  resource: CatalogueResource,
  {
    reason,
    basis,
    attributes = [],
    concerns = [],
  }: Partial<HistoryStep> & { readonly concerns?: readonly string[] } = {},
  findings?: readonly CheckFinding[],
): Recorded<CatalogueResult> => ({
  result: { resource, ...(findings && { findings: findings.map((finding) => CatalogueFinding.of(finding)) }) },
  decision: {
    act,
    object: `resource/${resource.code}`,
    concerns: [resource.provider, ...concerns],
    reason: reason ?? undefined,
    basis: basis ?? undefined,
    terms: {
      revision: resource.revision,
      version: resource.version,
      state: resource.state,
      ...(attributes.length > 0 && { attributes: attributes.slice(0, 50).map(({ attribute }) => attribute) }),
    },
  },
});

export const refuse = (
  code: RefusalCode,
  message: Text,
  clauses: readonly string[] = [],
  details?: readonly Text[],
): CatalogueResult => ({ refusal: Refusal.because(code, message, clauses, details) });
