import type { EntityManager } from '@mikro-orm/postgresql';
import { dueDate, type Deadline, type Profile } from '../../../../shared/law/index.js';
import { type GovernanceOwn, nextNumber } from '../../core/index.js';
import { CatalogueTask, type TaskKind } from './catalogue-task.entity.js';

export interface Change {
  readonly kind: TaskKind;
  readonly department: string;
  readonly code?: string;
  readonly subject: string;
  /** Clauses that it rests on, where they are not those of the deadline. */
  readonly clauses?: readonly string[];
  /** When it came about, milliseconds since the epoch. */
  readonly at: number;
}
type Law = Pick<GovernanceOwn, 'profile' | 'calendar' | 'timeZone'>;

/** How long the catalogue may take to follow a change: working days where the law counts them, else age alone is shown.
 *  @source CZ-7b, YN-9i (15 working days from a change of law or function); HZ-5.4b, QZ-4.2c, JL-15d (no number) */
function deadlineOf(kind: TaskKind, { catalogue }: Profile): Deadline | undefined {
  if (kind === 'REQUESTED') return undefined;
  return kind === 'SCHEMA_CHANGE' ? catalogue?.whenDataChanges : catalogue?.onChange;
}

/** Opens a task for a change; a further change of the same entry's schema joins the one that is open. */
export async function openTask(
  em: EntityManager,
  change: Change,
  { profile, calendar, timeZone }: Law,
): Promise<CatalogueTask> {
  const { kind, department, code, at } = change;
  const subject = change.subject.slice(0, 500);
  const open =
    kind === 'SCHEMA_CHANGE'
      ? await em.findOne(CatalogueTask, { kind, code, closedAt: null }, { disableIdentityMap: true })
      : null;
  if (open) {
    const joined = `${open.subject} ${subject}`.slice(0, 500);
    await em.nativeUpdate(CatalogueTask, { id: open.id }, { subject: joined });
    return { ...open, subject: joined };
  }
  const deadline = deadlineOf(kind, profile);
  const workingDays = deadline?.workingDays?.value;
  const zone = profile.timeZone ?? timeZone;
  const due = workingDays === undefined ? undefined : dueDate(calendar, { start: at, workingDays, timeZone: zone });
  const id = await nextNumber(em, 'catalogue_task_number', 'T');
  await em.insert(CatalogueTask, {
    ...{ id, kind, department, code, subject, openedAt: new Date(at), workingDays },
    clauses: [...(change.clauses ?? deadline?.workingDays?.clauses ?? deadline?.pace?.clauses ?? [])],
    ...{ due: due?.date, dueAt: due && new Date(due.instant), provisional: due?.provisional ?? false },
  });
  return em.findOneOrFail(CatalogueTask, { id }, { disableIdentityMap: true });
}

/** Closes the tasks that wait for an entry. */
export async function closeTasks(em: EntityManager, code: string, at: Date, by: string): Promise<void> {
  await em.nativeUpdate(
    CatalogueTask,
    { code, closedAt: null, openedAt: { $lte: at } },
    { closedAt: at, closedBy: by },
  );
}
