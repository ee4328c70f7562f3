import type { Coordinate, GrantMode, Role, ShareType, VerificationDetail } from '../../../../shared/kernel/index.js';

/** A published item that is applied for. */
export interface WantedItem {
  readonly coordinate: Coordinate;
  readonly provider: string;
  readonly shareType: ShareType;
  /** The provider belongs to a higher level of government than the hub's authority. */
  readonly higherLevel: boolean;
}
/** The same as is asked for, as an application that is open or a grant that is live already has it. */
export interface PriorTerms {
  /** Of the application or the grant. */
  readonly id: string;
  readonly scenario: string;
  readonly mode: GrantMode;
  /** Items that it asks for, or gives as whole values. */
  readonly coordinates: readonly string[];
  /** Division code prefixes; absent means every row. */
  readonly rows?: readonly string[] | undefined;
  readonly quotaPerDay?: number | undefined;
  readonly verificationDetails?: readonly VerificationDetail[] | undefined;
  /** Instant at which it ends, ms since the epoch. */
  readonly until: number;
}
export interface OpenApplication extends PriorTerms {
  readonly state: 'DRAFT' | 'SUBMITTED';
  /** Key of the data that it describes because no catalogue has it. */
  readonly need?: string | undefined;
}
export interface LiveGrant extends PriorTerms {
  readonly suspended: boolean;
}

/** Facts of the register, the catalogue and earlier applications about an application. */
export interface ApplicationFacts {
  readonly department: string;
  readonly departmentName: string;
  readonly scenarios: readonly string[];
  /** Live duties of the department, by id. */
  readonly duties: readonly string[];
  /** Active officers of the department among the persons that the application names. */
  readonly officers: readonly string[];
  /** Filled posts of the department. */
  readonly posts: readonly string[];
  /** Roles that no other department has. */
  readonly soleRoles?: readonly Role[];
  /** Published items among those applied for. */
  readonly items: readonly WantedItem[];
  /** Departments that publish data, and their level against that of the hub's authority. */
  readonly providers: ReadonlyMap<string, { readonly higherLevel: boolean }>;
  /** Other applications of the department that the caller may see and that are drafts or not decided. */
  readonly open: readonly OpenApplication[];
  /** Grants of the department that have not ended; without the one that the application renews. */
  readonly grants: readonly LiveGrant[];
  /** ms since the epoch. */
  readonly now: number;
}
