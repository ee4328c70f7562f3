import { Field, ObjectType } from 'type-graphql';
import { Share } from '../../../shared/share/decorators.js';
import { Refusal } from '../core/index.js';
import { AggregationExemption } from './aggregation-exemption.entity.js';
import { AggregationMode } from './aggregation-enums.js';
import { InterfaceRequest } from './interface-request.entity.js';

@Share('UNCONDITIONAL')
@ObjectType({ description: '汇聚情况\nHow a published resource is on the platform.' })
export class ResourceAggregation {
  @Field({ description: '资源代码' })
  code!: string;

  @Field({ description: '资源名称' })
  name!: string;

  @Field({ description: '提供部门代码' })
  provider!: string;

  @Field(() => AggregationMode, { description: '汇聚方式' })
  mode!: AggregationMode;

  @Field({ description: '是否应汇聚而未汇聚\nThe law in force wants it here, and no exemption was acknowledged.' })
  gap!: boolean;

  @Field(() => [String], { description: '所依条款\nBy which it is to be here.' })
  clauses!: string[];

  @Field(() => AggregationExemption, {
    nullable: true,
    description: '不汇聚说明\nThe one that is stated or acknowledged.',
  })
  exemption?: AggregationExemption | null;
}

@Share('UNCONDITIONAL')
@ObjectType({ description: '汇聚办理结果\nExactly one member is set.' })
export class AggregationResult {
  @Field(() => AggregationExemption, { nullable: true, description: '不汇聚说明' })
  exemption?: AggregationExemption;

  @Field(() => InterfaceRequest, { nullable: true, description: '接口需求' })
  request?: InterfaceRequest;

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal;
}
