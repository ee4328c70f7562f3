import { z } from 'zod';
import type { Protection } from './read-model.js';

type Query = (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;

const PROTECTIONS_SQL = `
  select id, owner, kind, sealed, purposes, (extract(epoch from until_at) * 1000)::float8 as until
    from subject_protection where state in ('IN_FORCE', 'END_PROPOSED') order by id`;

const PURPOSE = z.object({ department: z.string(), scenario: z.string() });
const PROTECTION = z.object({
  id: z.string(),
  owner: z.string(),
  kind: z.enum(['PERSON', 'ORGANISATION']),
  sealed: z.string(),
  /** A purpose that cannot be read is none: the records are withheld from it. */
  purposes: z.array(z.unknown()).catch([]),
  until: z.number(),
});

/** Reads the protections in force, also those that end by their time.
 *  @throws ZodError when a row cannot be read: nothing may be given without it */
export async function readProtections(query: Query): Promise<readonly Protection[]> {
  return (await query(PROTECTIONS_SQL)).map((row) => {
    const { purposes, ...protection } = PROTECTION.parse(row);
    return { ...protection, purposes: purposes.flatMap((each) => PURPOSE.safeParse(each).data ?? []) };
  });
}
