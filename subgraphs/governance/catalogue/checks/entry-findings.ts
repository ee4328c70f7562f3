import { Field, ObjectType } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { CatalogueState } from '../entry/catalogue-enums.js';
import { CatalogueFinding } from './catalogue-finding.js';

@Share('UNCONDITIONAL')
@ObjectType({ description: '条目检查结果' })
export class EntryFindings {
  /** Id of the revision. */
  id!: string;

  @Field({ description: '资源代码' })
  code!: string;

  @Field({ description: '名称' })
  name!: string;

  @Field(() => CatalogueState, { description: '状态' })
  state!: CatalogueState;

  @Field(() => [CatalogueFinding], { description: '检查结果\nEmpty where nothing is wrong or doubtful.' })
  findings!: CatalogueFinding[];
}
