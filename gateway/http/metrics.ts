import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Outcome } from './exchange.js';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** What the hub counts of itself, in Prometheus' text format. Names of departments, persons and operations are not in it. */
export class HubMetrics {
  readonly registry = new Registry();
  readonly #requests = this.#counter('sharehub_requests_total', 'Requests for operations, by how they ended.', [
    'outcome',
  ]);
  readonly #errors = this.#counter('sharehub_field_errors_total', 'Errors beside data, by code.', ['code']);
  readonly #fetches = this.#counter('sharehub_subgraph_fetches_total', 'Fetches from subgraphs.', ['subgraph']);
  readonly #failures = this.#counter('sharehub_subgraph_failures_total', 'Failed fetches.', ['subgraph', 'code']);
  readonly #latency = new Histogram({
    name: 'sharehub_request_seconds',
    help: 'Time from the arrival of a request to its answer.',
    buckets: SECONDS,
    registers: [this.registry],
  });
  readonly #fetchLatency = new Histogram({
    name: 'sharehub_subgraph_fetch_seconds',
    help: 'Time of a fetch from a subgraph.',
    labelNames: ['subgraph'],
    buckets: SECONDS,
    registers: [this.registry],
  });
  readonly #latencies = new Map<string, { observe(seconds: number): void }>();
  /** Requests for operations under way; a plain number, because it changes twice a request and is read rarely. */
  inFlight = 0;

  constructor() {
    const now = (): number => this.inFlight;
    new Gauge({
      name: 'sharehub_requests_in_flight',
      help: 'Requests for operations under way.',
      registers: [this.registry],
      collect() {
        this.set(now());
      },
    });
  }

  /** Counts a request that never became an exchange. */
  refused(code: string): void {
    this.#requests.inc(code);
  }

  /** Counts an exchange. */
  count({ answer, error, milliseconds, abandoned }: Outcome): void {
    this.#latency.observe(milliseconds / 1000);
    if (error) this.#requests.inc(error.code);
    else if (abandoned) this.#requests.inc('ABANDONED');
    else this.#requests.inc(answer && answer.errors.length > 0 ? 'PARTIAL' : 'OK');
    if (!answer) return;
    for (const { extensions } of answer.errors) this.#errors.inc(extensions.code);
    for (const { subgraph, milliseconds: took, failure } of answer.fetches) {
      this.#fetches.inc(subgraph);
      let latency = this.#latencies.get(subgraph);
      if (!latency) this.#latencies.set(subgraph, (latency = this.#fetchLatency.labels(subgraph)));
      latency.observe(took / 1000);
      if (failure) this.#failures.inc(subgraph, failure);
    }
  }

  #counter(name: string, help: string, labels: readonly string[]): LabelledCounter {
    return new LabelledCounter(new Counter({ name, help, labelNames: [...labels], registers: [this.registry] }));
  }
}

/** A counter that looks its labels up once. */
class LabelledCounter {
  readonly #children = new Map<string, { inc(): void }>();

  constructor(private readonly counter: Counter<string>) {}

  inc(...labels: string[]): void {
    const key = labels.length === 1 ? labels[0]! : labels.join('\0');
    let child = this.#children.get(key);
    if (!child) {
      child = this.counter.labels(...labels);
      this.#children.set(key, child);
    }
    child.inc();
  }
}
