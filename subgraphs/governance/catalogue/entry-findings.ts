import type { EntityManager } from '@mikro-orm/postgresql';
import type { Profile } from '../../../shared/law/index.js';
import { queryIn } from '../act/query-in.js';
import type { CatalogueItem } from './catalogue-item.entity.js';
import type { CatalogueResource } from './catalogue-resource.entity.js';
import { checkEntry } from './check-entry.rule.js';
import type { CheckedEntry, Finding, Neighbour } from './finding.rule.js';

/** What is wrong or doubtful with an entry, among all the others, under the law in force. */
export async function findingsOf(
  em: EntityManager,
  entry: CatalogueResource,
  items: readonly CatalogueItem[],
  profile: Profile,
): Promise<Finding[]> {
  const query = queryIn(em);
  const [provider] = await query('select credit_code from department where code = $1', [entry.provider]);
  const others = await query(
    `select entry.id, entry.code, entry.name, entry.provider, department.level
       from catalogue_resource entry join department on department.code = entry.provider
      where entry.superseded_at is null and entry.state in ('SUBMITTED', 'APPROVED', 'PUBLISHED')
        and entry.kind = 'DATA' and entry.code <> $1`,
    [entry.code],
  );
  const provincial = entry.supplement ? others.filter(({ level }) => level === 'PROVINCE').map(({ id }) => id) : [];
  const itemRows =
    provincial.length === 0
      ? []
      : await query('select resource, name from catalogue_item where resource = any($1::text[])', [provincial]);
  const neighbours = others.map((other): Neighbour => ({
    ...{ code: String(other['code']), name: String(other['name']), provider: String(other['provider']) },
    level: other['level'] as string | null,
    items: itemRows.filter(({ resource }) => resource === other['id']).map(({ name }) => String(name)),
  }));
  const systems = (await query('select name from registered_system')).map(({ name }) => String(name));
  const checked: CheckedEntry = {
    ...entry,
    creditCode: provider?.['credit_code'] as string | null,
    served: entry.subgraph != null,
    items,
  };
  return checkEntry(checked, profile, { neighbours, systems });
}
