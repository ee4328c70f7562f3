import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import { sealList } from '../../../shared/subgraph/index.js';
import { Share } from '../../../shared/share/decorators.js';
import type { GovernanceContext } from '../core/index.js';
import { EvidencePageArguments, toEvidenceConnection, toPageRequest } from './evidence-page-arguments.js';
import { hashPerson } from './hash-person.js';
import { readUses } from './read-uses.js';
import { evidenceTables } from './tables.js';
import { toUses } from './to-uses.js';
import { UseFilter } from './use-filter.js';
import { useVisibility } from './use-visibility.js';
import { Use, UseConnection } from './use.js';

/** Reads the uses that the caller may see. */
@Resolver(() => Use)
export class UseResolver {
  @Share('UNCONDITIONAL')
  @Query(() => UseConnection, {
    nullable: true,
    description:
      '查询使用记录\nA consumer sees its own; a provider every use of its items, and of each its own items only; auditor and authority all. Newest first.',
  })
  async uses(
    @Arg('filter', () => UseFilter, { nullable: true }) filter: UseFilter | null | undefined,
    @Args(() => EvidencePageArguments) page: EvidencePageArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<UseConnection> {
    const { em, fetch, own } = context;
    const list = sealList(context, 'uses');
    const db = evidenceTables(em);
    const visibility = useVisibility(fetch);
    const { subject, ...criteria } = filter ?? {};
    const hashes = subject == null ? undefined : hashPerson(own, subject);
    const stored = await readUses(db, {
      ...toPageRequest(page, list),
      criteria: { ...criteria, subject: hashes },
      visibility,
      timeZone: own.timeZone,
    });
    const uses = await toUses(db, stored, visibility);
    return { ...toEvidenceConnection(uses, page, list), subject: subject ?? null };
  }
}
