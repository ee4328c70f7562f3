import pg from 'pg';
import { Gauge, type Registry } from 'prom-client';
import {
  describeStandstill,
  readWorkerAges,
  WORKER_TASKS,
  type WorkerAges,
  type WorkerTask,
} from '../../shared/read-model/worker-state.js';

/** For this long a reading is taken for new, milliseconds: anybody may ask whether the hub is ready. */
const NEW_MS = 5_000;
const PATIENCE_MS = 1_500;

/** Looks whether the worker runs and keeps its times, for those who ask about the hub's health. */
export class WorkerWatch {
  private reading: Promise<WorkerAges> | undefined;
  private readAt = -Infinity;

  /** @param url  the governance database */
  constructor(private readonly url: string) {}

  /** @returns undefined while the task is done in time */
  describe = async (task: WorkerTask): Promise<string | undefined> =>
    describeStandstill(task, (await this.read())[task]);

  observe(registry: Registry): void {
    const read = () => this.read();
    new Gauge({
      name: 'sharehub_worker_task_age_seconds',
      help: 'Time since the worker did a task of its clock last; -1 when it never did, or this cannot be found out.',
      labelNames: ['task'],
      registers: [registry],
      async collect() {
        const ages = await read().catch(() => undefined);
        for (const task of WORKER_TASKS) this.set({ task }, ages?.[task] ?? -1);
      },
    });
  }

  private read(): Promise<WorkerAges> {
    if (!this.reading || performance.now() - this.readAt > NEW_MS) {
      this.readAt = performance.now();
      this.reading = this.ask();
    }
    return this.reading;
  }

  private async ask(): Promise<WorkerAges> {
    const client = new pg.Client({
      connectionString: this.url,
      connectionTimeoutMillis: PATIENCE_MS,
      query_timeout: PATIENCE_MS,
      application_name: 'sharehub-gateway-health',
    });
    // A connection that breaks fails the query in hand.
    client.on('error', () => undefined);
    try {
      await client.connect();
      return await readWorkerAges(async (sql) => (await client.query<Record<string, unknown>>(sql)).rows);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
