import type { GovernanceContext } from '../../core/index.js';
import { checkStoredEntry } from '../checks/check-stored-entries.js';
import { applyDescription } from './apply-description.js';
import type { CatalogueResult } from './catalogue-result.js';
import { type EntryReference, executeEntryCommand, refuse, toRecorded } from './execute-entry-command.js';
import { isDutyOf } from './is-duty-of.js';
import { refuseDescription, refuseItems } from './refuse-description.js';
import type { ResourceDetails } from './resource-input.js';
import { say } from '../messages/index.js';

/** Adds to an entry what its schema cannot state; on an entry in force it begins a new revision. */
export async function describeResource(
  context: GovernanceContext,
  reference: EntryReference,
  details: ResourceDetails,
): Promise<CatalogueResult> {
  const { fetch, own } = context;
  const refused = refuseDescription(details, own);
  if (refused) return refused;
  const requirement = {
    on: 'open',
    states: ['DRAFT', 'CHANGES_REQUESTED', 'PUBLISHED'],
    mayAct: ({ provider }: { readonly provider: string }) => provider === fetch.department,
  } as const;
  return executeEntryCommand(context, reference, requirement, async (entry, store, em) => {
    if (details.duty !== undefined && !(await isDutyOf(em, details.duty, entry.provider)))
      return { result: refuse('DUTY_UNKNOWN', say('entry.duty', { provider: entry.provider, duty: details.duty })) };
    const misnamed = refuseItems(entry.code, await store.readItems(entry), details.items);
    if (misnamed) return { result: misnamed };
    const draft = entry.state === 'PUBLISHED' ? await store.copyRevision(entry, { act: 'DESCRIBE_RESOURCE' }) : entry;
    const items = await store.readItems(draft);
    const { resource, attributes } = await applyDescription(draft, items, details, store);
    const findings = await checkStoredEntry(em, resource, await store.readItems(resource), own.profile);
    return toRecorded('DESCRIBE_RESOURCE', resource, { attributes }, findings);
  });
}
