import { actsFor, findGroundsProblem, type GovernanceContext, type Grounds } from '../../core/index.js';
import type { CatalogueResource } from '../entry/catalogue-resource.entity.js';
import type { CatalogueResult } from '../entry/catalogue-result.js';
import { type EntryReference, executeEntryCommand, refuse, toRecorded } from '../entry/execute-entry-command.js';
import { findHolders } from './find-holders.js';
import { publishItems, selectServedItems, unpublishItems } from './published-item.store.js';
import { refuseSecondSource } from './refuse-second-source.js';
import { say } from '../messages/index.js';

/** Takes an entry out of force until it is resumed: only its provider is given its items meanwhile. */
export async function suspendResource(
  context: GovernanceContext,
  reference: EntryReference,
  grounds: Grounds,
): Promise<CatalogueResult> {
  const requirement = { on: 'current', states: ['PUBLISHED'] } as const;
  return (
    refuseGrounds(grounds) ??
    executeEntryCommand(context, reference, requirement, async (entry, store, em) => {
      await unpublishItems(em, entry.code);
      const concerns = await findHolders(context, em, await store.readItems(entry));
      const step = { act: 'SUSPEND_RESOURCE', state: 'SUSPENDED', ...grounds } as const;
      return toRecorded('SUSPEND_RESOURCE', await store.changeRevision(entry, {}, step), { ...grounds, concerns });
    })
  );
}

/** Puts a suspended entry in force again. */
export async function resumeResource(
  context: GovernanceContext,
  reference: EntryReference,
  grounds: Grounds,
): Promise<CatalogueResult> {
  const problem = findGroundsProblem(grounds);
  if (problem) return refuse('GROUNDS_MALFORMED', problem);
  const requirement = { on: 'current', states: ['SUSPENDED'] } as const;
  return executeEntryCommand(context, reference, requirement, async (entry, store, em) => {
    const items = await store.readItems(entry);
    const taken = await publishItems(em, entry, selectServedItems(items));
    if (taken.length > 0) return { result: refuseSecondSource(taken) };
    const step = { act: 'RESUME_RESOURCE', state: 'PUBLISHED', ...grounds } as const;
    const concerns = await findHolders(context, em, items);
    return toRecorded('RESUME_RESOURCE', await store.changeRevision(entry, {}, step), { ...grounds, concerns });
  });
}

/** Drops a draft, or ends an entry in force. */
export async function withdrawResource(
  context: GovernanceContext,
  reference: EntryReference,
  grounds: Grounds,
): Promise<CatalogueResult> {
  const requirement = {
    on: 'open',
    states: ['DRAFT', 'SUBMITTED', 'CHANGES_REQUESTED', 'APPROVED', 'PUBLISHED', 'SUSPENDED'],
    mayAct: ({ provider }: CatalogueResource) => actsFor(provider, context.fetch),
  } as const;
  return (
    refuseGrounds(grounds) ??
    executeEntryCommand(context, reference, requirement, async (entry, store, em) => {
      if (entry.state === 'PUBLISHED') await unpublishItems(em, entry.code);
      const step = { act: 'WITHDRAW_RESOURCE', state: 'WITHDRAWN', ...grounds } as const;
      const withdrawn = await store.changeRevision(entry, {}, step);
      await store.removeFromSearch(withdrawn);
      const wasInForce = entry.state === 'PUBLISHED' || entry.state === 'SUSPENDED';
      const concerns = wasInForce ? await findHolders(context, em, await store.readItems(entry)) : [];
      return toRecorded('WITHDRAW_RESOURCE', withdrawn, { ...grounds, concerns });
    })
  );
}

/** Refuses grounds that cannot be recorded or give no reason. */
function refuseGrounds(grounds: Grounds): CatalogueResult | undefined {
  const problem = findGroundsProblem(grounds);
  if (problem) return refuse('GROUNDS_MALFORMED', problem);
  return grounds.reason == null ? refuse('REASON_MISSING', say('reason.missing')) : undefined;
}
