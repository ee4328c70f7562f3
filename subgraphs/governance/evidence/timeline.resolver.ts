import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import type { Query as EvidenceQuery } from '../../../shared/evidence/store/store-connection.js';
import { HubError } from '../../../shared/kernel/index.js';
import { Filters, Share } from '../../../shared/share/decorators.js';
import { ShareGrant } from '../grant/index.js';
import type { GovernanceContext } from '../core/index.js';
import type { ActFilter } from './act-entry.js';
import { readActs } from './act-reader.js';
import { Actor } from './actor.js';
import type { Place } from './cursor.js';
import { EvidencePageArguments, pageOf, pageRequest } from './evidence-page-arguments.js';
import { evidenceQuery } from './evidence-query.js';
import { itemsEverOf, newestFirst, registrationsOf } from './registrations.js';
import { TimelineEntry, TimelinePage } from './timeline-entry.js';
import { readUses, type UseQuestion } from './use-reader.js';
import { viewed } from './use-view.js';
import { viewerOf } from './viewer.js';

interface Slice {
  readonly limit: number;
  readonly after?: Place;
}
type Listed = Place & { readonly entry: TimelineEntry };

/** The whole course of one resource, of one object of governance, or of what somebody did, in one list.
 *  @source YN-34a, HZ-9.3e */
@Resolver(() => TimelineEntry)
export class TimelineResolver {
  @Share('UNCONDITIONAL')
  @Query(() => TimelinePage, {
    nullable: true,
    description:
      '全过程查询\nRegistration, acts and uses of one resource; acts and uses of one object, such as grant/G-000001; or acts and uses of one department or person. Exactly one of the three is given. Each reader sees the acts and uses it may see.',
  })
  async timeline(
    @Filters('UsedItem.resource')
    @Arg('resource', () => String, { nullable: true })
    resource: string | null | undefined,
    @Filters('Act.object') @Arg('object', () => String, { nullable: true }) object: string | null | undefined,
    @Arg('actor', () => Actor, { nullable: true }) actor: Actor | null | undefined,
    @Args(() => EvidencePageArguments) page: EvidencePageArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<TimelinePage> {
    if ([resource, object, actor].filter((one) => one != null).length !== 1)
      throw new HubError('BAD_USER_INPUT', 'Name one of `resource`, `object` and `actor`.');
    if (actor != null && actor.department == null && actor.person == null)
      throw new HubError('BAD_USER_INPUT', 'Name the `department` or the `person` of `actor`.');
    const query = evidenceQuery(context.em);
    const request = pageRequest(page);
    const listed =
      actor != null
        ? await ofActor(query, actor, request, context)
        : resource != null
          ? await ofResource(query, resource, request, context)
          : await ofObject(query, object!, request, context);
    const { shown, next } = pageOf(listed.sort(newestFirst), request.limit);
    return { items: shown.map(({ entry }) => entry), ...(next && { next }) };
  }
}

async function ofResource(
  query: EvidenceQuery,
  resource: string,
  slice: Slice,
  context: GovernanceContext,
): Promise<Listed[]> {
  const registrations = await registrationsOf(query, resource, slice.after);
  const items = await itemsEverOf(query, resource);
  return [
    ...registrations.slice(0, slice.limit).map(({ at, position, registration }) => ({
      ...{ at, position },
      entry: { position, time: new Date(at), kind: 'REGISTRATION' as const, registration },
    })),
    ...(await actsOf(query, { items }, slice, context)),
    ...(await usesOf(query, { resource }, slice, context)),
  ];
}

async function ofObject(
  query: EvidenceQuery,
  object: string,
  slice: Slice,
  context: GovernanceContext,
): Promise<Listed[]> {
  const acts = await actsOf(query, { object }, slice, context);
  const id = /^grant\/(.+)$/.exec(object)?.[1];
  const grant = id === undefined ? null : await context.em.findOne(ShareGrant, { id }, { disableIdentityMap: true });
  if (!grant) return acts;
  const { department, scenario } = grant;
  return [...acts, ...(await usesOf(query, { department, scenario, grant: grant.id }, slice, context))];
}

async function ofActor(
  query: EvidenceQuery,
  { department, person, from, until }: Actor,
  slice: Slice,
  context: GovernanceContext,
): Promise<Listed[]> {
  const chosen = { department, person, from, until };
  return [...(await actsOf(query, chosen, slice, context)), ...(await usesOf(query, chosen, slice, context))];
}

async function actsOf(
  query: EvidenceQuery,
  { items, ...filter }: ActFilter & { items?: readonly string[] },
  slice: Slice,
  { fetch }: GovernanceContext,
): Promise<Listed[]> {
  const found = await readActs(query, {
    ...slice,
    filter,
    items,
    reader: fetch,
  });
  return found.map(({ at, position, entry }) => ({
    ...{ at, position },
    entry: { position, time: entry.time, kind: 'ACT', act: entry },
  }));
}

async function usesOf(
  query: EvidenceQuery,
  question: UseQuestion,
  slice: Slice,
  { fetch, own: { timeZone } }: GovernanceContext,
): Promise<Listed[]> {
  const viewer = viewerOf(fetch);
  const found = await readUses(query, { ...slice, question, viewer, timeZone });
  const uses = await viewed(query, found, viewer);
  return uses.map((use) => ({
    ...{ at: use.time.getTime(), position: use.position },
    entry: { position: use.position, time: use.time, kind: 'USE', use },
  }));
}
