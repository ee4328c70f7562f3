import type { ShareType } from '../../../shared/kernel/index.js';
import type { Profile } from '../../../shared/law/index.js';

/** The lists that sharing is kept by, with their Chinese names. @source JL-24g, JL-24h, JL-24i, YN-9c */
export const LIST_KINDS = {
  RESPONSIBILITY: '责任清单', // what each department must share
  DEMAND: '需求清单', // what each department needs, and whether it has it
  NEGATIVE: '负面清单', // what a law says cannot be shared
} as const;
export type ListKind = keyof typeof LIST_KINDS;

export const LIST_LEVELS = { OWN: '本级', HIGHER: '上级' } as const;
export type ListLevel = keyof typeof LIST_LEVELS;

/** States of a line, with their Chinese names. */
export const LIST_STATES = {
  IN_FORCE: '有效',
  SUSPENDED: '暂停',
  UPDATE_DUE: '待更新',
  UPDATE_OVERDUE: '更新逾期',
  ENTRY_OWED: '待编目',
  MET: '已满足',
  PARTLY_MET: '部分满足',
  PENDING: '办理中',
  REFUSED: '不予共享',
  ENDED: '已终止',
} as const;
export type ListState = keyof typeof LIST_STATES;

/** One line of a list. */
export interface ListRow {
  /** The same in every version of the list, and in that of a higher level. */
  readonly key: string;
  /** Code of the department that must share, that needs, or that has the item. */
  readonly department: string;
  /** Code of the department that a demand is addressed to; null in other lists. */
  readonly provider: string | null;
  /** Code of the catalogue entry. */
  readonly resource: string | null;
  readonly name: string;
  /** Coordinates, or names of items that no subgraph serves. */
  readonly items: readonly string[];
  readonly shareType: ShareType | null;
  readonly state: ListState;
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
