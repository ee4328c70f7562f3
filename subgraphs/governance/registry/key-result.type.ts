import { Field, ObjectType } from 'type-graphql';
import { Share } from '../../../shared/share/decorators.js';
import { Refusal } from '../core/index.js';
import { SubgraphKey } from './subgraph-key.entity.js';

@Share('UNCONDITIONAL')
@ObjectType({ description: '子图密钥办理结果\nExactly one of `key` and `refusal` is set.' })
export class KeyResult {
  @Field(() => SubgraphKey, { nullable: true, description: '子图密钥更换' })
  key?: SubgraphKey;

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal;
}
