import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql';
import { Filters, Share } from '../../../../shared/share/decorators.js';
import { type Connection, PageArguments } from '../../../../shared/subgraph/index.js';
import type { GovernanceContext } from '../../core/index.js';
import {
  confirmProtection,
  confirmProtectionEnd,
  proposeProtectionEnd,
  refuseProtection,
} from './decide-protection.command.js';
import { hashSubject } from './hash-subject.js';
import { proposeProtection } from './propose-protection.command.js';
import { ProtectedSubjectInput, ProtectionInput, ProtectionResult } from './protection-input.type.js';
import { normaliseSubject } from './protection.rule.js';
import {
  ProtectionStates,
  type ProtectionState,
  SubjectProtection,
  SubjectProtectionConnection,
} from './subject-protection.entity.js';

/** Protections of subjects: two persons of the owner decide on each, and on its end. Nobody else sees them. */
@Resolver(() => SubjectProtection)
export class ProtectionResolver {
  @Share('UNCONDITIONAL')
  @Query(() => SubjectProtectionConnection, {
    nullable: true,
    description:
      '查询主体保护\nThose of the own department alone, for persons in charge of its data. They are found by the identifier of the subject, and do not show it.',
  })
  protections(
    @Arg('subject', () => ProtectedSubjectInput, { nullable: true })
    subject: ProtectedSubjectInput | null | undefined,
    @Filters('SubjectProtection.state')
    @Arg('state', () => ProtectionStates, { nullable: true })
    state: ProtectionState | null | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows, fetch, own }: GovernanceContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<SubjectProtection>> {
    const identifier = subject && normaliseSubject(subject);
    const hashes = subject && identifier && own.hashesOf ? hashSubject(own.hashesOf, { ...subject, identifier }) : [];
    const where = {
      owner: fetch.department,
      ...(state != null && { state }),
      ...(subject && { subjectHash: { $in: hashes.map(({ hash }) => hash) } }),
    };
    return rows.connection(SubjectProtection, where, info, page);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => ProtectionResult, {
    description: '提出主体保护\nIt withholds nothing until another person of the department has confirmed it.',
  })
  proposeProtection(
    @Arg('input', () => ProtectionInput) input: ProtectionInput,
    @Ctx() context: GovernanceContext,
  ): Promise<ProtectionResult> {
    return proposeProtection(context, input);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => ProtectionResult, {
    description:
      '确认主体保护\nBy another person than the one who proposed it, who gives the identifier once more. In force within a second; it takes the place of an earlier one of the subject.',
  })
  confirmProtection(
    @Arg('id', () => String) id: string,
    @Arg('identifier', () => String, { description: '公民身份号码或者统一社会信用代码' }) identifier: string,
    @Ctx() context: GovernanceContext,
  ): Promise<ProtectionResult> {
    return confirmProtection(context, id, identifier);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => ProtectionResult, {
    description: '提出解除主体保护\nIt withholds until another person of the department has confirmed its end.',
  })
  proposeProtectionEnd(
    @Arg('id', () => String) id: string,
    @Arg('reason', () => String, { description: '原因\nIt names nobody.' }) reason: string,
    @Ctx() context: GovernanceContext,
  ): Promise<ProtectionResult> {
    return proposeProtectionEnd(context, id, reason);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => ProtectionResult, {
    description: '确认解除主体保护\nBy another person than the one who proposed the end.',
  })
  confirmProtectionEnd(
    @Arg('id', () => String) id: string,
    @Ctx() context: GovernanceContext,
  ): Promise<ProtectionResult> {
    return confirmProtectionEnd(context, id);
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => ProtectionResult, {
    description:
      '不予确认或者撤回主体保护\nBy one person: a protection that was not confirmed is over, one that was to end goes on.',
  })
  refuseProtection(
    @Arg('id', () => String) id: string,
    @Arg('reason', () => String, { description: '原因\nIt names nobody.' }) reason: string,
    @Ctx() context: GovernanceContext,
  ): Promise<ProtectionResult> {
    return refuseProtection(context, id, reason);
  }
}
