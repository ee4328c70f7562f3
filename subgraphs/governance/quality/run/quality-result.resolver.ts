import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { ReadsOf } from '../../../../shared/subgraph/index.js';
import { decryptSecret } from '../../../../shared/trust/secret-envelope.js';
import type { GovernanceContext } from '../../core/index.js';
import { isOwner, LEAST_SHOWN } from '../visible-quality.js';
import { QualityResult } from './quality-result.entity.js';

const NUMBER = { nullable: true };

/** Numbers and names of what one rule has found, as far as the caller may see them. */
@Resolver(() => QualityResult)
export class QualityResultResolver {
  @FieldResolver(() => Int, { ...NUMBER, description: '检查数\nNull where few are right or wrong, but for the owner.' })
  @ReadsOf(QualityResult, 'checked', 'failed', 'provider')
  checked(@Root() result: QualityResult, @Ctx() { fetch }: GovernanceContext): number | null {
    return isOwner(result, fetch) || !isOfFew(result) ? (result.checked ?? null) : null;
  }

  @FieldResolver(() => Int, { ...NUMBER, description: '不合格数' })
  @ReadsOf(QualityResult, 'checked', 'failed', 'provider')
  failed(@Root() result: QualityResult, @Ctx() { fetch }: GovernanceContext): number | null {
    return isOwner(result, fetch) || !isOfFew(result) ? (result.failed ?? null) : null;
  }

  @FieldResolver(() => [String], {
    nullable: true,
    description:
      '不合格记录举例\nUp to five records by their keys, for the data administrators and heads of the owner alone; null for everybody else.',
  })
  @ReadsOf(QualityResult, 'samples', 'rule', 'provider')
  async samples(@Root() result: QualityResult, @Ctx() { em, fetch, own }: GovernanceContext): Promise<string[] | null> {
    const { person, department } = fetch;
    if (!isOwner(result, fetch) || person === undefined || !own.qualityKeys || result.samples == null) return null;
    if (!(await own.holdsPost(em, { person, department }, POSTS))) return null;
    try {
      const names = JSON.parse(await decryptSecret(result.samples, own.qualityKeys, [result.rule])) as string[][];
      return names.map((name) => name.join(' / '));
    } catch {
      // A subgraph may have sealed nothing that opens.
      return null;
    }
  }
}

const POSTS = ['HEAD', 'LEADER_IN_CHARGE', 'DATA_ADMINISTRATOR', 'DESIGNATED_PERSON'] as const;

const isOfFew = ({ checked, failed }: QualityResult): boolean => {
  const [wrong, right] = [failed ?? 0, (checked ?? 0) - (failed ?? 0)];
  return (wrong > 0 && wrong < LEAST_SHOWN) || (right > 0 && right < LEAST_SHOWN);
};
