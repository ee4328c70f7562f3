import type { EntityManager } from '@mikro-orm/postgresql';
import type { FetchContext } from '../../../../shared/trust/signed-context.js';
import { dueDate, type Deadline, type DueDate, type Profile } from '../../../../shared/law/index.js';
import type { RowCondition } from '../../../../shared/subgraph/index.js';
import { type Database, type GovernanceOwn, nextNumber, seesAll } from '../../core/index.js';
import { catalogueTables } from '../tables.js';
import { CatalogueTask, type CatalogueTaskKind } from './catalogue-task.entity.js';

/** A change that the catalogue has to follow. */
export interface CatalogueDemand {
  readonly kind: CatalogueTaskKind;
  readonly department: string;
  readonly code?: string;
  readonly subject: string;
  /** Clauses that it rests on, where they are not those of the deadline. */
  readonly clauses?: readonly string[];
  /** When it came about, milliseconds since the epoch. */
  readonly at: number;
}
type Law = Pick<GovernanceOwn, 'profile' | 'calendar' | 'timeZone'>;

const FRESH = { disableIdentityMap: true } as const;

/** The deadline by which the catalogue has to follow a change; undefined where the law counts no days, so that only the
 *  age of the task is shown.
 *  @source CZ-7b, YN-9i (15 working days from a change of law or function); HZ-5.4b, QZ-4.2c, JL-15d (no number) */
function selectDeadline(kind: CatalogueTaskKind, { catalogue }: Profile): Deadline | undefined {
  if (kind === 'REQUESTED') return undefined;
  return kind === 'SCHEMA_CHANGE' ? catalogue?.whenDataChanges : catalogue?.onChange;
}

/** Opens a task for a change; a further change of the same entry's schema joins the task that is open. */
export async function openTask(
  em: EntityManager,
  demand: CatalogueDemand,
  { profile, calendar, timeZone }: Law,
): Promise<CatalogueTask> {
  const { kind, department, code, at } = demand;
  const subject = demand.subject.slice(0, 500);
  const open = kind === 'SCHEMA_CHANGE' ? await em.findOne(CatalogueTask, { kind, code, closedAt: null }, FRESH) : null;
  if (open) {
    const joined = `${open.subject} ${subject}`.slice(0, 500);
    await em.nativeUpdate(CatalogueTask, { id: open.id }, { subject: joined });
    return { ...open, subject: joined };
  }
  const deadline = selectDeadline(kind, profile);
  const workingDays = deadline?.workingDays?.value;
  const zone = profile.timeZone ?? timeZone;
  const due = workingDays === undefined ? undefined : dueDate(calendar, { start: at, workingDays, timeZone: zone });
  const id = await nextNumber(em, 'catalogue_task_number', 'T');
  await em.insert(CatalogueTask, {
    id,
    kind,
    department,
    code,
    subject,
    clauses: [...(demand.clauses ?? deadline?.workingDays?.clauses ?? deadline?.pace?.clauses ?? [])],
    openedAt: new Date(at),
    workingDays,
    due: due?.date,
    dueAt: due && new Date(due.instant),
    provisional: due?.provisional ?? false,
  });
  return em.findOneOrFail(CatalogueTask, { id }, FRESH);
}

/** Closes the tasks that wait for an entry. */
export async function closeTasksOfEntry(em: EntityManager, code: string, at: Date, by: string): Promise<void> {
  await em.nativeUpdate(
    CatalogueTask,
    { code, closedAt: null, openedAt: { $lte: at } },
    { closedAt: at, closedBy: by },
  );
}

/** Closes one task; one that is closed already stays as it is. */
export async function closeTask(
  em: EntityManager,
  id: string,
  { at, by }: { readonly at: Date; readonly by: string | null },
): Promise<void> {
  await em.nativeUpdate(CatalogueTask, { id, closedAt: null }, { closedAt: at, closedBy: by });
}

export interface TaskFilter {
  readonly department?: string | null | undefined;
  /** Closed tasks too. */
  readonly closed: boolean;
  /** Tasks that were due by this instant alone. */
  readonly dueBy?: Date | undefined;
}

/** Selects the tasks that a caller may see: their own department's, or every department's. */
export function filterTasks(
  fetch: Pick<FetchContext, 'department' | 'roles'>,
  { department, closed, dueBy }: TaskFilter,
): RowCondition<CatalogueTask> {
  const conditions: RowCondition<CatalogueTask>[] = [];
  if (!seesAll(fetch)) conditions.push({ department: fetch.department });
  if (department != null) conditions.push({ department });
  if (!closed) conditions.push({ closedAt: null });
  if (dueBy) conditions.push({ dueAt: { $lte: dueBy } });
  return { $and: conditions };
}

export const countOverdueTasks = (em: EntityManager, department: string, at: Date): Promise<number> =>
  em.count(CatalogueTask, { department, closedAt: null, dueAt: { $lte: at } });

/** A task that is open and has a due date. */
export interface DueTask {
  readonly id: string;
  readonly department: string;
  readonly clauses: readonly string[];
  readonly due: DueDate;
}

/** Open tasks that are due by an instant, the most urgent first. */
export async function listTasksDueBy(database: Database, until: Date): Promise<DueTask[]> {
  const rows = await catalogueTables(database)
    .selectFrom('catalogue_task')
    .select(['id', 'department', 'clauses', 'due', 'due_at', 'provisional'])
    .where('closed_at', 'is', null)
    .where('due_at', '<=', until)
    .orderBy('due_at')
    .orderBy('id')
    .execute();
  return rows.flatMap(({ due, due_at, provisional, ...same }) =>
    due && due_at ? [{ ...same, due: { date: due, instant: due_at.getTime(), provisional } }] : [],
  );
}

/** An open task whose due date may move when the calendar of its year is published. */
export interface ProvisionalTask extends DueTask {
  /** Milliseconds since the epoch. */
  readonly openedAt: number;
  readonly workingDays: number;
}

export async function listProvisionalTasks(database: Database): Promise<ProvisionalTask[]> {
  const rows = await catalogueTables(database)
    .selectFrom('catalogue_task')
    .select(['id', 'department', 'clauses', 'due', 'due_at', 'opened_at', 'working_days'])
    .where('closed_at', 'is', null)
    .where('provisional', '=', true)
    .orderBy('id')
    .execute();
  return rows.flatMap(({ due, due_at, opened_at, working_days: workingDays, ...same }) =>
    due && due_at && workingDays != null
      ? [
          {
            ...same,
            due: { date: due, instant: due_at.getTime(), provisional: true },
            openedAt: opened_at.getTime(),
            workingDays,
          },
        ]
      : [],
  );
}

/** Moves the due date of a task. */
export async function moveDueDate(
  database: Database,
  id: string,
  { date, instant, provisional }: DueDate,
): Promise<void> {
  await catalogueTables(database)
    .updateTable('catalogue_task')
    .set({ due: date, due_at: new Date(instant), provisional })
    .where('id', '=', id)
    .execute();
}
