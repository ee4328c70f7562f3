import { Counter, Gauge, type Registry } from 'prom-client';
import { readFailingPulls, readLoadTotals, type LoadTotals } from '../../shared/read-model/load-totals.js';
import type { SnapshotQuery } from '../../shared/read-model/read-snapshot.js';

/** For this long a reading is taken for new, ms: anybody may ask for metrics. */
const NEW_MS = 10_000;

/** Adds what was loaded into hosted tables, and what is pulled and fails, by resource. The counts are those of governance, so every
 *  process that shows them says the same, and a restart sets none back.
 *  @param query  reads the governance database */
export function observeLoads(registry: Registry, query: SnapshotQuery): void {
  const totals = keepFor(NEW_MS, () => readLoadTotals(query));
  const count = (name: string, help: string, valueOf: (totals: LoadTotals) => number) =>
    new Counter({
      ...{ name, help, labelNames: ['subgraph', 'type', 'outcome'], registers: [registry] },
      async collect() {
        const all = await totals().catch(() => undefined);
        // Counts that cannot be read stay as they were: a scraper would take a fall for a restart.
        if (!all) return;
        this.reset();
        for (const each of all) {
          const { subgraph, type, outcome } = each;
          this.inc({ subgraph, type, outcome: outcome.toLowerCase() }, valueOf(each));
        }
      },
    });
  count('sharehub_loads_total', 'Loads of hosted tables that have ended.', ({ loads }) => loads);
  count('sharehub_load_rows_total', 'Rows read from loaded files.', ({ rows }) => rows);
  count('sharehub_load_seconds_total', 'Time from the begin of loads to their end.', ({ seconds }) => seconds);
  new Gauge({
    ...{ name: 'sharehub_pull_failures', help: 'Failures in a row of pulls that fail now.' },
    ...{ labelNames: ['subgraph', 'type'], registers: [registry] },
    async collect() {
      const failing = await readFailingPulls(query).catch(() => undefined);
      if (!failing) return;
      this.reset();
      for (const { subgraph, type, failures } of failing) this.set({ subgraph, type }, failures);
    },
  });
}

function keepFor<T>(ms: number, read: () => Promise<T>): () => Promise<T> {
  let last: Promise<T> | undefined;
  let at = -Infinity;
  return () => {
    if (!last || performance.now() - at > ms) {
      at = performance.now();
      last = read();
      last.catch(() => (last = undefined));
    }
    return last;
  };
}
