import { Field, Int, ObjectType } from 'type-graphql';
import { Share } from '../../../shared/share/decorators.js';
import { defineEnum } from '../../../shared/subgraph/index.js';

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
/** A finding with the grants of its item that had not ended when it was checked. */
export interface CountedFinding extends VersionFinding {
  readonly grants: number;
  /** `department/scenario`. */
  readonly scenarios: readonly string[];
}

@Share('UNCONDITIONAL')
@ObjectType('VersionFinding', { description: '检查发现\nOne thing that the check of a version found.' })
export class Finding implements CountedFinding {
  @Field({ description: '代码\nStable; programs may rely on it.' })
  code!: string;

  @Field(() => VersionSeverities, { description: '影响' })
  severity!: VersionSeverity;

  @Field(() => String, { nullable: true, description: '坐标' })
  coordinate?: string;

  @Field({ description: '说明' })
  message!: string;

  @Field(() => Int, { description: '涉及的有效授权数' })
  grants!: number;

  @Field(() => [String], { description: '涉及的应用场景\nAs department/scenario.' })
  scenarios!: string[];
}
