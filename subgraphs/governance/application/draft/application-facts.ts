import type { Coordinate, Role, ShareType } from '../../../../shared/kernel/index.js';

/** A published item that is applied for. */
export interface WantedItem {
  readonly coordinate: Coordinate;
  readonly provider: string;
  readonly shareType: ShareType;
  /** The provider belongs to a higher level of government than the hub's authority. */
  readonly higherLevel: boolean;
}
/** Facts of the register and the catalogue about an application. */
export interface ApplicationFacts {
  readonly department: string;
  readonly departmentName: string;
  readonly scenarios: readonly string[];
  /** Live duties of the department, by id. */
  readonly duties: readonly string[];
  /** Filled posts of the department. */
  readonly posts: readonly string[];
  /** Roles that no other department has. */
  readonly soleRoles?: readonly Role[];
  /** Published items among those applied for. */
  readonly items: readonly WantedItem[];
  /** Departments that publish data, and their level against that of the hub's authority. */
  readonly providers: ReadonlyMap<string, { readonly higherLevel: boolean }>;
  /** ms since the epoch. */
  readonly now: number;
}
