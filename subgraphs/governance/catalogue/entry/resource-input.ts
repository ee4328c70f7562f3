import { Field, InputType, Int } from 'type-graphql';
import type { ShareType } from '../../../../shared/kernel/index.js';
import { SECURITY_GRADES } from '../checks/vocabulary.rule.js';
import {
  CatalogueFormat,
  ItemDataType,
  ItemShareType,
  Openness,
  ProvisionMethod,
  UpdateCycle,
} from './catalogue-enums.js';

@InputType({
  description:
    '信息项说明\nFacts that the schema cannot state of an item; all facts of an item that no subgraph serves.',
})
export class ItemDetails {
  @Field(() => String, {
    nullable: true,
    description: '坐标\nOf an item that a subgraph serves; its name, type and share type come from the schema.',
  })
  coordinate?: string;

  @Field(() => String, { nullable: true, description: '信息项名称\nOf an item that no subgraph serves.' })
  name?: string;

  @Field(() => ItemDataType, { nullable: true, description: '数据类型' })
  dataType?: ItemDataType;

  @Field(() => Int, { nullable: true, description: '数据长度' })
  length?: number;

  @Field(() => Int, { nullable: true, description: '小数位数\nOf a number; its length counts them.' })
  scale?: number;

  @Field(() => ItemShareType, { nullable: true, description: '共享类型' })
  shareType?: ShareType;

  @Field(() => String, { nullable: true, description: '共享条件' })
  condition?: string;

  @Field(() => String, { nullable: true, description: '理由' })
  reason?: string;

  @Field(() => [String], { nullable: true, description: '依据' })
  basis?: string[];

  @Field(() => Boolean, { nullable: true, description: '是否基础信息项' })
  basic?: boolean;
}

@InputType({ description: '目录条目说明\nFacts that the schema cannot state. An absent field stays as it is.' })
export class ResourceDetails {
  @Field(() => String, { nullable: true, description: '资源摘要' })
  abstract?: string;

  @Field(() => String, { nullable: true, description: '主题' })
  theme?: string;

  @Field(() => CatalogueFormat, { nullable: true, description: '资源格式' })
  format?: CatalogueFormat;

  @Field(() => String, { nullable: true, description: '格式类型\nWithin the format, e.g. PDF or MySQL.' })
  formatType?: string;

  @Field(() => ProvisionMethod, { nullable: true, description: '提供方式' })
  method?: ProvisionMethod;

  @Field(() => String, { nullable: true, description: '共享范围' })
  shareScope?: string;

  @Field(() => Openness, { nullable: true, description: '开放属性' })
  openness?: Openness;

  @Field(() => [String], { nullable: true, description: '开放属性依据' })
  opennessBasis?: string[];

  @Field(() => String, { nullable: true, description: '开放条件' })
  opennessCondition?: string;

  @Field(() => UpdateCycle, { nullable: true, description: '更新周期\nOf an entry that no subgraph serves.' })
  updateCycle?: UpdateCycle;

  @Field(() => String, { nullable: true, description: '时效要求' })
  timeliness?: string;

  @Field(() => String, { nullable: true, description: '采集范围' })
  collectionScope?: string;

  @Field(() => [String], { nullable: true, description: '法定依据' })
  legalBasis?: string[];

  @Field(() => String, {
    nullable: true,
    description: `数据分级\nOf ${SECURITY_GRADES.join(', ')}. A text, so that a grade of state secrets gets its own refusal.`,
  })
  securityGrade?: string;

  @Field(() => String, { nullable: true, description: '职能编号\nOf the provider.' })
  duty?: string;

  @Field(() => [String], { nullable: true, description: '关联资源代码' })
  related?: string[];

  @Field(() => Boolean, { nullable: true, description: '是否补充目录' })
  supplement?: boolean;

  @Field(() => [ItemDetails], {
    nullable: true,
    description: '信息项\nThose named are changed; one that no subgraph serves is added when it is new.',
  })
  items?: ItemDetails[];
}

@InputType({ description: '目录条目\nOf data that no subgraph serves yet.' })
export class ResourceInput extends ResourceDetails {
  @Field({ description: '资源代码\n类项目细目/sequence.' })
  code!: string;

  @Field({ description: '资源名称' })
  name!: string;

  @Field(() => String, { nullable: true, description: '资源分类\nAny name: a jurisdiction may add categories.' })
  category?: string;

  @Field(() => String, { nullable: true, description: '所属库\nAny name: profiles and providers add libraries.' })
  library?: string;
}
