import { askAsPerson } from '../ask-as-person.js';

/** Steps of many entries at once: the states they are taken in, and the mutation. */
export const STEPS = {
  submit: {
    states: ['DRAFT', 'CHANGES_REQUESTED'],
    field: 'submitResources',
    says: 'submit the drafts',
    decides: false,
  },
  review: { states: ['SUBMITTED'], field: 'reviewResources', says: 'approve the submitted entries', decides: true },
  examine: {
    states: ['SUBMITTED', 'APPROVED'],
    field: 'examineSecrecyOfResources',
    says: 'examine the submitted entries for secrecy',
    decides: true,
  },
  publish: {
    states: ['APPROVED'],
    field: 'publishResources',
    says: 'put the approved entries in force',
    decides: false,
  },
} as const;
export type StepName = keyof typeof STEPS;

const PAGE = 100;
interface Entry {
  readonly code: string;
  readonly version: number;
}
interface Page {
  readonly nodes: readonly Entry[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}
interface StepResult {
  readonly resource: { readonly code: string; readonly state: string } | null;
  readonly refusal: {
    readonly code: string;
    readonly message: string;
    readonly details: readonly string[] | null;
  } | null;
}

/** Takes one step with every entry of a department that waits for it. Exit code 1 where an entry was refused. */
export async function stepAll(
  name: StepName,
  { provider, url }: { readonly provider: string; readonly url?: string },
): Promise<void> {
  const { states, field, decides } = STEPS[name];
  const entries: Entry[] = [];
  for (const state of states) entries.push(...(await readEntries(provider, state, url)));
  const mutation = `mutation ($entries: [EntryVersion!]!) { result: ${field}(entries: $entries${decides ? ', approve: true' : ''}) {
    resource { code state } refusal { code message details } } }`;
  let taken = 0;
  for (let at = 0; at < entries.length; at += PAGE) {
    const some = entries.slice(at, at + PAGE);
    const results = await askAsPerson<readonly StepResult[]>(url, mutation, { entries: some });
    for (const [index, { refusal }] of results.entries()) {
      if (!refusal) taken++;
      else
        process.stderr.write(
          `${some[index]!.code}\t${refusal.code}\t${[refusal.message, ...(refusal.details ?? [])].join(' ')}\n`,
        );
    }
  }
  if (taken < entries.length) process.exitCode = 1;
  process.stdout.write(`${taken} of ${entries.length} entries\n`);
}

async function readEntries(provider: string, state: string, url: string | undefined): Promise<Entry[]> {
  const query = `query ($provider: String!, $state: CatalogueState!, $after: String) {
    result: catalogueResources(provider: $provider, state: $state, first: ${PAGE}, after: $after) {
      nodes { code version } pageInfo { hasNextPage endCursor } } }`;
  const entries: Entry[] = [];
  let after: string | null = null;
  do {
    const page: Page = await askAsPerson<Page>(url, query, { provider, state, after });
    entries.push(...page.nodes);
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  return entries;
}
