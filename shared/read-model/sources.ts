import { z } from 'zod';
import { SOURCE_KINDS, SOURCE_TLS, type RegisteredSource } from '../sources/registered-source.js';
import { SOURCE_FAULTS, type SourceFaultCode } from '../sources/source-fault.js';
import type { SnapshotQuery } from './read-snapshot.js';

/** A fault of a source as its department reads it. */
export interface ReportedFault {
  readonly code: SourceFaultCode;
  readonly detail?: string;
}

const absent = z
  .string()
  .nullish()
  .transform((text) => text ?? undefined);
const ROWS = z.array(
  z.object({
    id: z.string(),
    department: z.string(),
    name: z.string(),
    kind: z.enum(SOURCE_KINDS),
    address: z.string(),
    database: absent,
    user: absent,
    tls: z.enum(SOURCE_TLS),
    caCertificate: absent,
    tokenAddress: absent,
    tokenScope: absent,
    credential: absent,
  }),
);

/** Reads the sources in force, with their sealed credentials. A source stands also under every department that has passed to its
 *  own by a reform: declarations name the department of their time. */
export const readSources = async (query: SnapshotQuery): Promise<readonly RegisteredSource[]> =>
  ROWS.parse(
    await query(
      `with recursive formerly(code, was) as (
         select code, code from department
         union select formerly.code, from_department from department_succession
           join formerly on was = to_department where kind = 'DEPARTMENT')
       select id, was as department, name, kind, address, database_name as "database", account as "user", tls,
              ca_certificate as "caCertificate", token_address as "tokenAddress", token_scope as "tokenScope", sealed as credential
         from data_source join formerly on formerly.code = data_source.department
         left join source_credential on source = id where state = 'ACTIVE' order by id, was`,
    ),
  );

/** Tells governance what is wrong with a source, or that nothing is. */
export async function reportSource(
  query: SnapshotQuery,
  { id, faults }: { readonly id: string; readonly faults: readonly ReportedFault[] },
): Promise<void> {
  const shown = faults
    .filter(({ code }) => Object.hasOwn(SOURCE_FAULTS, code))
    .slice(0, 50)
    .map(({ code, detail }) => ({ code, ...(detail !== undefined && { detail: detail.slice(0, 300) }) }));
  await query(
    `update data_source set faults = $2::jsonb, faults_since = case when $2::jsonb = '[]'::jsonb then null else now() end
      where id = $1 and state = 'ACTIVE' and faults <> $2::jsonb`,
    [id, JSON.stringify(shown)],
  );
}
