import type { GrantMode, Mask, VerificationDetail } from '../kernel/index.js';

/** Evidence of one operation. No token, no field value, no literal of the query is in it.
 *  @source share-rules section 5; QZ-8.2e, YN-33c */
export interface AccessRecord {
  readonly kind: 'access';
  /** ISO 8601 instant at which the request came. */
  readonly time: string;
  readonly requestId: string;
  readonly department?: string;
  /** The department's name at the time. */
  readonly departmentName?: string | undefined;
  readonly system?: string;
  readonly person?: string;
  readonly scenario?: string;
  /** The scenario's purpose as registered. */
  readonly purpose?: string;
  /** Grants the release rests on, and who decided them. */
  readonly approvals: readonly {
    readonly grant: string;
    readonly approver: string;
    readonly basis: readonly string[];
    /** Uses that the answer takes of the grant's daily quota; absent where none counts. */
    readonly uses?: number | undefined;
  }[];
  /** Consents of owners that inputs were sent under, and who decided them; absent where there are none.
   *  @source share-rules section 1, rule 10 */
  readonly consents?: readonly UsedConsent[];
  /** SHA-256 of the operation, hex; absent when the request never became one. */
  readonly operation?: string;
  readonly operationName?: string;
  /** SHA-256 of the operation's text, hex, where the client named it so or the system has registered operations. */
  readonly document?: string | undefined;
  /** Items of which a value left. In records from before the outcomes below were kept: items that were allowed. */
  readonly released: readonly string[];
  /** Items that were refused, and those by which a refused field would have been filtered or computed. */
  readonly denied: readonly { readonly coordinate: string; readonly code: string }[];
  /** Fetched to answer (keys, required inputs, subjects) and never given out. */
  readonly internal: readonly string[];
  /** Given de-identified only. Like every outcome below, left out where there is none. */
  readonly masked?: readonly string[] | undefined;
  /** Asked for and allowed, but there was no record, or no value in it. */
  readonly absent?: readonly string[] | undefined;
  /** Asked for and allowed, but lost to a failure. */
  readonly unavailable?: readonly string[] | undefined;
  /** Items that the rows of the answer were filtered or sorted by. */
  readonly filtered?: readonly string[] | undefined;
  /** Items that were compared with claims. What was claimed stands in no record. @source QZ-5.4d */
  readonly compared?: readonly string[] | undefined;
  /** The hub itself compared some of these items with claims: it read them, and they are among `internal` too. Absent where providers'
   *  subgraphs did. */
  readonly comparedBy?: 'HUB' | undefined;
  /** Items that statistics were grouped, restricted or summed by. */
  readonly aggregated?: readonly string[] | undefined;
  /** Items sent to subgraphs, as keys and required inputs, by name of the subgraph. */
  readonly sent?: Readonly<Record<string, readonly string[]>> | undefined;
  /** De-identified forms under which items were given. */
  readonly masks?: Readonly<Record<string, Mask>> | undefined;
  /** Divisions within which items, and the rows of types, were given. */
  readonly scopes?: Readonly<Record<string, readonly string[]>> | undefined;
  readonly rowScopes?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Answers beyond one outcome for all claims that might be given, by item that was compared. */
  readonly details?: Readonly<Record<string, readonly VerificationDetail[]>> | undefined;
  /** Items under correction in the answer: a change of the digest proves a change of the value. */
  readonly disputes?: readonly DisputedUse[] | undefined;
  /** Keyed hashes of the subjects whose records were given, and of those whom an argument named. */
  readonly subjects: readonly string[];
  /** Id of the key under which they were hashed; absent where there are none. */
  readonly subjectKey?: string;
  /** Subjects in all, also those beyond the list. */
  readonly subjectCount: number;
  /** Objects given, by type. */
  readonly rows: Readonly<Record<string, number>>;
  /** VERIFY or STATISTICS where nothing was given but outcomes of comparisons or statistics. */
  readonly mode: GrantMode;
  /** Medium of the handover (介质类型): an answer on the line, or a file. @source QZ-8.2e */
  readonly medium: 'ONLINE' | 'FILE';
  readonly outcome: Outcome;
  /** Code of the error that ended the request, when one did. */
  readonly code?: string;
  /** Number of refusals of this kind within one second that it stands for, when they came too fast to be kept one by one. */
  readonly repeated?: number;
  /** Version of the governance view that decided. */
  readonly grantVersion?: number;
  readonly graphVersion?: string;
  readonly milliseconds: number;
}

/** An item under correction as an answer gave it. */
export interface DisputedUse {
  /** Number of the correction. */
  readonly correction: string;
  readonly item: string;
  /** Keyed digest of the values with their places, base64url; absent where some value was masked. The key is destroyed when
   *  the correction is closed. */
  readonly digest?: string;
}

/** A consent that a use rests on. Records from before its owner was kept name neither owner nor item. */
export interface UsedConsent {
  readonly consent: string;
  /** Department code. Stands right behind the id, so that a consent can be found with its owner in a line. */
  readonly owner?: string;
  readonly item?: string;
  /** Persons of the owner. */
  readonly decidedBy: readonly string[];
}

/** `answered` whole, `partial` with refusals or failures in it, `refused` before execution, `failed` by a fault,
 *  `introspected` when only the schema was asked for, which is no use of a scenario. */
export type Outcome = 'answered' | 'partial' | 'refused' | 'failed' | 'introspected';

/** Outcomes of items that a record names only where there are some. */
export const FURTHER_OUTCOMES = ['masked', 'absent', 'unavailable', 'filtered', 'compared', 'aggregated'] as const;
