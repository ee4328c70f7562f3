import type { EntityManager } from '@mikro-orm/postgresql';
import type { Profile } from '../../../../shared/law/index.js';
import { anyOf, type Database } from '../../core/index.js';
import { findDepartments, findSystemNames } from '../../register/index.js';
import type { CatalogueItem } from '../entry/catalogue-item.entity.js';
import type { CatalogueResource } from '../entry/catalogue-resource.entity.js';
import { catalogueTables } from '../tables.js';
import { checkEntry } from './check-entry.rule.js';
import type { CheckFinding } from './check-finding.rule.js';
import type { CheckedEntry, Neighbour } from './checked-entry.type.js';

/** A revision with its items. */
export interface EntryWithItems {
  readonly entry: CatalogueResource;
  readonly items: readonly CatalogueItem[];
}

/** Checks an entry against all the others, under the law in force. */
export async function checkStoredEntry(
  em: EntityManager,
  entry: CatalogueResource,
  items: readonly CatalogueItem[],
  profile: Profile,
): Promise<CheckFinding[]> {
  return (await checkStoredEntries(em, [{ entry, items }], profile))[0]!;
}

/** Checks several entries at once.
 *  @returns  the findings of each entry, in the order given */
export async function checkStoredEntries(
  em: EntityManager,
  entries: readonly EntryWithItems[],
  profile: Profile,
): Promise<CheckFinding[][]> {
  const departments = new Map((await findDepartments(em)).map((department) => [department.code, department]));
  const neighbours = await readNeighbours(em, {
    levelOf: (provider) => departments.get(provider)?.level ?? null,
    withItems: entries.some(({ entry }) => entry.supplement),
  });
  const systems = await findSystemNames(em);
  return entries.map(({ entry, items }) => {
    const checked: CheckedEntry = {
      ...entry,
      creditCode: departments.get(entry.provider)?.creditCode ?? null,
      served: entry.subgraph != null,
      items,
    };
    return checkEntry(checked, profile, { neighbours: neighbours.filter(({ code }) => code !== entry.code), systems });
  });
}

interface NeighbourOptions {
  readonly levelOf: (provider: string) => string | null;
  /** Reads the items of the provincial entries too, for the check of supplements. */
  readonly withItems: boolean;
}

/** Reads the data entries that have been submitted or are in force. */
async function readNeighbours(database: Database, { levelOf, withItems }: NeighbourOptions): Promise<Neighbour[]> {
  const entries = await catalogueTables(database)
    .selectFrom('catalogue_resource')
    .select(['id', 'code', 'name', 'provider'])
    .where('superseded_at', 'is', null)
    .where('state', 'in', ['SUBMITTED', 'APPROVED', 'PUBLISHED'])
    .where('kind', '=', 'DATA')
    .execute();
  const provincial = withItems ? entries.filter(({ provider }) => levelOf(provider) === 'PROVINCE') : [];
  const items = await catalogueTables(database)
    .selectFrom('catalogue_item')
    .select(['resource', 'name'])
    .where('resource', '=', anyOf(provincial.map(({ id }) => id)))
    .execute();
  const names = Map.groupBy(items, ({ resource }) => resource);
  return entries.map(({ id, provider, ...same }) => ({
    ...same,
    provider,
    level: levelOf(provider),
    items: (names.get(id) ?? []).map(({ name }) => name),
  }));
}
