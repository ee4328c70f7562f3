import type { GovernanceContext } from '../../core/index.js';
import { findVacancy } from '../../register/index.js';
import { checkStoredEntry } from '../checks/check-stored-entries.js';
import { readReviewSteps } from '../review/entry-review.rule.js';
import { CatalogueFinding } from '../checks/catalogue-finding.js';
import type { CatalogueResult } from './catalogue-result.js';
import { type EntryReference, executeEntryCommand, refuse, toRecorded } from './execute-entry-command.js';
import { say } from '../messages/index.js';

/** Submits an entry for review; refused with everything that is wrong with it. @source HZ-5.3b, QZ-9.2d */
export function submitResource(context: GovernanceContext, reference: EntryReference): Promise<CatalogueResult> {
  const { fetch, own } = context;
  const requirement = {
    on: 'open',
    states: ['DRAFT', 'CHANGES_REQUESTED'],
    mayAct: ({ provider }: { readonly provider: string }) => provider === fetch.department,
  } as const;
  return executeEntryCommand(context, reference, requirement, async (entry, store, em) => {
    const vacancy = await findVacancy(em, entry.provider, own.profile);
    if (vacancy) return { result: { refusal: vacancy } };
    const findings = await checkStoredEntry(em, entry, await store.readItems(entry), own.profile);
    const errors = findings.filter(({ severity }) => severity === 'ERROR');
    if (errors.length > 0) {
      const message = say('entry.errors', { count: errors.length, code: entry.code });
      const clauses = [...new Set(errors.flatMap((finding) => finding.clauses))];
      const details = errors.map((finding) => finding.message);
      return {
        result: {
          ...refuse('RESOURCE_INCOMPLETE', message, clauses, details),
          findings: findings.map((finding) => CatalogueFinding.of(finding)),
        },
      };
    }
    const changes = {
      process: readReviewSteps(own.profile),
      reviews: [],
      submittedAt: new Date(own.now()),
      submittedBy: fetch.person ?? fetch.system,
    };
    const submitted = await store.changeRevision(entry, changes, { act: 'SUBMIT_RESOURCE', state: 'SUBMITTED' });
    return toRecorded('SUBMIT_RESOURCE', submitted, {}, findings);
  });
}
