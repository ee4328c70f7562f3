import { Arg, Args, Ctx, Mutation, Resolver } from 'type-graphql';
import type { Profile } from '../../../../shared/law/index.js';
import { Share } from '../../../../shared/share/decorators.js';
import { actsFor, type GovernanceContext, GroundsArguments, queryIn, findGroundsProblem } from '../../core/index.js';
import type { CatalogueResource } from '../entry/catalogue-resource.entity.js';
import { CatalogueResult } from '../entry/catalogue-result.js';
import { decided, onEntry, refuse, refused } from '../entry/entry-commands.js';
import { isOwnCause, OWN_CAUSE } from '../review/own-cause.js';
import { putInForce, servedItems, takeOutOfForce } from './publication.js';
import { SECRECY_STEP } from '../review/review.rule.js';
import { closeTasks } from '../review/tasks.js';
import { VERSION } from '../entry/version-argument.js';

/** Into force, out of it, and back. What is in force is effective at the gateway within its lease.
 *  @source HZ-5.1c, HZ-5.4c, HZ-7.3a, QZ-5.10 */
@Resolver()
export class PublishResolver {
  @Share('UNCONDITIONAL')
  @Mutation(() => CatalogueResult, { description: '发布目录条目\nAfter all reviews; in force at once.' })
  publishResource(
    @Arg('code', () => String) code: string,
    @Arg(...VERSION) version: number,
    @Ctx() context: GovernanceContext,
  ): Promise<CatalogueResult> {
    const { fetch, own } = context;
    const chosen = { on: 'open', states: ['APPROVED'], mine: () => true } as const;
    return onEntry(context, { code, version }, chosen, async (entry, store, em) => {
      const secrecy = secrecyClauses(own.profile);
      if (secrecy && !entry.reviews.some(({ step, approved }) => step === SECRECY_STEP && approved))
        return refused(
          'SECRECY_REVIEW_MISSING',
          `${code} has no signed examination of secrecy of its own unit.`,
          secrecy,
        );
      if (await isOwnCause(em, entry, 'authority', fetch)) return refused(...OWN_CAUSE);
      const taken = await putInForce(queryIn(em), entry, servedItems(await store.itemsOf(entry)));
      if (taken.length > 0)
        return refused(
          'SOURCE_NOT_UNIQUE',
          `Another entry has these items in force: ${taken.slice(0, 10).join(', ')}.`,
          ['HZ-3.1a'],
        );
      const at = new Date(own.now());
      const before = await store.standing(code);
      if (before) await store.supersede(before, at);
      const published = await store.change(entry, { publishedAt: at }, { act: 'PUBLISH_RESOURCE', state: 'PUBLISHED' });
      await closeTasks(em, code, at, fetch.person ?? fetch.system);
      return decided('PUBLISH_RESOURCE', published);
    });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => CatalogueResult, {
    description: '暂停目录条目\nNobody but its provider is given its items until it is resumed.',
  })
  suspendResource(
    @Arg('code', () => String) code: string,
    @Arg(...VERSION) version: number,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<CatalogueResult> {
    const wrong = wrongReasons(grounds);
    if (wrong) return Promise.resolve(wrong);
    const chosen = { on: 'standing', states: ['PUBLISHED'], mine: () => true } as const;
    return onEntry(context, { code, version }, chosen, async (entry, store, em) => {
      await takeOutOfForce(queryIn(em), code);
      const suspended = await store.change(entry, {}, { act: 'SUSPEND_RESOURCE', state: 'SUSPENDED', ...grounds });
      return decided('SUSPEND_RESOURCE', suspended, grounds);
    });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => CatalogueResult, { description: '恢复目录条目' })
  resumeResource(
    @Arg('code', () => String) code: string,
    @Arg(...VERSION) version: number,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<CatalogueResult> {
    const wrong = findGroundsProblem(grounds);
    if (wrong) return Promise.resolve(refuse('GROUNDS_MALFORMED', wrong));
    const chosen = { on: 'standing', states: ['SUSPENDED'], mine: () => true } as const;
    return onEntry(context, { code, version }, chosen, async (entry, store, em) => {
      const taken = await putInForce(queryIn(em), entry, servedItems(await store.itemsOf(entry)));
      if (taken.length > 0)
        return refused(
          'SOURCE_NOT_UNIQUE',
          `Another entry has these items in force: ${taken.slice(0, 10).join(', ')}.`,
          ['HZ-3.1a'],
        );
      return decided(
        'RESUME_RESOURCE',
        await store.change(entry, {}, { act: 'RESUME_RESOURCE', state: 'PUBLISHED', ...grounds }),
        grounds,
      );
    });
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => CatalogueResult, { description: '撤销目录条目\nA draft is dropped; an entry in force ends.' })
  withdrawResource(
    @Arg('code', () => String) code: string,
    @Arg(...VERSION) version: number,
    @Args(() => GroundsArguments) grounds: GroundsArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<CatalogueResult> {
    const wrong = wrongReasons(grounds);
    if (wrong) return Promise.resolve(wrong);
    const mine = ({ provider }: CatalogueResource) => actsFor(provider, context.fetch);
    const states = ['DRAFT', 'SUBMITTED', 'CHANGES_REQUESTED', 'APPROVED', 'PUBLISHED', 'SUSPENDED'] as const;
    return onEntry(context, { code, version }, { on: 'open', states, mine }, async (entry, store, em) => {
      if (entry.state === 'PUBLISHED') await takeOutOfForce(queryIn(em), code);
      const withdrawn = await store.change(entry, {}, { act: 'WITHDRAW_RESOURCE', state: 'WITHDRAWN', ...grounds });
      await store.forget(withdrawn);
      return decided('WITHDRAW_RESOURCE', withdrawn, grounds);
    });
  }
}

/** Where a profile names a person for secrecy, an entry is examined by its own unit before it is published.
 *  @source HZ-7.3a, HZ-9.2b */
function secrecyClauses({ persons }: Profile): readonly string[] | undefined {
  const named = persons?.named?.find(({ value }) => value.includes('SECRECY_PERSON'));
  return named && ['HZ-7.3a', ...named.clauses];
}

function wrongReasons(grounds: GroundsArguments): CatalogueResult | undefined {
  const wrong = findGroundsProblem(grounds);
  if (wrong) return refuse('GROUNDS_MALFORMED', wrong);
  return grounds.reason == null ? refuse('REASON_MISSING', 'Say why in `reason`.') : undefined;
}
