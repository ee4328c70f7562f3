import { Field, ObjectType } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { Refusal } from '../../core/index.js';
import { CatalogueResource } from './catalogue-resource.entity.js';
import type { Finding } from '../checks/finding.rule.js';

@Share('UNCONDITIONAL')
@ObjectType({ description: '目录检查结果\nWhat is to be seen to before an entry can go on.' })
export class CatalogueFinding {
  @Field({ description: '代码\nStable.' })
  code!: string;

  @Field({ description: '程度\nERROR holds the entry up; WARNING does not.' })
  severity!: string;

  @Field({ description: '说明' })
  message!: string;

  @Field(() => [String], { description: '所依条款' })
  clauses!: string[];

  @Field(() => String, { nullable: true, description: '位置\nAttribute of the entry, or item.' })
  at?: string;

  static of({ code, severity, message, clauses, at }: Finding): CatalogueFinding {
    return Object.assign(new CatalogueFinding(), { code, severity, message, clauses: [...clauses], at });
  }
}

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

@Share('UNCONDITIONAL')
@ObjectType({ description: '目录登记结果\nCodes of the entries that a subgraph’s schema states.' })
export class RegistrationResult {
  @Field(() => [String], { nullable: true, description: '新建' })
  created?: string[];

  @Field(() => [String], { nullable: true, description: '变更' })
  changed?: string[];

  @Field(() => [String], { nullable: true, description: '未变' })
  unchanged?: string[];

  @Field(() => [String], { nullable: true, description: '问题\nWhat the schema says wrongly or leaves out.' })
  problems?: string[];

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal;
}
