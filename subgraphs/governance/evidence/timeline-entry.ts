import { Field, GraphQLISODateTime, ID, ObjectType, registerEnumType } from 'type-graphql';
import type { ShareType } from '../../../shared/kernel/index.js';
import { Share } from '../../../shared/share/decorators.js';
import { defineConnection } from '../../../shared/subgraph/index.js';
import { ItemShareType } from '../catalogue/index.js';
import { Act } from './act.js';
import { Use } from './use.js';

export const TimelineKinds = { REGISTRATION: 'REGISTRATION', ACT: 'ACT', USE: 'USE' } as const;
registerEnumType(TimelineKinds, {
  name: 'TimelineKind',
  description:
    '过程\nREGISTRATION of a resource’s items, as a graph with them came into force; ACT of governance; USE.',
  valuesConfig: {
    REGISTRATION: { description: '登记' },
    ACT: { description: '治理事项' },
    USE: { description: '使用' },
  },
});

@Share('UNCONDITIONAL')
@ObjectType({ description: '登记的信息项' })
export class RegisteredItem {
  @Field({ description: '信息项坐标' })
  coordinate!: string;

  @Field(() => String, { nullable: true, description: '资源代码' })
  resource?: string | null;

  @Field({ description: '提供部门代码' })
  provider!: string;

  @Field(() => ItemShareType, { description: '共享类型' })
  shareType!: ShareType;
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '资源登记\nItems of a resource that a graph has otherwise than the one before it.' })
export class Registration {
  @Field({ description: '目录版本' })
  graphVersion!: string;

  @Field(() => [RegisteredItem], { description: '信息项' })
  items!: readonly RegisteredItem[];
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '过程记录\nExactly one of `registration`, `act` and `use` is set.' })
export class TimelineEntry {
  @Field(() => ID, { description: '序号' })
  position!: number;

  @Field(() => GraphQLISODateTime, { description: '时间' })
  time!: Date;

  @Field(() => TimelineKinds, { description: '过程' })
  kind!: keyof typeof TimelineKinds;

  @Field(() => Registration, { nullable: true, description: '登记' })
  registration?: Registration;

  @Field(() => Act, { nullable: true, description: '治理事项' })
  act?: Act;

  @Field(() => Use, { nullable: true, description: '使用' })
  use?: Use;
}

export const TimelineConnection = defineConnection(TimelineEntry, { title: '过程记录' });
