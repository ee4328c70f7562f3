import { Arg, Ctx, Int, Mutation, Resolver } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { type GovernanceContext, Refusal, findTextProblem } from '../../core/index.js';
import { ProviderReviewResult } from '../review/provider-review-result.js';
import { ProviderReview } from '../review/provider-review.entity.js';
import { BasisInput, NegotiationOutcomes } from '../review/decision.type.js';
import { toFulfilRequest } from '../review/fulfil-request.js';
import { executeReviewCommand, type ReviewCommandRequest } from '../review/execute-review-command.js';
import { AgreedTermsInput, toNarrowing } from '../draft/terms.type.js';

const VERSION = { description: '所见版本' };
const TERMS = { nullable: true, description: '同意共享的内容' };
type Outcome = keyof typeof NegotiationOutcomes;

/** What follows a refusal, and what data that is not shared or not catalogued takes: objection, negotiation with its
 *  record, coordination, an entry in the catalogue. */
@Resolver(() => ProviderReview)
export class DisputeResolver {
  @Share('UNCONDITIONAL')
  @Mutation(() => ProviderReviewResult, {
    description: '对不予共享提出异议\nIt then goes the way that the law has for it.',
  })
  objectToRefusal(
    @Arg('review', () => String) review: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Arg('reason', () => String, { description: '确需使用的理由' }) reason: string,
    @Ctx() context: GovernanceContext,
  ): Promise<ProviderReviewResult> {
    return execute(review, context, reason, {
      ...{ version, act: 'OBJECT_TO_REFUSAL', reason },
      command: () => ({ type: 'OBJECT', reason }),
    });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => ProviderReviewResult, {
    description: '记录协商情况\nBy either department; that it was agreed, by the providing one (CZ-11g, YN-18a).',
  })
  recordNegotiation(
    @Arg('review', () => String) review: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Arg('record', () => String, { description: '协商记录' }) record: string,
    @Arg('outcome', () => NegotiationOutcomes, { description: '协商结果' }) outcome: Outcome,
    @Arg('terms', () => AgreedTermsInput, TERMS) terms: AgreedTermsInput | undefined,
    @Ctx() context: GovernanceContext,
  ): Promise<ProviderReviewResult> {
    return execute(review, context, record, {
      ...{ version, act: 'NEGOTIATE', reason: record },
      command: () => ({ type: 'NEGOTIATE', record, outcome, narrowing: toNarrowing(terms) }),
    });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => ProviderReviewResult, {
    description:
      '协调共享争议\nBy the authority; a case with a department of a higher level, by an authority of that level (CZ-11i).',
  })
  coordinateApplication(
    @Arg('review', () => String) review: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Arg('agreed', () => Boolean, { description: '是否提供' }) agreed: boolean,
    @Arg('reference', () => String, { nullable: true, description: '协调文号' }) reference: string | undefined,
    @Arg('reason', () => String, { nullable: true, description: '理由' }) reason: string | undefined,
    @Arg('bases', () => [BasisInput], { nullable: true, description: '不予共享的依据' })
    bases: BasisInput[] | undefined,
    @Arg('terms', () => AgreedTermsInput, TERMS) terms: AgreedTermsInput | undefined,
    @Ctx() context: GovernanceContext,
  ): Promise<ProviderReviewResult> {
    const wrong = findTextProblem('reference', reference ?? '', { max: 200, optional: true });
    if (wrong) return Promise.resolve({ refusal: Refusal.because('TEXT_UNFIT', wrong) });
    const basis = [...(reference ? [reference] : []), ...(bases ?? []).map(({ provision }) => provision)];
    return execute(review, context, reason, {
      ...{ version, act: 'COORDINATE', reason, basis },
      command: () =>
        agreed
          ? { type: 'COORDINATE', reference: reference ?? '', narrowing: toNarrowing(terms), reason }
          : { type: 'COORDINATE_REFUSAL', reason: reason ?? '', bases },
    });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => ProviderReviewResult, {
    description:
      '目录外需求办结\nThe data is in the catalogue now, as these items; what was agreed is given by them (YN-17c).',
  })
  fulfilRequest(
    @Arg('review', () => String) review: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Arg('coordinates', () => [String], { description: '信息项坐标' }) coordinates: string[],
    @Ctx() context: GovernanceContext,
  ): Promise<ProviderReviewResult> {
    const { auditLog } = context.own;
    return auditLog.transact(context.em, context.fetch, (em) =>
      executeReviewCommand(review, context, em, toFulfilRequest(em, version, coordinates)),
    );
  }
}

function execute(
  review: string,
  context: GovernanceContext,
  text: string | undefined,
  request: ReviewCommandRequest,
): Promise<ProviderReviewResult> {
  const { auditLog } = context.own;
  const reason = text?.trim() ? text : undefined;
  return auditLog.transact(context.em, context.fetch, (em) =>
    executeReviewCommand(review, context, em, { ...request, reason }),
  );
}
