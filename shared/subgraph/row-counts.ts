import DataLoader from 'dataloader';
import { identityText } from './row-identity.js';
import { tableOf, type RowSource } from './row-source.js';
import type { TypePlan } from './type-plan.js';

/** Counts the lists of parents for one request, those of one property in one statement. */
export class RowCounts {
  private readonly loaders = new Map<string, DataLoader<unknown, number, string>>();

  constructor(private readonly source: RowSource) {}

  /** Number of rows with this value in a property. */
  of(plan: TypePlan, property: string, value: unknown): Promise<number> {
    const name = JSON.stringify([plan.name, property]);
    let loader = this.loaders.get(name);
    if (!loader) {
      loader = new DataLoader((values) => this.source.countEach(plan, property, values), {
        cacheKeyFn: (each) => identityText(tableOf(plan), [property], [each]),
        maxBatchSize: 5000,
      });
      this.loaders.set(name, loader);
    }
    return loader.load(value);
  }
}
