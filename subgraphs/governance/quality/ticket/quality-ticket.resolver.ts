import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, Info, Int, Query, Resolver, Root } from 'type-graphql';
import { Filters, Share } from '../../../../shared/share/decorators.js';
import { type Connection, PageArguments, ReadsOf, type RowCondition } from '../../../../shared/subgraph/index.js';
import type { GovernanceContext } from '../../core/index.js';
import { isOwner, LEAST_SHOWN, visibleQuality } from '../visible-quality.js';
import {
  QualityTicket,
  QualityTicketConnection,
  QualityTicketStates,
  type QualityTicketState,
} from './quality-ticket.entity.js';

/** Tickets of what is wrong with records. */
@Resolver(() => QualityTicket)
export class QualityTicketResolver {
  @Share('UNCONDITIONAL')
  @Query(() => QualityTicketConnection, {
    nullable: true,
    description: '查询质量工单\nThose of the own department; all for those who oversee.',
  })
  qualityTickets(
    @Filters('QualityTicket.place')
    @Arg('place', () => String, { nullable: true, description: '资源' })
    place: string | null | undefined,
    @Filters('QualityTicket.state')
    @Arg('state', () => QualityTicketStates, { nullable: true, description: '状态' })
    state: QualityTicketState | null | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows, fetch }: GovernanceContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<QualityTicket>> {
    const where: RowCondition<QualityTicket>[] = [
      visibleQuality<QualityTicket>(fetch),
      ...(place == null ? [] : [{ place }]),
      ...(state == null ? [] : [{ state }]),
    ];
    return rows.connection(QualityTicket, { $and: where }, info, page);
  }

  @FieldResolver(() => Int, { nullable: true, description: '不合格数\nNull where they are few, but for the owner.' })
  @ReadsOf(QualityTicket, 'failed', 'provider')
  failing(@Root() ticket: QualityTicket, @Ctx() { fetch }: GovernanceContext): number | null {
    const { failed } = ticket;
    return isOwner(ticket, fetch) || failed === 0 || failed >= LEAST_SHOWN ? failed : null;
  }
}
