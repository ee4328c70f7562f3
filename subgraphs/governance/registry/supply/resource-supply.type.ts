import { Field, ObjectType } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { defineConnection, defineEnum } from '../../../../shared/subgraph/index.js';
import type { SupplyMode } from './supply.rule.js';

export const SupplyModes = defineEnum('SupplyMode', '提供方式', {
  HOSTED: '平台托管',
  DATABASE: '连接数据库',
  SERVICE: '连接服务接口',
  SUBGRAPH: '部门自建子图',
  NONE: '尚未提供',
});

@Share('UNCONDITIONAL')
@ObjectType({ description: '资源提供情况\nHow a resource with a published entry reaches the hub.' })
export class ResourceSupply {
  @Field({ description: '资源代码' })
  code!: string;

  @Field({ description: '资源名称' })
  name!: string;

  @Field({ description: '提供部门代码' })
  provider!: string;

  @Field(() => String, { nullable: true, description: '所属库' })
  library!: string | null;

  @Field(() => String, { nullable: true, description: '子图名称' })
  subgraph!: string | null;

  @Field(() => SupplyModes, {
    description: '提供方式\n`NONE` where its entry stands for nothing that is served: a gap.',
  })
  supply!: SupplyMode;
}

export const ResourceSupplyConnection = defineConnection(ResourceSupply, { title: '资源提供情况' });
