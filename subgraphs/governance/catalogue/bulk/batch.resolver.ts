import { Arg, Ctx, Field, InputType, Int, Mutation, Resolver } from 'type-graphql';
import { HubError } from '../../../../shared/kernel/index.js';
import { Share } from '../../../../shared/share/decorators.js';
import type { GovernanceContext } from '../../core/index.js';
import { CatalogueResult } from '../entry/catalogue-result.js';
import type { EntryReference } from '../entry/execute-entry-command.js';
import { submitResource } from '../entry/submit-resource.command.js';
import { say } from '../messages/index.js';
import { publishResource } from '../publish/publish-resource.command.js';
import { examineSecrecy, type Opinion, reviewEntry } from '../review/review-entry.command.js';

/** As many entries as one request deals with. */
const MOST_ENTRIES = 100;

@InputType({ description: '目录条目版本' })
export class EntryVersion implements EntryReference {
  @Field(() => String, { description: '资源代码' })
  code!: string;

  @Field(() => Int, { description: '版本号\nAs the caller saw it; a decision on another is refused.' })
  version!: number;
}

const ENTRIES = { description: '目录条目\nAt most 100.' } as const;

/** Steps of many entries in one request. Each entry is judged by itself, by the rules of the single step: the results stand in
 *  the order of the entries, and one that is refused holds no other up. @source HZ-5.3b, HZ-5.3c, HZ-5.4c, JL-15e, YN-9e */
@Resolver()
export class BatchResolver {
  @Share('UNCONDITIONAL')
  @Mutation(() => [CatalogueResult], { description: '批量提交目录条目\nA result for each.' })
  submitResources(
    @Arg('entries', () => [EntryVersion], ENTRIES) entries: EntryVersion[],
    @Ctx() context: GovernanceContext,
  ): Promise<CatalogueResult[]> {
    return forEach(entries, (entry) => submitResource(context, entry));
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => [CatalogueResult], { description: '批量保密审查\nA result for each (HZ-7.3a, HZ-9.2b).' })
  examineSecrecyOfResources(
    @Arg('entries', () => [EntryVersion], ENTRIES) entries: EntryVersion[],
    @Arg('approve', () => Boolean) approved: boolean,
    @Arg('reason', () => String, { nullable: true }) reason: string | null | undefined,
    @Ctx() context: GovernanceContext,
  ): Promise<CatalogueResult[]> {
    return forEach(entries, (entry) => examineSecrecy(context, entry, opinionOf(approved, reason)));
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => [CatalogueResult], { description: '批量审核目录条目\nA result for each, in the step that waits.' })
  reviewResources(
    @Arg('entries', () => [EntryVersion], ENTRIES) entries: EntryVersion[],
    @Arg('approve', () => Boolean) approved: boolean,
    @Arg('reason', () => String, { nullable: true }) reason: string | null | undefined,
    @Ctx() context: GovernanceContext,
  ): Promise<CatalogueResult[]> {
    return forEach(entries, (entry) => reviewEntry(context, entry, opinionOf(approved, reason)));
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => [CatalogueResult], { description: '批量发布目录条目\nA result for each.' })
  publishResources(
    @Arg('entries', () => [EntryVersion], ENTRIES) entries: EntryVersion[],
    @Ctx() context: GovernanceContext,
  ): Promise<CatalogueResult[]> {
    return forEach(entries, (entry) => publishResource(context, entry));
  }
}

const opinionOf = (approved: boolean, reason: string | null | undefined): Opinion => ({
  approved,
  reason: reason ?? undefined,
});

async function forEach(
  entries: readonly EntryVersion[],
  step: (entry: EntryVersion) => Promise<CatalogueResult>,
): Promise<CatalogueResult[]> {
  if (entries.length > MOST_ENTRIES)
    throw new HubError('BAD_USER_INPUT', say('bulk.mostEntries', { most: MOST_ENTRIES }));
  const results: CatalogueResult[] = [];
  for (const entry of entries) results.push(await step(entry));
  return results;
}
