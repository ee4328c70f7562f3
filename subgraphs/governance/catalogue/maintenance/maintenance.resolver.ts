import { Arg, Args, Ctx, Int, Mutation, Query, Resolver } from 'type-graphql';
import { Filters, Share } from '../../../../shared/share/decorators.js';
import {
  type Connection,
  defineConnection,
  PageArguments,
  toConnection,
  requirePageSize,
  sealList,
} from '../../../../shared/subgraph/index.js';
import { type GovernanceContext, seesAll } from '../../core/index.js';
import { findDepartments } from '../../register/index.js';
import { CatalogueDutyResult } from './catalogue-duty-result.js';
import { confirmMaintenance } from './confirm-maintenance.command.js';
import { MaintenanceDuty } from './maintenance-duty.js';
import { lastDayOf, yearAt } from './maintenance-year.js';
import { listConfirmations } from './maintenance.store.js';

const MaintenanceDutyConnection = defineConnection(MaintenanceDuty, { title: '目录年度维护' });

/** Each department goes through its whole catalogue once a year. @source HZ-5.4a, YN-9h */
@Resolver()
export class MaintenanceResolver {
  @Share('UNCONDITIONAL')
  @Query(() => MaintenanceDutyConnection, {
    nullable: true,
    description:
      '目录年度维护\nEmpty where the law asks for none. The own department’s; every provider’s for the authority.',
  })
  async maintenanceDuties(
    @Filters('MaintenanceDuty.year')
    @Arg('year', () => Int, { nullable: true, description: '年度\nThis year where absent.' })
    given: number | null | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: GovernanceContext,
  ): Promise<Connection<MaintenanceDuty>> {
    const { em, fetch, own } = context;
    const list = sealList(context, 'maintenanceDuties');
    const { first, after } = list.open(page);
    requirePageSize(first);
    const previous = after ?? '';
    const law = own.profile.catalogue?.maintenance;
    const thisYear = yearAt(own.now(), own);
    const year = given ?? thisYear;
    const providers = law
      ? await findDepartments(em, { role: 'provider', ...(!seesAll(fetch) && { codes: [fetch.department] }) })
      : [];
    const departments = providers
      .filter(({ code, registeredAt }) => code > previous && yearAt(registeredAt.getTime(), own) <= year)
      .map(({ code }) => code)
      .sort()
      .slice(0, first + 1);
    const confirmations = await listConfirmations(em, year, departments);
    const duties = departments.map((department): MaintenanceDuty => {
      const confirmation = confirmations.find((each) => each.department === department);
      return {
        department,
        year,
        due: lastDayOf(year),
        clauses: [...(law?.clauses ?? [])],
        overdue: !confirmation && thisYear > year,
        ...(confirmation && { confirmedAt: confirmation.confirmedAt, confirmedBy: confirmation.confirmedBy }),
      };
    });
    return list.seal(toConnection(duties, { first, after, cursorOf: ({ department }) => department }));
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => CatalogueDutyResult, {
    description: '确认年度目录维护\nThe own department has gone through its whole catalogue.',
  })
  confirmMaintenance(
    @Arg('note', () => String, { nullable: true }) note: string | null | undefined,
    @Ctx() context: GovernanceContext,
  ): Promise<CatalogueDutyResult> {
    return confirmMaintenance(context, note);
  }
}
