import { cleanText, findTextProblem, type GovernanceContext } from '../../core/index.js';
import { isDutyOf } from './is-duty-of.js';
import { checkStoredEntry } from '../checks/check-stored-entries.js';
import { applyDescription } from './apply-description.js';
import type { CatalogueResult } from './catalogue-result.js';
import { EntryStore, type ResourceRow } from './entry.store.js';
import { refuse, toRecorded } from './execute-entry-command.js';
import { refuseDescription, refuseItems } from './refuse-description.js';
import type { ResourceInput } from './resource-input.js';
import { say } from '../messages/index.js';

/** Begins an entry of data that no subgraph serves; a served one comes from its schema. */
export async function createResource(
  { em, fetch, own }: GovernanceContext,
  input: ResourceInput,
): Promise<CatalogueResult> {
  const nameProblem = findTextProblem('name', input.name, { max: 100 });
  const refused = refuseDescription(input, own, [
    ...(nameProblem ? [nameProblem] : []),
    ...(/^\d[\d/]{2,30}$/.test(input.code) ? [] : [say('entry.code')]),
  ]);
  if (refused) return refused;
  const { code, category, library } = input;
  const misnamed = refuseItems(code, [], input.items);
  if (misnamed) return misnamed;
  const provider = fetch.department;
  return own.auditLog.transact(em, fetch, async (em) => {
    const store = new EntryStore(em, fetch, own.now);
    if ((await store.findOpen(code)) ?? (await store.findCurrent(code)))
      return { result: refuse('RESOURCE_KNOWN', say('entry.known', { code })) };
    if (input.duty !== undefined && !(await isDutyOf(em, input.duty, provider)))
      return { result: refuse('DUTY_UNKNOWN', say('entry.duty', { provider, duty: input.duty })) };
    const row: ResourceRow = {
      code,
      kind: 'DATA',
      name: cleanText(input.name),
      provider,
      category,
      library,
      opennessBasis: [],
      legalBasis: [],
      related: [],
      supplement: false,
    };
    const created = await store.createRevision(row, [], { act: 'DESCRIBE_RESOURCE' });
    const { resource } = await applyDescription(created, [], input, store);
    const findings = await checkStoredEntry(em, resource, await store.readItems(resource), own.profile);
    return toRecorded('DESCRIBE_RESOURCE', resource, {}, findings);
  });
}
