import { z } from 'zod';
import type { SnapshotQuery } from './read-snapshot.js';

/** What the worker does by the clock: `worker` is that it lives, `deadlines` that every deadline was looked at. */
export const WORKER_TASKS = ['worker', 'deadlines'] as const;
export type WorkerTask = (typeof WORKER_TASKS)[number];

/** Longest time without a beat, seconds. A worker beats every five seconds, and looks at deadlines every five minutes. */
const LONGEST: Readonly<Record<WorkerTask, number>> = { worker: 30, deadlines: 15 * 60 };

/** Seconds since each task was last done; undefined for one that was never done. */
export type WorkerAges = Readonly<Record<WorkerTask, number | undefined>>;

const ROWS = z.array(z.object({ task: z.string(), age: z.number() }));

/** Reads how long ago the worker did each of its tasks, by the database's clock. */
export async function readWorkerAges(query: SnapshotQuery): Promise<WorkerAges> {
  const rows = ROWS.parse(
    await query('select task, extract(epoch from clock_timestamp() - at)::float8 as age from worker_beat'),
  );
  const ageOf = (task: WorkerTask) => rows.find((row) => row.task === task)?.age;
  return { worker: ageOf('worker'), deadlines: ageOf('deadlines') };
}

/** Says what stands still, in words for the operator.
 *  @returns undefined when the task was done lately */
export function describeStandstill(task: WorkerTask, age: number | undefined): string | undefined {
  if (age !== undefined && age <= LONGEST[task]) return undefined;
  const since = age === undefined ? 'it has never run' : `last done ${Math.round(age)} s ago`;
  return task === 'worker'
    ? `no worker runs (${since}): evidence is not shipped or signed, nobody is notified. Start \`sharehub worker\``
    : `deadlines are not watched (${since}): reminders, escalations and expiries are late. See the worker's log`;
}
