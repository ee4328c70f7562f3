import { Field, ObjectType } from 'type-graphql';
import { Share } from '../../../shared/share/decorators.js';
import { Refusal } from '../core/index.js';
import { ShareGrant } from './share-grant.entity.js';

@Share('UNCONDITIONAL')
@ObjectType({ description: '授权办理结果\nExactly one of `grant` and `refusal` is set.' })
export class GrantResult {
  @Field(() => ShareGrant, { nullable: true, description: '授权' })
  grant?: ShareGrant;

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal;
}
