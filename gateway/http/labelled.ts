import { Histogram, type Counter, type HistogramConfiguration } from 'prom-client';

/** A counter that looks its labels up once. */
export class LabelledCounter {
  readonly #children = new Map<string, { inc(by: number): void }>();

  constructor(private readonly counter: Counter<string>) {}

  inc(...labels: string[]): void {
    this.add(1, ...labels);
  }

  add(by: number, ...labels: string[]): void {
    const key = labels.length === 1 ? labels[0]! : labels.join('\0');
    let child = this.#children.get(key);
    if (!child) this.#children.set(key, (child = this.counter.labels(...labels)));
    child.inc(by);
  }
}

/** A histogram that looks each set of labels up once. */
export class LabelledHistogram {
  readonly #histogram: Histogram;
  readonly #children = new Map<string, { observe(seconds: number): void }>();

  constructor(configuration: HistogramConfiguration<string>) {
    this.#histogram = new Histogram(configuration);
  }

  observe(labels: Readonly<Record<string, string | number>>, seconds: number): void {
    const key = Object.values(labels).join('\0');
    let child = this.#children.get(key);
    if (!child) this.#children.set(key, (child = this.#histogram.labels(labels)));
    child.observe(seconds);
  }
}
