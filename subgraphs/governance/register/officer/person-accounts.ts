import { sql, type SqlBool } from 'kysely';
import type { SubjectHash } from '../../../../shared/evidence/keys/index.js';
import { normaliseIdentityNumber } from '../../../../shared/kernel/identity-number.js';
import { HubError } from '../../../../shared/kernel/index.js';
import { anyOf, type Database, type GovernanceOwn } from '../../core/index.js';
import { registerTables } from '../tables.js';
import { say } from '../messages/index.js';

/** Hashes an identity number under every key that is kept. The prefix keeps officers from being found among the subjects of
 *  access records.
 *  @returns undefined for what is no identity number
 *  @throws HubError NOT_READY when this subgraph was given no keys */
export function hashIdentity(
  { hashesOf }: Pick<GovernanceOwn, 'hashesOf'>,
  typed: string,
): readonly SubjectHash[] | undefined {
  const number = normaliseIdentityNumber(typed);
  if (number === undefined) return undefined;
  if (!hashesOf) throw new HubError('NOT_READY', say('officer.noKeys'));
  return hashesOf(`OFFICER:${number}`);
}

/** Another account of a person. */
export interface PersonAccount {
  readonly subject: string;
  readonly department: string;
  readonly suspended: boolean;
}

/** Finds the accounts with the same identity number as an account, the one registered first before the others. */
export async function findAccountsByIdentity(
  database: Database,
  subject: string,
  identity: readonly SubjectHash[],
): Promise<PersonAccount[]> {
  const wanted = sql`${JSON.stringify(identity)}::jsonb`;
  return registerTables(database)
    .selectFrom('officer')
    .select(['subject', 'department', 'suspended'])
    .where('subject', '<>', subject)
    .where(
      (eb) =>
        sql<SqlBool>`exists (select from jsonb_array_elements(${eb.ref('identity')}) as known,
                                       jsonb_array_elements(${wanted}) as wanted where known = wanted)`,
    )
    .orderBy((eb) => eb(eb.fn.coalesce('person', 'subject'), '<>', eb.ref('subject')))
    .orderBy('subject')
    .execute();
}

/** Notes that accounts are of one person. What any of them did or does counts as done by the person. */
export async function linkAccounts(database: Database, subjects: readonly string[]): Promise<void> {
  if (subjects.length < 2) return;
  const tables = registerTables(database);
  const persons = await tables
    .selectFrom('officer')
    .select((eb) => sql<string>`coalesce(${eb.ref('person')}, ${eb.ref('subject')})`.as('person'))
    .where('subject', '=', anyOf(subjects))
    .execute();
  await tables
    .updateTable('officer')
    .set({ person: subjects[0]! })
    .where((eb) => eb(eb.fn.coalesce('person', 'subject'), '=', anyOf(persons.map(({ person }) => person))))
    .execute();
}

/** Finds every account of the person behind one, itself too; only the account itself where no other is known. */
export async function findAccounts(database: Database, subject: string): Promise<string[]> {
  const rows = await registerTables(database)
    .selectFrom('officer')
    .innerJoin('officer as own', (join) =>
      join.on((eb) =>
        eb(eb.fn.coalesce('own.person', 'own.subject'), '=', eb.fn.coalesce('officer.person', 'officer.subject')),
      ),
    )
    .select('officer.subject')
    .where('own.subject', '=', subject)
    .orderBy('officer.subject')
    .execute();
  return [subject, ...rows.map((row) => row.subject).filter((other) => other !== subject)];
}
