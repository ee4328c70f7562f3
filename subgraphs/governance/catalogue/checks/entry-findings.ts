import type { EntityManager } from '@mikro-orm/postgresql';
import type { Profile } from '../../../../shared/law/index.js';
import { queryIn } from '../../core/index.js';
import type { CatalogueItem } from '../entry/catalogue-item.entity.js';
import type { CatalogueResource } from '../entry/catalogue-resource.entity.js';
import { checkEntry } from './check-entry.rule.js';
import type { CheckedEntry, Finding, Neighbour } from './finding.rule.js';

/** A revision with its items. */
export interface WholeEntry {
  readonly entry: CatalogueResource;
  readonly items: readonly CatalogueItem[];
}

/** What is wrong or doubtful with an entry, among all the others, under the law in force. */
export async function findingsOf(
  em: EntityManager,
  entry: CatalogueResource,
  items: readonly CatalogueItem[],
  profile: Profile,
): Promise<Finding[]> {
  return (await findingsOfAll(em, [{ entry, items }], profile))[0]!;
}

/** The same of several entries at once.
 *  @returns  for each entry, in the order given */
export async function findingsOfAll(
  em: EntityManager,
  entries: readonly WholeEntry[],
  profile: Profile,
): Promise<Finding[][]> {
  const query = queryIn(em);
  const providers = await query('select code, credit_code from department where code = any($1::text[])', [
    [...new Set(entries.map(({ entry }) => entry.provider))],
  ]);
  const creditCodes = new Map(providers.map((row) => [row['code'], row['credit_code'] as string | null]));
  const others = await query(
    `select entry.id, entry.code, entry.name, entry.provider, department.level
       from catalogue_resource entry join department on department.code = entry.provider
      where entry.superseded_at is null and entry.state in ('SUBMITTED', 'APPROVED', 'PUBLISHED')
        and entry.kind = 'DATA'`,
  );
  const supplements = entries.some(({ entry }) => entry.supplement);
  const provincial = supplements ? others.filter(({ level }) => level === 'PROVINCE').map(({ id }) => id) : [];
  const itemRows =
    provincial.length === 0
      ? []
      : await query('select resource, name from catalogue_item where resource = any($1::text[])', [provincial]);
  const names = Map.groupBy(itemRows, ({ resource }) => resource);
  const neighbours = others.map((other): Neighbour => ({
    ...{ code: String(other['code']), name: String(other['name']), provider: String(other['provider']) },
    level: other['level'] as string | null,
    items: (names.get(other['id']) ?? []).map(({ name }) => String(name)),
  }));
  const systems = (await query('select name from registered_system')).map(({ name }) => String(name));
  return entries.map(({ entry, items }) => {
    const checked: CheckedEntry = {
      ...entry,
      creditCode: creditCodes.get(entry.provider) ?? null,
      served: entry.subgraph != null,
      items,
    };
    return checkEntry(checked, profile, { neighbours: neighbours.filter(({ code }) => code !== entry.code), systems });
  });
}
