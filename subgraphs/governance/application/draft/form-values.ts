import type { GrantMode, VerificationDetail } from '../../../../shared/kernel/index.js';

/** Values of an application's form so far. */
export interface FormValues {
  readonly scenario?: string | undefined;
  readonly special?: boolean | undefined;
  /** Persons who see an application by special procedure. */
  readonly applicants?: readonly string[] | undefined;
  readonly mode?: GrantMode | undefined;
  readonly coordinates?: readonly string[] | undefined;
  readonly uncatalogued?: { readonly provider: string; readonly description: string } | undefined;
  readonly duty?: string | undefined;
  readonly need?: string | undefined;
  readonly reason?: string | undefined;
  readonly use?: string | undefined;
  readonly uses?: readonly string[] | undefined;
  readonly scopeOfUse?: string | undefined;
  readonly securityMeasures?: string | undefined;
  readonly contactName?: string | undefined;
  readonly contactPhone?: string | undefined;
  readonly bulkFinding?: string | undefined;
  readonly rows?: readonly string[] | undefined;
  /** ISO 8601 instants. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly quotaPerDay?: number | undefined;
  readonly verificationDetails?: readonly VerificationDetail[] | undefined;
}
