import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import { HubError } from '../../../shared/kernel/index.js';
import { Filters, Share } from '../../../shared/share/decorators.js';
import { type Connection, sealList } from '../../../shared/subgraph/index.js';
import type { GovernanceContext } from '../core/index.js';
import { ShareGrant } from '../grant/index.js';
import type { ActFilter } from './act.js';
import { Actor } from './actor.js';
import { newestFirst } from './evidence-cursor.js';
import {
  EvidencePageArguments,
  toEvidenceConnection,
  toPageRequest,
  type ListEntry,
  type PageRequest,
} from './evidence-page-arguments.js';
import { readActs } from './read-acts.js';
import { readItemsOfResource, readRegistrations } from './read-registrations.js';
import { readUses, type RecordCriteria } from './read-uses.js';
import { evidenceTables } from './tables.js';
import { TimelineConnection, TimelineEntry } from './timeline-entry.js';
import { toUses } from './to-uses.js';
import { useVisibility } from './use-visibility.js';
import { say } from './messages/index.js';

type Entries = ListEntry<TimelineEntry>[];

/** The whole course of one resource, of one object of governance, or of one actor, in one list.
 *  @source YN-34a, HZ-9.3e */
@Resolver(() => TimelineEntry)
export class TimelineResolver {
  @Share('UNCONDITIONAL')
  @Query(() => TimelineConnection, {
    nullable: true,
    description:
      '全过程查询\nRegistration, acts and uses of one resource; acts and uses of one object, such as grant/G-000001; or acts and uses of one department or person. Exactly one of the three is given. Each reader sees the acts and uses it may see. Newest first.',
  })
  async timeline(
    @Filters('UsedItem.resource')
    @Arg('resource', () => String, { nullable: true })
    resource: string | null | undefined,
    @Filters('Act.object') @Arg('object', () => String, { nullable: true }) object: string | null | undefined,
    @Arg('actor', () => Actor, { nullable: true }) actor: Actor | null | undefined,
    @Args(() => EvidencePageArguments) page: EvidencePageArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<Connection<TimelineEntry>> {
    if ([resource, object, actor].filter((one) => one != null).length !== 1)
      throw new HubError('BAD_USER_INPUT', say('filter.one'));
    if (actor != null && actor.department == null && actor.person == null)
      throw new HubError('BAD_USER_INPUT', say('filter.actor'));
    const list = sealList(context, 'timeline');
    const request = toPageRequest(page, list);
    const entries =
      actor != null
        ? await readActorTimeline(actor, request, context)
        : resource != null
          ? await readResourceTimeline(resource, request, context)
          : await readObjectTimeline(object!, request, context);
    return toEvidenceConnection(entries.sort(newestFirst), page, list);
  }
}

async function readResourceTimeline(
  resource: string,
  request: PageRequest,
  context: GovernanceContext,
): Promise<Entries> {
  const db = evidenceTables(context.em);
  const registrations = await readRegistrations(db, resource, request.after);
  const items = await readItemsOfResource(db, resource);
  return [
    ...registrations.slice(0, request.limit).map(({ at, position, node: registration }) => ({
      at,
      position,
      node: { position, time: new Date(at), kind: 'REGISTRATION' as const, registration },
    })),
    ...(await readActEntries({ items }, request, context)),
    ...(await readUseEntries({ resource }, request, context)),
  ];
}

async function readObjectTimeline(object: string, request: PageRequest, context: GovernanceContext): Promise<Entries> {
  const acts = await readActEntries({ object }, request, context);
  const id = /^grant\/(.+)$/.exec(object)?.[1];
  const grant = id === undefined ? null : await context.em.findOne(ShareGrant, { id }, { disableIdentityMap: true });
  if (!grant) return acts;
  const { department, scenario } = grant;
  return [...acts, ...(await readUseEntries({ department, scenario, grant: grant.id }, request, context))];
}

async function readActorTimeline(
  { department, person, from, until }: Actor,
  request: PageRequest,
  context: GovernanceContext,
): Promise<Entries> {
  const criteria = { department, person, from, until };
  return [...(await readActEntries(criteria, request, context)), ...(await readUseEntries(criteria, request, context))];
}

async function readActEntries(
  { items, ...filter }: ActFilter & { items?: readonly string[] },
  request: PageRequest,
  { em, fetch }: GovernanceContext,
): Promise<Entries> {
  const acts = await readActs(evidenceTables(em), { ...request, filter, items, reader: fetch });
  return acts.map(({ at, position, node: act }) => ({
    at,
    position,
    node: { position, time: act.time, kind: 'ACT' as const, act },
  }));
}

async function readUseEntries(
  criteria: RecordCriteria,
  request: PageRequest,
  { em, fetch, own: { timeZone } }: GovernanceContext,
): Promise<Entries> {
  const db = evidenceTables(em);
  const visibility = useVisibility(fetch);
  const stored = await readUses(db, { ...request, criteria, visibility, timeZone });
  return (await toUses(db, stored, visibility)).map(({ at, position, node: use }) => ({
    at,
    position,
    node: { position, time: use.time, kind: 'USE' as const, use },
  }));
}
