import type { DeclaredItem } from '../../shared/declaration/index.js';
import type { Omitted, SourceService } from './sources/source-table.js';
import type { ProposedShare } from './propose-share.js';

/** A declaration before a person has confirmed it, with the remarks that stand beside its parts. */
export interface Draft {
  readonly subgraph: string;
  readonly department: string;
  /** Registered source that has the tables; undefined for tables that the hub keeps. */
  readonly database: string | undefined;
  /** Registered service that gives the rows; undefined for tables. */
  readonly service?: string | undefined;
  readonly types: readonly DraftType[];
  readonly omitted: readonly Omitted[];
}
export interface DraftType {
  readonly name: string;
  readonly title: string;
  readonly table: string;
  readonly code: string;
  readonly keys: readonly (readonly string[])[];
  readonly keyRemark?: string | undefined;
  readonly items: readonly DraftItem[];
  /** Undefined where a service gives no list. */
  readonly list?: { readonly name: string; readonly filters: readonly string[] } | undefined;
  readonly lookup: { readonly name: string; readonly key: readonly string[] };
  readonly relations: readonly DraftRelation[];
  /** Calls of the service, in the names of the items. */
  readonly service?: SourceService | undefined;
  readonly omitted: readonly Omitted[];
}
export interface DraftItem {
  readonly name: string;
  readonly column: string;
  /** Place in a row of a service, where the column is no plain member of it. */
  readonly at?: string | undefined;
  readonly title: string;
  readonly type: DeclaredItem['type'];
  readonly required: boolean;
  readonly format?: DeclaredItem['format'];
  readonly values?: readonly string[] | undefined;
  readonly subject?: DeclaredItem['subject'];
  readonly scope?: 'division';
  readonly share?: ProposedShare | undefined;
  readonly remarks: readonly string[];
}
export interface DraftRelation {
  readonly name: string;
  readonly title: string;
  readonly type: string;
  /** Key item of the other type → own item. */
  readonly key: Readonly<Record<string, string>>;
}
