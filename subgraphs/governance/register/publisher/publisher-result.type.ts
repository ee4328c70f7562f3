import { Field, ObjectType } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { Refusal } from '../../core/index.js';
import { SubgraphPublisher } from './subgraph-publisher.entity.js';

@Share('UNCONDITIONAL')
@ObjectType({ description: '发布许可办理结果\nExactly one of `permit` and `refusal` is set.' })
export class PublisherResult {
  @Field(() => SubgraphPublisher, { nullable: true, description: '发布许可' })
  permit?: SubgraphPublisher;

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal;
}
