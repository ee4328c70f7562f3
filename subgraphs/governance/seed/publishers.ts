import { join } from 'node:path';
import { readPublishers } from '../../../shared/config/read-publishers.js';
import type { BulkInsert } from '../../../shared/database/index.js';
import { schemaFolder } from '../../../shared/law/schema-folder.js';

/** The permits and consents of the demo: those that `compose` and `check` read where no hub is at hand. */
export async function insertPublishers(insert: BulkInsert, since: string): Promise<void> {
  const { publishers, consents } = readPublishers(join(schemaFolder(), 'publishers.yaml'));
  const permits = [...publishers].flatMap(([subgraph, departments]) =>
    departments.map((department) => ({ subgraph, department, isOneOfSeveral: departments.length > 1 })),
  );
  await insert(
    'subgraph_publisher',
    { id: 'text', subgraph: 'text', department: 'text', given_at: 'timestamptz', given_by: 'text', reason: 'text' },
    permits.map(({ subgraph, department, isOneOfSeveral }, at) => [
      `P-D${String(at + 1).padStart(3, '0')}`,
      subgraph,
      department,
      since,
      'wang.min',
      isOneOfSeveral ? '多部门共用同一系统，经主管部门同意' : null,
    ]),
  );
  await insert(
    'owner_consent',
    {
      id: 'text',
      item: 'text',
      identity: 'text',
      owner: 'text',
      receiver: 'text',
      receiver_subgraph: 'text',
      use: 'text',
      coordinate: 'text',
      purpose: 'text',
      until_at: 'timestamptz',
      proposed_at: 'timestamptz',
      proposed_by: 'text',
      proposing_department: 'text',
      first_at: 'timestamptz',
      first_by: 'text',
      second_at: 'timestamptz',
      second_by: 'text',
    },
    consents.map((consent) => [
      consent.id,
      consent.item,
      consent.identity ?? null,
      consent.owner,
      consent.receiver,
      consent.receiverSubgraph,
      consent.use,
      consent.coordinate,
      consent.purpose,
      new Date(consent.until).toISOString(),
      since,
      consent.proposedBy,
      consent.receiver,
      since,
      consent.decidedBy?.[0],
      since,
      consent.decidedBy?.[1],
    ]),
  );
}
