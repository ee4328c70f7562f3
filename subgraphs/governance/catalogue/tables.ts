import type { InferClassEntityDB } from '@mikro-orm/sql';
import type { Generated } from 'kysely';
import type { ShareType } from '../../../shared/kernel/index.js';
import { type Database, openTables } from '../core/index.js';
import type { CatalogueChange } from './entry/catalogue-change.entity.js';
import type { CatalogueItem } from './entry/catalogue-item.entity.js';
import type { CatalogueResource } from './entry/catalogue-resource.entity.js';
import type { SearchSynonym } from './search/search-synonym.entity.js';
import type { CatalogueTask } from './maintenance/catalogue-task.entity.js';

type EntityTables = InferClassEntityDB<
  typeof CatalogueResource | typeof CatalogueItem | typeof CatalogueChange | typeof CatalogueTask | typeof SearchSynonym
>;

/** Columns of the catalogue's tables. */
export type CatalogueTables = Omit<EntityTables, 'catalogue_item' | 'catalogue_change'> & {
  catalogue_item: EntityTables['catalogue_item'] & SearchColumns;
  catalogue_change: Omit<EntityTables['catalogue_change'], 'id'> & { id: Generated<string> };
  catalogue_maintenance: CatalogueMaintenanceTable;
  published_item: PublishedItemTable;
};

/** Search vectors of an item; null while a search does not find it. */
interface SearchColumns {
  words: string | null;
  grams: string | null;
}

/** Departments that have gone through their whole catalogue in a year. */
interface CatalogueMaintenanceTable {
  department: string;
  year: number;
  confirmed_at: Date;
  confirmed_by: string | null;
  note: string | null;
}

/** Items that are in force; the gateway reads them with its read model. */
interface PublishedItemTable {
  coordinate: string;
  resource: string;
  provider: string;
  share_type: ShareType;
  title: string | null;
  basic: boolean | null;
  library: string | null;
}

export const catalogueTables = (database: Database) => openTables<CatalogueTables>(database);
