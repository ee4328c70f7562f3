import { Field, ObjectType } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { defineConnection } from '../../../../shared/subgraph/index.js';
import { Refusal } from '../../core/index.js';
import type { FormFinding } from './validate-form.rule.js';
import { ShareApplication } from './share-application.entity.js';

@Share('UNCONDITIONAL')
@ObjectType({ description: '申请审查意见\nSomething to correct before an application can be sent.' })
export class ApplicationFinding {
  @Field({ description: '代码' })
  code!: string;

  @Field({ description: '所在栏目\nField of the input.' })
  part!: string;

  @Field({ description: '说明' })
  message!: string;

  @Field(() => [String], { description: '所依条款\nEmpty where it is a rule of the hub.' })
  clauses!: string[];

  static of({ clauses, ...finding }: FormFinding): ApplicationFinding {
    return Object.assign(new ApplicationFinding(), finding, { clauses: [...clauses] });
  }
}

@Share('UNCONDITIONAL')
@ObjectType({
  description: '申请办理结果\nThe application as it is now, also beside a refusal: what was typed is kept.',
})
export class ApplicationResult {
  @Field(() => ShareApplication, { nullable: true, description: '共享申请' })
  application?: ShareApplication | undefined;

  @Field(() => [ApplicationFinding], { description: '审查意见\nEverything that is still to be corrected.' })
  findings!: ApplicationFinding[];

  @Field(() => Refusal, { nullable: true, description: '不予办理' })
  refusal?: Refusal | undefined;
}

export const ShareApplicationConnection = defineConnection(ShareApplication, { title: '共享申请' });
