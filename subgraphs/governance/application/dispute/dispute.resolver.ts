import { Arg, Ctx, Int, Mutation, Resolver } from 'type-graphql';
import { Share } from '../../../../shared/share/decorators.js';
import { type GovernanceContext, Refusal, findTextProblem } from '../../core/index.js';
import { TrackResult } from '../draft/application-result.js';
import { ApplicationTrack } from '../review/provider-review.entity.js';
import { BasisInput, NegotiationOutcomes } from '../review/decision.type.js';
import { fulfilment } from '../review/fulfilment.js';
import { heard, type Motion } from '../review/execute-review-command.js';
import { AgreedTermsInput, narrowingOf } from '../draft/terms.type.js';

const VERSION = { description: '所见版本' };
const TERMS = { nullable: true, description: '同意共享的内容' };
type Outcome = keyof typeof NegotiationOutcomes;

/** What follows a refusal, and what data that is not shared or not catalogued takes: objection, negotiation with its
 *  record, coordination, an entry in the catalogue. */
@Resolver(() => ApplicationTrack)
export class DisputeResolver {
  @Share('UNCONDITIONAL')
  @Mutation(() => TrackResult, { description: '对不予共享提出异议\nIt then goes the way that the law has for it.' })
  objectToRefusal(
    @Arg('track', () => String) track: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Arg('reason', () => String, { description: '确需使用的理由' }) reason: string,
    @Ctx() context: GovernanceContext,
  ): Promise<TrackResult> {
    return hear(track, context, reason, {
      ...{ version, act: 'OBJECT_TO_REFUSAL', reason },
      command: () => ({ do: 'OBJECT', reason }),
    });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => TrackResult, {
    description: '记录协商情况\nBy either department; that it was agreed, by the providing one (CZ-11g, YN-18a).',
  })
  recordNegotiation(
    @Arg('track', () => String) track: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Arg('record', () => String, { description: '协商记录' }) record: string,
    @Arg('outcome', () => NegotiationOutcomes, { description: '协商结果' }) outcome: Outcome,
    @Arg('terms', () => AgreedTermsInput, TERMS) terms: AgreedTermsInput | undefined,
    @Ctx() context: GovernanceContext,
  ): Promise<TrackResult> {
    return hear(track, context, record, {
      ...{ version, act: 'NEGOTIATE', reason: record },
      command: () => ({ do: 'NEGOTIATE', record, outcome, narrowing: narrowingOf(terms) }),
    });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => TrackResult, {
    description:
      '协调共享争议\nBy the authority; a case with a department of a higher level, by an authority of that level (CZ-11i).',
  })
  coordinateApplication(
    @Arg('track', () => String) track: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Arg('agreed', () => Boolean, { description: '是否提供' }) agreed: boolean,
    @Arg('reference', () => String, { nullable: true, description: '协调文号' }) reference: string | undefined,
    @Arg('reason', () => String, { nullable: true, description: '理由' }) reason: string | undefined,
    @Arg('bases', () => [BasisInput], { nullable: true, description: '不予共享的依据' })
    bases: BasisInput[] | undefined,
    @Arg('terms', () => AgreedTermsInput, TERMS) terms: AgreedTermsInput | undefined,
    @Ctx() context: GovernanceContext,
  ): Promise<TrackResult> {
    const wrong = findTextProblem('reference', reference ?? '', { max: 200, optional: true });
    if (wrong) return Promise.resolve({ refusal: Refusal.because('TEXT_UNFIT', wrong) });
    const basis = [...(reference ? [reference] : []), ...(bases ?? []).map(({ provision }) => provision)];
    return hear(track, context, reason, {
      ...{ version, act: 'COORDINATE', reason, basis },
      command: () =>
        agreed
          ? { do: 'COORDINATE', reference: reference ?? '', narrowing: narrowingOf(terms), reason }
          : { do: 'COORDINATE_REFUSAL', reason: reason ?? '', bases },
    });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => TrackResult, {
    description:
      '目录外需求办结\nThe data is in the catalogue now, as these items; what was agreed is given by them (YN-17c).',
  })
  fulfilRequest(
    @Arg('track', () => String) track: string,
    @Arg('version', () => Int, VERSION) version: number,
    @Arg('coordinates', () => [String], { description: '信息项坐标' }) coordinates: string[],
    @Ctx() context: GovernanceContext,
  ): Promise<TrackResult> {
    const { auditLog } = context.own;
    return auditLog.transact(context.em, context.fetch, (em) =>
      heard(track, context, em, fulfilment(em, version, coordinates)),
    );
  }
}

function hear(
  track: string,
  context: GovernanceContext,
  text: string | undefined,
  motion: Motion,
): Promise<TrackResult> {
  const { auditLog } = context.own;
  const reason = text?.trim() ? text : undefined;
  return auditLog.transact(context.em, context.fetch, (em) => heard(track, context, em, { ...motion, reason }));
}
