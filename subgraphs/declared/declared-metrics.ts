import { Gauge, Registry } from 'prom-client';
import type { HeldDeclaration } from './served-declarations.js';

/** Metrics of declared resources in Prometheus' text format. They name subgraphs, and no items.
 *  @param held  versions that cannot be served now */
export function declaredMetrics(held: () => readonly HeldDeclaration[]): Registry {
  const registry = new Registry();
  registry.registerMetric(
    new Gauge({
      name: 'sharehub_declaration_held',
      help: 'Declarations in force that cannot be served, by subgraph.',
      labelNames: ['subgraph'],
      registers: [],
      collect() {
        this.reset();
        for (const { subgraph } of held()) this.set({ subgraph }, 1);
      },
    }),
  );
  return registry;
}
