import { Arg, Ctx, Int, Mutation, Resolver } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { type GovernanceContext, Refusal, findTextProblem } from '../../core/index.js';
import { AgreedTermsInput, toNarrowing } from '../draft/terms.type.js';
import { BasisInput, NegotiationOutcomes, type NegotiationOutcome } from '../review/decision.type.js';
import { type ExecutableCommand, executeReviewCommand } from '../review/execute-review-command.js';
import { ProviderReviewResult } from '../review/provider-review-result.js';
import { ProviderReview } from '../review/provider-review.entity.js';
import { toFulfilRequest } from './to-fulfil-request.js';

const VERSION = { description: '所见版本' };
const TERMS = { nullable: true, description: '同意共享的内容' };

/** Steps after a refusal, and those that data outside the usual review takes: objection, negotiation with its record,
 *  coordination, an entry in the catalogue. */
@Resolver(() => ProviderReview)
export class DisputeResolver {
  @Share('UNCONDITIONAL')
  @Mutation(() => ProviderReviewResult, {
    description: '对不予共享提出异议\nThe review then takes the next step that the law has for a refusal.',
  })
  objectToRefusal(
    @Arg('review', () => String) review: string,
    @Arg('version', () => Int, VERSION) expectedVersion: number,
    @Arg('reason', () => String, { description: '确需使用的理由' }) reason: string,
    @Ctx() context: GovernanceContext,
  ): Promise<ProviderReviewResult> {
    const command: ExecutableCommand = { type: 'OBJECT', reason };
    return executeReviewCommand(review, context, { expectedVersion, reason: dropBlank(reason), command });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => ProviderReviewResult, {
    description: '记录协商情况\nBy either department; that it was agreed, by the providing one (CZ-11g, YN-18a).',
  })
  recordNegotiation(
    @Arg('review', () => String) review: string,
    @Arg('version', () => Int, VERSION) expectedVersion: number,
    @Arg('record', () => String, { description: '协商记录' }) record: string,
    @Arg('outcome', () => NegotiationOutcomes, { description: '协商结果' }) outcome: NegotiationOutcome,
    @Arg('terms', () => AgreedTermsInput, TERMS) terms: AgreedTermsInput | undefined,
    @Ctx() context: GovernanceContext,
  ): Promise<ProviderReviewResult> {
    const command: ExecutableCommand = { type: 'NEGOTIATE', record, outcome, narrowing: toNarrowing(terms) };
    return executeReviewCommand(review, context, { expectedVersion, reason: dropBlank(record), command });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => ProviderReviewResult, {
    description:
      '协调共享争议\nBy the authority; a case with a provider of a higher level, by the authority above it alone (CZ-11i).',
  })
  coordinateApplication(
    @Arg('review', () => String) review: string,
    @Arg('version', () => Int, VERSION) expectedVersion: number,
    @Arg('agreed', () => Boolean, { description: '是否提供' }) agreed: boolean,
    @Arg('reference', () => String, { nullable: true, description: '协调文号' }) reference: string | undefined,
    @Arg('reason', () => String, { nullable: true, description: '理由' }) reason: string | undefined,
    @Arg('bases', () => [BasisInput], { nullable: true, description: '不予共享的依据' })
    bases: BasisInput[] | undefined,
    @Arg('terms', () => AgreedTermsInput, TERMS) terms: AgreedTermsInput | undefined,
    @Ctx() context: GovernanceContext,
  ): Promise<ProviderReviewResult> {
    const problem = findTextProblem('reference', reference ?? '', { max: 200, optional: true });
    if (problem) return Promise.resolve({ refusal: Refusal.because('TEXT_UNFIT', problem) });
    const provisions = (bases ?? []).map(({ provision }) => provision);
    const basis = reference ? [reference, ...provisions] : provisions;
    const command: ExecutableCommand = agreed
      ? { type: 'COORDINATE', reference: reference ?? '', narrowing: toNarrowing(terms), reason }
      : { type: 'COORDINATE_REFUSAL', reason: reason ?? '', bases: bases ?? [] };
    return executeReviewCommand(review, context, { expectedVersion, reason: dropBlank(reason), basis, command });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => ProviderReviewResult, {
    description:
      '目录外需求办结\nThe data is in the catalogue now, as these items, and the agreement is given by them (YN-17c).',
  })
  fulfilRequest(
    @Arg('review', () => String) review: string,
    @Arg('version', () => Int, VERSION) expectedVersion: number,
    @Arg('coordinates', () => [String], { description: '信息项坐标' }) coordinates: string[],
    @Ctx() context: GovernanceContext,
  ): Promise<ProviderReviewResult> {
    return executeReviewCommand(review, context, toFulfilRequest(expectedVersion, coordinates));
  }
}

const dropBlank = (text: string | undefined): string | undefined => (text?.trim() ? text : undefined);
