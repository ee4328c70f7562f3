import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { Text } from '../../../shared/kernel/index.js';
import { Share } from '../../../shared/share/decorators.js';
import { defineEnum, Worded } from '../../../shared/subgraph/index.js';

export const VersionSeverities = defineEnum(
  'VersionSeverity',
  '发现的影响\nAn ERROR refuses the version; OPENING, or BREAKING with live grants, is published by the authority alone.',
  { ERROR: '不可发布', OPENING: '放宽共享', BREAKING: '影响使用', NOTE: '说明' },
);
export type VersionSeverity = keyof typeof VersionSeverities;

/** What a check found out about a version, beside what is published. */
export interface VersionFinding {
  /** Stable code, such as ITEM_REMOVED. */
  readonly code: string;
  readonly severity: VersionSeverity;
  /** `Type.field`, or the type; absent where it concerns the subgraph as a whole. */
  readonly coordinate?: string;
  readonly message: string;
}
export const VersionUsages = defineEnum(
  'VersionUsage',
  '近期使用情况\nUNKNOWN where nothing is recorded of the item: that is not the same as unused.',
  { USED: '有使用', UNUSED: '无使用', UNKNOWN: '没有数据' },
);
export type VersionUsage = keyof typeof VersionUsages;

/** Recorded uses of an item by one department under one scenario. */
export interface FindingUse {
  readonly department: string;
  readonly scenario: string;
  readonly requests: number;
  /** YYYY-MM-DD */
  readonly lastUse: string;
}
/** A finding with the grants and uses of its item when it was checked. Versions that were checked before uses were counted
 *  have none of the optional ones. */
export interface CountedFinding extends VersionFinding {
  /** That had not ended. */
  readonly grants: number;
  /** `department/scenario`. */
  readonly scenarios: readonly string[];
  readonly usage?: VersionUsage;
  readonly uses?: readonly FindingUse[];
  /** First day that was counted, YYYY-MM-DD. */
  readonly usesSince?: string;
  /** SHA-256 of operations, hex. */
  readonly operations?: readonly string[];
}

@Share('UNCONDITIONAL')
@ObjectType('VersionUse', {
  description: '近期使用\nRequests of one department under one scenario that asked for the item.',
})
export class VersionUse implements FindingUse {
  @Field({ description: '使用部门代码' })
  department!: string;

  @Field({ description: '应用场景代码\nEmpty where the requests named none.' })
  scenario!: string;

  @Field(() => Float, { description: '请求次数' })
  requests!: number;

  @Field({ description: '最近使用日期\nYYYY-MM-DD.' })
  lastUse!: string;
}

@Share('UNCONDITIONAL')
@ObjectType('VersionFinding', { description: '检查发现\nOne thing that the check of a version found.' })
export class Finding implements Omit<CountedFinding, 'message'> {
  @Field({ description: '代码\nStable; programs may rely on it.' })
  code!: string;

  @Field(() => VersionSeverities, { description: '影响' })
  severity!: VersionSeverity;

  @Field(() => String, { nullable: true, description: '坐标' })
  coordinate?: string;

  @Field(() => String, { description: '说明' })
  @Worded()
  message!: Text;

  @Field(() => Int, { description: '涉及的有效授权数' })
  grants!: number;

  @Field(() => [String], { description: '涉及的应用场景\nAs department/scenario.' })
  scenarios!: string[];

  @Field(() => VersionUsages, { description: '近期使用情况' })
  usage: VersionUsage = 'UNKNOWN';

  @Field(() => [VersionUse], { description: '近期使用的部门与场景\nOf the last 30 days before the check.' })
  uses: VersionUse[] = [];

  @Field(() => String, { nullable: true, description: '统计起始日期\nYYYY-MM-DD; null where nothing is recorded.' })
  usesSince?: string;

  @Field(() => [String], { description: '近期使用的操作\nSHA-256 of each, the newest first; at most 20.' })
  operations: string[] = [];
}
