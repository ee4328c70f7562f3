import type { GrantMode, Role } from '../../../../shared/kernel/index.js';
import type { Profile } from '../../../../shared/law/index.js';

/** Kinds of application: for an item that is shared conditionally, for one that is not shared, for data that the catalogue
 *  does not have, and for the needs of bodies with a procedure of their own. */
export const APPLICATION_KINDS = ['CONDITIONAL', 'NOT_SHARED', 'UNCATALOGUED', 'SPECIAL'] as const;
export type ApplicationKind = (typeof APPLICATION_KINDS)[number];

type Applications = NonNullable<Profile['applications']>;
type Parts = NonNullable<Applications['content']>[number];
export type ApplicationPart = Parts['value'][number] | 'BULK_FINDING';
export type Basis = NonNullable<NonNullable<Profile['basis']>['refusal']>['value'][number];
type Clauses = readonly string[];

/** One step: everybody named in it must agree before the next one begins. */
export interface ProcessStep {
  readonly by: readonly Role[];
  /** The role of `by` that decides last, after the others were heard. */
  readonly final?: Role;
  readonly clauses: Clauses;
}
export interface EscalationStep {
  readonly step: 'NEGOTIATION' | 'COORDINATION';
  readonly by?: 'authority' | 'higher-authority';
  /** Its name, where the text gives one. */
  readonly body?: string;
  readonly clauses: Clauses;
}
/** Time limit of an answer. Without `workingDays` the age is shown and nothing is ever overdue. */
export interface Limit {
  readonly workingDays?: number;
  readonly pace?: string;
  readonly starts?: string;
  readonly stops?: string;
  readonly clauses: Clauses;
  readonly extension?: {
    readonly workingDays: number;
    readonly consent?: 'authority' | 'provider-head';
    readonly noticeToApplicant: boolean;
    readonly clauses: Clauses;
  };
}

/** The process that the law has for one kind of application. A running review keeps the process that it began with. Stored
 *  as JSON, so its names stay. */
export interface ReviewProcess {
  /** Jurisdiction, by the prefix of its clauses. */
  readonly profile: string;
  readonly kind: ApplicationKind;
  readonly mode: GrantMode;
  /** The status in which a review begins: before the reviewers, the two departments, or a third body. */
  readonly opens: 'REVIEW' | 'NEGOTIATION' | 'COORDINATION';
  readonly steps: readonly ProcessStep[];
  /** Nothing is given before the authority's coordination is on record; the clauses it rests on. */
  readonly coordinated?: Clauses;
  readonly parts: readonly { readonly part: ApplicationPart; readonly clauses: Clauses }[];
  readonly limit?: Limit;
  readonly refusal: {
    /** Clauses that ask for reasons; empty where only the hub does. */
    readonly reasons: Clauses;
    /** A refusal must rest on one of these; absent where the text asks for none. */
    readonly bases?: { readonly anyOf: readonly Basis[]; readonly clauses: Clauses };
  };
  /** The steps of a dispute, when the applicant does not accept a refusal. */
  readonly escalation: readonly EscalationStep[];
  /** The role that fixes users, items, mode and use in its decision. */
  readonly scopeFixedBy?: { readonly role: Role; readonly clauses: Clauses };
  /** A yes puts the data into the catalogue first; the clauses it rests on. */
  readonly becomesEntry?: Clauses;
  /** Readings of legal text that is silent or ambiguous. */
  readonly notes: readonly string[];
}
