import { Arg, Ctx, Int, Mutation, Query, Resolver } from 'type-graphql';
import { localDate } from '../../../../shared/law/index.js';
import { Filters, Share } from '../../../../shared/share/decorators.js';
import {
  cleanText,
  type Recorded,
  type GovernanceContext,
  queryIn,
  Refusal,
  type RefusalCode,
  seesAll,
  findTextProblem,
} from '../../core/index.js';
import { CatalogueTask } from '../review/catalogue-task.entity.js';
import { CatalogueDutyResult, MaintenanceDuty } from './duty-result.js';

/** Each department goes through its whole catalogue once a year. @source HZ-5.4a, YN-9h */
@Resolver()
export class MaintenanceResolver {
  @Share('UNCONDITIONAL')
  @Query(() => [MaintenanceDuty], {
    nullable: true,
    description:
      '目录年度维护\nEmpty where the law asks for none. The own department’s; every provider’s for the authority.',
  })
  async maintenanceDuties(
    @Filters('MaintenanceDuty.year')
    @Arg('year', () => Int, { nullable: true, description: '年度\nThis year where absent.' })
    given: number | null | undefined,
    @Ctx() { em, fetch, own }: GovernanceContext,
  ): Promise<MaintenanceDuty[]> {
    const law = own.profile.catalogue?.maintenance;
    if (!law) return [];
    const year = given ?? yearOf(own);
    const rows = await queryIn(em)(
      `select department.code, confirmed_at, confirmed_by, registered_at
         from department left join catalogue_maintenance done on done.department = department.code and done.year = $1
        where department.roles ? 'provider' and ($2::text is null or department.code = $2)
        order by department.code`,
      [year, seesAll(fetch) ? null : fetch.department],
    );
    return rows
      .filter((row) => yearAt(row['registered_at'] as Date, own) <= year)
      .map((row) => ({
        ...{ department: String(row['code']), year, due: `${year}-12-31`, clauses: [...law.clauses] },
        ...(row['confirmed_at'] != null && {
          confirmedAt: new Date(row['confirmed_at'] as string),
          confirmedBy: String(row['confirmed_by']),
        }),
        overdue: row['confirmed_at'] == null && yearOf(own) > year,
      }));
  }

  @Share('UNCONDITIONAL')
  @Mutation(() => CatalogueDutyResult, {
    description: '确认年度目录维护\nThe own department has gone through its whole catalogue.',
  })
  async confirmMaintenance(
    @Arg('note', () => String, { nullable: true }) note: string | null | undefined,
    @Ctx() { em, fetch, own }: GovernanceContext,
  ): Promise<CatalogueDutyResult> {
    const wrong = note == null ? undefined : findTextProblem('note', note, { optional: true });
    if (wrong) return refuse('MAINTENANCE_MALFORMED', wrong);
    const [department, year, at] = [fetch.department, yearOf(own), new Date(own.now())];
    return own.auditLog.transact(em, fetch, async (em): Promise<Recorded<CatalogueDutyResult>> => {
      const open = await em.count(CatalogueTask, { department, closedAt: null, dueAt: { $lte: at } });
      if (open > 0)
        return {
          result: refuse(
            'TASKS_OVERDUE',
            `${department} has ${open} overdue tasks; the catalogue is not maintained while it has.`,
          ),
        };
      const by = fetch.person ?? fetch.system;
      await queryIn(em)(
        `insert into catalogue_maintenance (department, year, confirmed_at, confirmed_by, note) values ($1, $2, $3, $4, $5)
         on conflict (department, year) do update set confirmed_at = excluded.confirmed_at, confirmed_by = excluded.confirmed_by, note = excluded.note`,
        [department, year, at, by, note == null ? null : cleanText(note)],
      );
      const clauses = [...(own.profile.catalogue?.maintenance?.clauses ?? [])];
      const maintenance = {
        department,
        year,
        confirmedAt: at,
        confirmedBy: by,
        due: `${year}-12-31`,
        overdue: false,
        clauses,
      };
      return {
        result: { maintenance },
        decision: {
          act: 'CONFIRM_MAINTENANCE',
          object: `maintenance/${department}/${year}`,
          concerns: [department],
          basis: clauses,
        },
      };
    });
  }
}

const yearAt = (at: Date | string, { profile }: GovernanceContext['own']): number =>
  Number(localDate(new Date(at).getTime(), profile.timeZone).slice(0, 4));
const yearOf = (own: GovernanceContext['own']): number => yearAt(new Date(own.now()), own);
const refuse = (code: RefusalCode, message: string): CatalogueDutyResult => ({
  refusal: Refusal.because(code, message),
});
