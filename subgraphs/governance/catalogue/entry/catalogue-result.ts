import { Field, ObjectType } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { Refusal } from '../../core/index.js';
import { CatalogueFinding } from '../checks/catalogue-finding.js';
import { CatalogueResource } from './catalogue-resource.entity.js';

@Share('UNCONDITIONAL')
@ObjectType({
  description: '目录办理结果\n`refusal` is set when nothing was done; `findings` say what is wrong with the entry.',
})
export class CatalogueResult {
  @Field(() => CatalogueResource, { nullable: true, description: '目录条目' })
  resource?: CatalogueResource;

  @Field(() => [CatalogueFinding], { nullable: true, description: '检查结果' })
  findings?: CatalogueFinding[];

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal;
}
