/** The sections of a profile that the checks read. */
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

/** A value that the law states, with the clauses that state it. */
interface Stated<T> {
  readonly value: T;
  readonly clauses: readonly string[];
  readonly unconfirmed?: true | undefined;
}
