import { Field, ObjectType } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { defineConnection } from '../../../../shared/subgraph/index.js';
import { Refusal } from '../../core/index.js';
import { ShareGrant } from '../../grant/index.js';
import { ProviderReview } from './provider-review.entity.js';

@Share('UNCONDITIONAL')
@ObjectType({ description: '办理结果\nThe review as it is now, also beside a refusal.' })
export class ProviderReviewResult {
  @Field(() => ProviderReview, { nullable: true, description: '申请办理' })
  review?: ProviderReview | undefined;

  @Field(() => ShareGrant, { nullable: true, description: '授权\nThe grant that the decision has given.' })
  grant?: ShareGrant | undefined;

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal | undefined;
}

export const ProviderReviewConnection = defineConnection(ProviderReview, { title: '申请办理' });
