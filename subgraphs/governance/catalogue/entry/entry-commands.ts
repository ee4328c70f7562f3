import type { EntityManager } from '@mikro-orm/postgresql';
import type { AuditAction } from '../../../../shared/evidence/index.js';
import { type Recorded, type GovernanceContext, Refusal, type RefusalCode } from '../../core/index.js';
import type { CatalogueResource } from './catalogue-resource.entity.js';
import { CatalogueFinding, CatalogueResult } from './catalogue-result.js';
import { EntryStore, type Step } from './entry-store.js';
import type { Finding } from '../checks/finding.rule.js';
import type { CatalogueState } from '../checks/vocabulary.rule.js';

/** What an act on an entry names. */
export interface Named {
  readonly code: string;
  /** Version that the caller saw. */
  readonly version: number;
}
interface Chosen {
  /** `open`: the revision that is worked on, else the one in force; `standing`: the one in force. */
  readonly on: 'open' | 'standing';
  readonly states: readonly CatalogueState[];
  /** Whether the caller may act on this entry. */
  readonly mine: (entry: CatalogueResource) => boolean;
}

/** Does something with one entry in the transaction that records it: finds the entry, sees that the caller may, that it is
 *  as the caller saw it and in a state for this. */
export function onEntry(
  { em, fetch, own }: GovernanceContext,
  { code, version }: Named,
  { on, states, mine }: Chosen,
  act: (entry: CatalogueResource, store: EntryStore, em: EntityManager) => Promise<Recorded<CatalogueResult>>,
): Promise<CatalogueResult> {
  return own.auditLog.transact(em, fetch, async (em) => {
    const store = new EntryStore(em, fetch, own.now);
    const entry = (on === 'open' ? await store.open(code) : null) ?? (await store.standing(code));
    if (!entry) return refused('RESOURCE_UNKNOWN', `There is no entry ${code}.`);
    if (!mine(entry))
      return refused('OTHER_DEPARTMENT', `${code} is ${entry.provider}'s; only its own department edits an entry.`, [
        'HZ-5.3a',
        'CZ-9.1d',
      ]);
    if (entry.version !== version)
      return refused(
        'STALE_VERSION',
        `${code} is at version ${entry.version} now, you saw ${version}. Look again.`,
        [],
        await store.since(entry, version),
      );
    if (!states.includes(entry.state))
      return refused('STATE_UNFIT', `${code} is ${entry.state}; this is done when it is ${states.join(' or ')}.`);
    return act(entry, store, em);
  });
}

/** An act that was done, with what its record says. */
export const decided = (
  act: AuditAction,
  resource: CatalogueResource,
  { reason, basis, attributes }: Partial<Step> = {},
  findings?: readonly Finding[],
): Recorded<CatalogueResult> => ({
  result: { resource, ...(findings && { findings: findings.map((finding) => CatalogueFinding.of(finding)) }) },
  decision: {
    ...{
      act,
      object: `resource/${resource.code}`,
      concerns: [resource.provider],
      reason: reason ?? undefined,
      basis: basis ?? undefined,
    },
    terms: {
      ...{ revision: resource.revision, version: resource.version, state: resource.state },
      ...(attributes &&
        attributes.length > 0 && { attributes: attributes.slice(0, 50).map(({ attribute }) => attribute) }),
    },
  },
});

export const refuse = (
  code: RefusalCode,
  message: string,
  clauses: readonly string[] = [],
  details?: readonly string[],
): CatalogueResult => ({ refusal: Refusal.because(code, message, clauses, details) });

export const refused = (...why: Parameters<typeof refuse>): Recorded<CatalogueResult> => ({ result: refuse(...why) });
