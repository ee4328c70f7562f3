import { hash } from 'node:crypto';
import { sql } from 'kysely';
import type pg from 'pg';
import { parseDeclaration } from '../../../../shared/declaration/index.js';
import type { PullOrder } from '../../../../shared/pulling/read-source.store.js';
import type { PublishedDeclaration } from '../../../../shared/read-model/read-declarations.js';
import { currentProvider } from '../../../../shared/share/succession/succession.js';
import { readSuccessions } from '../../register/index.js';
import { loadingTables } from '../tables.js';

/** A pull that a published declaration asks for. */
export interface PlannedPull extends Omit<PullOrder, 'since'> {
  readonly id: string;
  readonly subgraph: string;
  /** Hash of what the declaration says of it. */
  readonly definition: string;
}

/** The pulls of a declaration. */
export function pullsOf({ subgraph, declaration: text }: PublishedDeclaration): PlannedPull[] {
  const { declaration } = parseDeclaration(text);
  if (!declaration) return [];
  const { department } = declaration;
  return Object.entries(declaration.types).flatMap(([name, type]): PlannedPull[] => {
    const pull = type.from.hosted?.pull;
    if (!pull) return [];
    const definition = hash('sha256', JSON.stringify([pull, type.items, type.keys]), 'hex');
    return [{ id: `${subgraph}.${name}`, subgraph, department, name, type, pull, definition }];
  });
}

/** Writes down which pulls there are. One that is new, or is declared otherwise than before, is due at once, and begins without
 *  a watermark.
 *  @param pulls  of all declarations in force */
export async function planPulls(pool: pg.Pool, pulls: readonly PlannedPull[], now: number): Promise<void> {
  const tables = loadingTables(pool);
  const successions = await readSuccessions(pool);
  for (const { id, subgraph, name, type, department: declared, pull, definition } of pulls) {
    const department = currentProvider(declared, type.resource.code, successions);
    const planned = {
      ...{ source: pull.service ?? pull.database!, every: pull.every, definition, next_at: new Date(now) },
      ...{ pending: null, watermark: null, load: null },
    };
    await tables
      .insertInto('pull')
      .values({ id, subgraph, type: name, department, failures: 0, ...planned })
      .onConflict((conflict) =>
        conflict
          .column('id')
          .doUpdateSet({ department, ...planned })
          .where(sql<boolean>`pull.definition <> excluded.definition`),
      )
      .execute();
  }
  const ids = pulls.map(({ id }) => id);
  await tables
    .deleteFrom('pull')
    .where(sql<boolean>`id <> all(${ids}::text[])`)
    .execute();
}
