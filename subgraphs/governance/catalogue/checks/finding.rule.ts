import type { Format, Method, Openness } from './vocabulary.rule.js';

/** What is to be seen to before an entry can go on. */
export interface Finding {
  readonly code: string;
  /** A warning is told and does not hold the entry up. */
  readonly severity: 'ERROR' | 'WARNING';
  readonly message: string;
  /** Clauses it rests on; none where it is a rule of the hub's own. */
  readonly clauses: readonly string[];
  /** Attribute of the entry, or item. */
  readonly at?: string;
}

/** What the checks look at of an entry. */
export interface CheckedEntry {
  readonly code: string;
  readonly kind: 'DATA' | 'INTERFACE';
  readonly name: string;
  readonly abstract?: string | null;
  readonly provider: string;
  readonly creditCode?: string | null;
  readonly category?: string | null;
  readonly library?: string | null;
  readonly format?: Format | null;
  readonly method?: Method | null;
  readonly shareScope?: string | null;
  readonly openness?: Openness | null;
  readonly opennessBasis?: readonly string[] | null;
  readonly updateCycle?: string | null;
  readonly timeliness?: string | null;
  readonly collectionScope?: string | null;
  readonly securityGrade?: string | null;
  readonly duty?: string | null;
  readonly supplement: boolean;
  readonly served: boolean;
  readonly items: readonly CheckedItem[];
}
export interface CheckedItem {
  readonly name: string;
  readonly coordinate?: string | null;
  readonly shareType?: string | null;
  readonly basis: readonly string[];
  readonly condition?: string | null;
  readonly reason?: string | null;
  readonly basic: boolean;
  readonly dataType?: string | null;
}

/** Entries of others that it is compared with. */
export interface Neighbour {
  readonly code: string;
  readonly name: string;
  readonly provider: string;
  readonly level?: string | null;
  readonly items: readonly string[];
}

/** Part of a profile that the checks need. */
export interface CatalogueLaw {
  readonly shareTypes?: { readonly names?: Readonly<Partial<Record<string, Stated<string>>>> | undefined } | undefined;
  readonly basis?:
    | {
        readonly notShared?: Stated<readonly string[]> | undefined;
        readonly conditional?: Stated<readonly string[]> | undefined;
        readonly reasonsFor?: Stated<readonly string[]> | undefined;
      }
    | undefined;
  readonly unconditionalBase?:
    Stated<{ readonly libraries: readonly string[]; readonly items: 'BASIC' | 'ALL' }> | undefined;
  readonly stateSecrets?: Stated<string> | undefined;
  readonly catalogue?:
    | {
        readonly attributes?: Stated<readonly string[]> | undefined;
        readonly guide?: Stated<string> | undefined;
        readonly supplement?: Stated<true> | undefined;
      }
    | undefined;
  readonly openData?: { readonly basis?: Stated<readonly string[]> | undefined } | undefined;
}
interface Stated<T> {
  readonly value: T;
  readonly clauses: readonly string[];
  readonly unconfirmed?: true | undefined;
}

export const error = (code: string, message: string, clauses: readonly string[] = [], at?: string): Finding => ({
  ...{ code, severity: 'ERROR', message, clauses },
  ...(at !== undefined && { at }),
});
export const warning = (code: string, message: string, clauses: readonly string[] = [], at?: string): Finding => ({
  ...error(code, message, clauses, at),
  severity: 'WARNING',
});
