import type { z } from 'zod';
import type { CLOCK_EVENTS, PACES } from './vocabulary.js';
import type { profileSchema } from './profile-schema.js';

type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;

/** One jurisdiction's values: share types, reviewers, deadlines, keys, retention, each with its clauses.
 *  What its text does not say is absent, and the hub then shows age instead of inventing a limit. Deeply frozen. */
export type Profile = DeepReadonly<z.output<typeof profileSchema>>;

/** A value of the law, with the clauses it stands on. */
export interface Sourced<T> {
  readonly value: T;
  readonly clauses: readonly string[];
  /** Interpretation of an ambiguous or silent text, and its reason. */
  readonly reading?: string | undefined;
  /** The authority has not confirmed the reading: checks that rest on it warn and do not refuse. */
  readonly unconfirmed?: true | undefined;
}

export type ClockEvent = (typeof CLOCK_EVENTS)[number];
type Pace = (typeof PACES)[number];

/** Time limit. With `workingDays` there are always `starts` and `stops`; without it there is `pace`. */
export interface Deadline {
  readonly workingDays?: Sourced<number> | undefined;
  readonly pace?: Sourced<Pace> | undefined;
  readonly starts?: Sourced<ClockEvent> | undefined;
  readonly stops?: Sourced<ClockEvent> | undefined;
  readonly extension?:
    | {
        readonly workingDays: Sourced<number>;
        readonly consent?: Sourced<'authority' | 'provider-head'> | undefined;
        readonly written?: Sourced<true> | undefined;
        readonly notice?: Sourced<'applicant'> | undefined;
      }
    | undefined;
}

/** The profiles that come with the hub, files of schema/profiles. */
export const PROFILE_NAMES = ['hangzhou', 'quanzhou', 'chenzhou', 'jilin', 'yunnan'] as const;
