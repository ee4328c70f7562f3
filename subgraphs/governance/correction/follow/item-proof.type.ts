import { Field, ObjectType } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { defineEnum } from '../../../../shared/subgraph/index.js';
import type { ProofState } from './proof.rule.js';

export const ProofStates = defineEnum<ProofState>(
  'CorrectionProofState',
  '更正证明\nBy what one and the same query gave before and after.',
  {
    NOT_READ_BEFORE: '作出结论前未读取',
    NOT_READ_AGAIN: '作出结论后未重新读取',
    UNCHANGED: '重新读取的值未变化',
    CHANGED: '重新读取的值已变化',
  },
);

@Share('UNCONDITIONAL')
@ObjectType({ description: '信息项更正证明' })
export class ItemProof {
  @Field({ description: '信息项坐标' })
  item!: string;

  @Field(() => ProofStates, { description: '证明' })
  state!: ProofState;
}
