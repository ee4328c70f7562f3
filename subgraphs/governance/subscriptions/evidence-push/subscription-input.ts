import { Field, Float, InputType } from 'type-graphql';
import type { Grounds } from '../../core/index.js';
import type { TargetKind } from '../delivery/target.rule.js';
import { TargetKinds } from './use-subscription.js';

@InputType({ description: '订阅内容' })
export class SubscribeUsesInput implements Grounds {
  @Field(() => TargetKinds, { description: '推送方式' })
  kind!: TargetKind;

  @Field({
    description: '推送目标\nA URL on a host that the operator has listed; or the plain name of a folder.',
  })
  target!: string;

  @Field(() => Float, {
    nullable: true,
    description: '起始位置\nUses from this position on are delivered, 1 being the first; from now on where absent.',
  })
  fromPosition?: number | null;

  @Field(() => String, { nullable: true, description: '原因' })
  reason?: string | null;

  @Field(() => [String], { nullable: true, description: '依据' })
  basis?: string[] | null;
}
