import { Field, ObjectType } from 'type-graphql';
import { Share } from '../../../shared/share/decorators.js';
import { Refusal } from '../core/index.js';
import { SubgraphVersion } from './subgraph-version.entity.js';

@Share('UNCONDITIONAL')
@ObjectType({ description: '子图版本办理结果\nExactly one of `version` and `refusal` is set.' })
export class VersionResult {
  @Field(() => SubgraphVersion, { nullable: true, description: '子图版本' })
  version?: SubgraphVersion;

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal;
}
