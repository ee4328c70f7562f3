import type { Text } from '../../../shared/kernel/index.js';
import { defineEnum } from '../../../shared/subgraph/index.js';
import type { Database } from './open-tables.js';
import type { Post } from './post.js';
import type { RefusalCode } from './refusal-codes.js';

/** From one department to another. */
export interface Move {
  readonly from: string;
  readonly to: string;
}
export interface ResourceMove extends Move {
  /** Code of the catalogue entry. */
  readonly code: string;
  readonly subgraph: string | null;
  /** Type that stands for it; null for an interface. */
  readonly type: string | null;
  readonly coordinates: readonly string[];
}

/** Everything that goes from one department to another in one reform. Of a department that ends, nothing is left out. */
export interface Moves {
  /** Number of the reform. */
  readonly reform: string;
  readonly at: Date;
  /** Documents that decided it. */
  readonly basis: readonly string[];
  /** The person who confirmed it. */
  readonly by: string;
  /** Departments that end, with the one that takes over what is not placed by itself. */
  readonly ended: ReadonlyMap<string, string>;
  readonly resources: readonly ResourceMove[];
  readonly scenarios: readonly (Move & { readonly code: string })[];
  readonly systems: readonly (Move & { readonly client: string })[];
  /** Each with the posts that they hold there. */
  readonly persons: readonly (Move & { readonly person: string; readonly posts?: readonly Post[] })[];
}

/** Things that go from one department to another. */
export const HandedOverKinds = defineEnum('ReformedThing', '机构改革涉及事项', {
  DEPARTMENT: '部门',
  RESOURCE: '目录资源',
  SYSTEM: '接入系统',
  SCENARIO: '应用场景',
  OFFICER: '经办人员',
  APPOINTMENT: '岗位任命',
  DUTY: '职能',
  PERMIT: '发布许可',
  TASK: '目录更新任务',
  GRANT: '授权',
  NAMED_RIGHT: '按姓名授予的权限',
  CONSENT: '提供部门同意',
  PROTECTION: '主体保护',
  VERIFICATION_LOCK: '核查锁定',
  VERSION: '子图版本',
  LOAD: '数据上传',
  LOADER: '上传人',
  SOURCE: '数据源',
  PULL: '定时拉取',
  APPLICATION: '共享申请',
  LIST: '清单',
  SEAL: '使用记录封存',
  CORRECTION: '数据纠错',
  CHECK: '多元校核',
  NOTICES: '通知',
  CHANNEL: '消息通道',
  SUBSCRIPTION: '订阅',
  UPDATE_EXCEPTION: '数据更新例外',
  AGGREGATION_EXEMPTION: '不汇聚说明',
  INTERFACE_REQUEST: '接口需求',
  QUALITY_RULE: '质量规则',
  QUALITY_TICKET: '质量工单',
});
export type HandedOverKind = keyof typeof HandedOverKinds;

/** One thing that goes, ends, or is named anew in a reform. */
export interface HandedOver {
  readonly kind: HandedOverKind;
  /** As acts name it, e.g. `grant/G-000001`. */
  readonly object: string;
  readonly from: string;
  /** Null for what ends. */
  readonly to: string | null;
  /** Other departments that it concerns. */
  readonly concerns: readonly string[];
}

/** A reason for which a reform must not be carried out as it is planned. */
export interface ReformGap {
  readonly code: RefusalCode;
  readonly object: string;
  readonly message: Text;
}

/** What rooms do to their own tables in a reform, and what stands against it. A check of a plan does the same and takes it back,
 *  so that a plan shows exactly what would happen. */
export interface HandOver {
  readonly database: Database;
  readonly moves: Moves;
  readonly moved: (
    kind: HandedOverKind,
    object: string,
    from: string,
    to: string | null,
    concerns?: readonly string[],
  ) => void;
  readonly gap: (code: RefusalCode, object: string, message: Text) => void;
}

/** Finds the move that an item takes part in. */
export function moveOf({ resources }: Moves, coordinate: string, from: string): ResourceMove | undefined {
  return resources.find((move) => move.from === from && move.coordinates.includes(coordinate));
}

/** Finds the departments to which items of a department go; the department itself for those that stay. */
export const destinationsOf = (moves: Moves, from: string, coordinates: readonly string[]): readonly string[] => [
  ...new Set(coordinates.map((each) => moveOf(moves, each, from)?.to ?? moves.ended.get(from) ?? from)),
];

/** Entries that departments answer for: those of the codes, and all of the departments. */
export type FindOwnedEntries = (
  database: Database,
  of: { readonly codes?: readonly string[]; readonly departments?: readonly string[] },
) => Promise<readonly (Omit<ResourceMove, keyof Move> & { readonly provider: string })[]>;

/** The parts of the rooms in a reform. */
export interface ReformHooks {
  readonly findOwnedEntries: FindOwnedEntries;
  /** In the order of the rooms. */
  readonly handOvers: readonly ((handOver: HandOver) => Promise<void>)[];
  /** Filters live grants to those that name persons and now nobody. */
  readonly findGrantsForNobody: (database: Database, ids: readonly string[]) => Promise<readonly string[]>;
}
