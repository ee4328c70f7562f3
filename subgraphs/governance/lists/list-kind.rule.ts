import type { Profile } from '../../../shared/law/index.js';

/** The lists that sharing is kept by. @source JL-24g, JL-24h, JL-24i, YN-9c */
export const LIST_KINDS = [
  'RESPONSIBILITY', // what each department must share
  'DEMAND', // what each department needs, and whether it has it
  'NEGATIVE', // what a law says cannot be shared
] as const;
export type ListKind = (typeof LIST_KINDS)[number];

/** One line of a list. */
export interface ListRow {
  /** The same in every version of the list, and in that of a higher level. */
  readonly key: string;
  /** Department code: who must share, who needs, or whose the item is. */
  readonly department: string;
  /** Of a demand: whom it is asked of. */
  readonly provider: string | null;
  /** Code of the catalogue entry. */
  readonly resource: string | null;
  readonly name: string;
  /** Coordinates, or names of items that no subgraph serves. */
  readonly items: readonly string[];
  readonly shareType: string | null;
  readonly state: string;
  /** Provisions that it rests on. */
  readonly basis: readonly string[];
  readonly scenario: string | null;
  readonly updateCycle: string | null;
  readonly openness: string | null;
}

/** Clauses under which a list is kept; none where the law in force knows no such list. */
export const clausesOf = (profile: Profile, kind: ListKind): string[] => [
  ...new Set((profile.lists ?? []).filter(({ value }) => value.list === kind).flatMap(({ clauses }) => clauses)),
];
