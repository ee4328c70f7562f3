import { EntityName, OptionalProps } from '@mikro-orm/core';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import { type Text } from '../../../../shared/kernel/index.js';
import { Resource, Share } from '../../../../shared/share/decorators.js';
import { defineConnection, defineEnum, Reads, Worded } from '../../../../shared/subgraph/index.js';
import { type HandedOver, type HandedOverKind, HandedOverKinds, Refusal, type RefusalCode } from '../../core/index.js';
import { type ReformLine, ReformLineView } from './reform-line.type.js';

export const ReformStates = defineEnum('ReformState', '机构改革方案状态', {
  DRAFT: '拟订',
  CONFIRMED: '已确认',
  CARRIED_OUT: '已执行',
  STOPPED: '执行受阻',
  CANCELLED: '已取消',
});
export type ReformState = keyof typeof ReformStates;

@Share('UNCONDITIONAL')
@ObjectType({ description: '机构改革影响事项\nOne thing that goes to another department, or ends.' })
export class ReformConsequence {
  @Field(() => HandedOverKinds, { description: '事项类型' })
  kind!: HandedOverKind;

  @Field({ description: '事项\nAs acts name it, e.g. `grant/G-000001`.' })
  object!: string;

  @Field({ description: '原部门代码' })
  from!: string;

  @Field(() => String, { nullable: true, description: '承接部门代码\nNull for what ends.' })
  to!: string | null;

  @Field(() => [String], { description: '其他相关部门代码' })
  concerns!: readonly string[];
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '机构改革方案缺口\nA reason for which the plan is not carried out as it is.' })
export class ReformGapView {
  @Field(() => String, { description: '原因代码\nAs in refusals.' })
  code!: RefusalCode;

  @Field({ description: '事项' })
  object!: string;

  @Field(() => String, { description: '说明' })
  @Worded()
  message!: Text;
}

/** A gap as it is stored: worded in both languages. */
export interface StoredGap {
  readonly code: RefusalCode;
  readonly object: string;
  readonly zh: string;
  readonly en: string;
}

@Resource({ code: '900001/000060', name: '机构改革方案名录', provider: 'data-bureau', updateCycle: 'REALTIME' })
@Share('UNCONDITIONAL')
@Entity({ tableName: 'reform' })
@ObjectType('Reform', {
  description: '机构改革方案\nA plan by which departments merge, split or end, and what goes where.',
})
export class Reform {
  [EntityName]?: 'Reform';
  [OptionalProps]?: 'version' | 'consequences' | 'gaps' | 'plan' | 'effects' | 'open';

  @Field({ description: '方案编号' })
  @PrimaryKey()
  id!: string;

  @Field({ description: '名称' })
  @Property()
  title!: string;

  @Field(() => [String], { description: '依据文件' })
  @Property({ type: 'json' })
  basis!: string[];

  @Property({ type: 'json' })
  lines!: readonly ReformLine[];

  @Reads('lines')
  @Field(() => [ReformLineView], { name: 'lines', description: '方案事项' })
  get plan(): ReformLineView[] {
    return this.lines.map((line) => Object.assign(new ReformLineView(), line));
  }

  @Field(() => GraphQLISODateTime, { description: '执行时间' })
  @Property()
  effectiveAt!: Date;

  @Field(() => ReformStates, { description: '状态' })
  @Enum({ items: ['DRAFT', 'CONFIRMED', 'CARRIED_OUT', 'STOPPED', 'CANCELLED'] })
  state!: ReformState;

  @Field(() => Int, { description: '版本' })
  @Property()
  version!: number;

  /** Department of the authority that drafted it. */
  @Field({ description: '拟订部门代码' })
  @Property()
  department!: string;

  @Field(() => GraphQLISODateTime, { description: '拟订时间' })
  @Property()
  draftedAt!: Date;

  @Property()
  draftedBy!: string;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: '核对时间\nWhen its consequences were last found out.',
  })
  @Property({ type: 'datetime', nullable: true })
  checkedAt?: Date | null;

  @Property({ type: 'json' })
  consequences!: readonly HandedOver[];

  @Reads('consequences')
  @Field(() => [ReformConsequence], { name: 'consequences', description: '影响事项\nAs of `checkedAt`.' })
  get effects(): ReformConsequence[] {
    return this.consequences.map((each) => Object.assign(new ReformConsequence(), each));
  }

  @Property({ type: 'json' })
  gaps!: readonly StoredGap[];

  @Reads('gaps')
  @Field(() => [ReformGapView], { name: 'gaps', description: '缺口\nNone where it can be carried out.' })
  get open(): ReformGapView[] {
    return this.gaps.map(({ code, object, zh, en }) =>
      Object.assign(new ReformGapView(), {
        code,
        object,
        message: { in: (language: 'zh' | 'en') => (language === 'zh' ? zh : en) },
      }),
    );
  }

  @Field(() => GraphQLISODateTime, { nullable: true, description: '确认时间' })
  @Property({ type: 'datetime', nullable: true })
  confirmedAt?: Date | null;

  @Property({ nullable: true })
  confirmedBy?: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '完成时间' })
  @Property({ type: 'datetime', nullable: true })
  carriedOutAt?: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: '取消时间' })
  @Property({ type: 'datetime', nullable: true })
  endedAt?: Date | null;

  @Property({ nullable: true })
  endedBy?: string | null;
}

export const ReformConnection = defineConnection(Reform, { title: '机构改革方案' });

@Share('UNCONDITIONAL')
@ObjectType({ description: '机构改革办理结果\nA refusal, or the plan as it is now.' })
export class ReformResult {
  @Field(() => Reform, { nullable: true, description: '机构改革方案' })
  reform?: Reform;

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal;
}
