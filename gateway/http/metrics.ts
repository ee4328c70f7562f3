import { Counter, Gauge, Registry } from 'prom-client';
import type { AccessRecord } from '../../shared/evidence/index.js';
import { HttpMetrics } from './http-metrics.js';
import { LabelledCounter, LabelledHistogram } from './labelled.js';
import { outcomeLabel } from './outcome-label.js';
import type { RequestOutcome } from '../request/request-outcome.js';

type RecordedItems = Pick<AccessRecord, 'released' | 'masked' | 'denied'>;

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export interface MetricsOptions {
  /** True for departments in the register; all others share the label `other`, which bounds the number of labels. */
  readonly isRegistered?: (department: string) => boolean;
}

/** The hub's metrics in Prometheus' text format. They hold department codes, so reading them may need a token
 *  (`METRICS_TOKEN`); they hold no names of persons, scenarios or operations. A request whose caller was not identified
 *  counts for the department `none`. */
export class HubMetrics {
  readonly registry = new Registry();
  readonly http = new HttpMetrics(this.registry);
  readonly #requests = this.#counter('sharehub_requests_total', 'Requests for operations, by how they ended.', [
    'outcome',
  ]);
  readonly #errors = this.#counter('sharehub_field_errors_total', 'Errors beside data, by code.', ['code']);
  readonly #fetches = this.#counter('sharehub_subgraph_fetches_total', 'Fetches from subgraphs.', ['subgraph']);
  readonly #failures = this.#counter('sharehub_subgraph_failures_total', 'Failed fetches.', ['subgraph', 'code']);
  readonly #released = this.#counter(
    'sharehub_items_released_total',
    'Items given out, each once for an operation, whatever the number of records.',
    ['department'],
  );
  readonly #denied = this.#counter('sharehub_items_denied_total', 'Items refused, each once for an operation.', [
    'department',
    'code',
  ]);
  readonly #departments = this.#counter('sharehub_department_requests_total', 'Requests by department of the caller.', [
    'department',
  ]);
  readonly #fetchLatency = this.#histogram(
    'sharehub_subgraph_fetch_seconds',
    'Time of a fetch from a subgraph.',
    'subgraph',
  );
  readonly #isRegistered: (department: string) => boolean;
  readonly #staleSubgraphs = new Gauge({
    name: 'sharehub_subgraph_stale',
    help: 'Subgraphs that are served with the schema known last, because they could not be asked for theirs.',
    labelNames: ['subgraph'],
    registers: [this.registry],
  });
  readonly #refusedGraph = new Gauge({
    name: 'sharehub_graph_refused',
    help: 'What is wrong with the newest version of the graph, by code, while an older one goes on serving.',
    labelNames: ['code'],
    registers: [this.registry],
  });
  /** Requests for operations in flight. */
  inFlight = 0;

  constructor({ isRegistered = () => true }: MetricsOptions = {}) {
    this.#isRegistered = isRegistered;
  }

  /** Remembers why the newest graph was refused.
   *  @param codes  none when it is in force */
  graph(codes: readonly string[]): void {
    this.#refusedGraph.reset();
    for (const code of codes) this.#refusedGraph.set({ code }, 1);
  }

  /** Remembers the subgraphs that were down when they were asked for their schema. */
  stale(subgraphs: readonly string[]): void {
    this.#staleSubgraphs.reset();
    for (const subgraph of subgraphs) this.#staleSubgraphs.set({ subgraph }, 1);
  }

  /** @param list  subgraphs that keep their callers waiting in vain */
  observeHung(list: () => readonly string[]): void {
    new Gauge({
      name: 'sharehub_subgraph_hung',
      help: 'Subgraphs that answered several fetches in a row not in time: one at a time tries them, others are refused at once.',
      labelNames: ['subgraph'],
      registers: [this.registry],
      collect() {
        this.reset();
        for (const subgraph of list()) this.set({ subgraph }, 1);
      },
    });
  }

  /** Counts a request that was rejected before it had a context. */
  refused(code: string): void {
    this.#requests.inc(code);
  }

  /** Counts a request that had a context.
   *  @param department  the caller's, once identified */
  count(outcome: RequestOutcome, department: string | undefined): void {
    const { answer } = outcome;
    this.#departments.inc(this.#label(department));
    this.#requests.inc(outcomeLabel(outcome));
    if (!answer) return;
    for (const { extensions } of answer.errors) this.#errors.inc(extensions.code);
    for (const fetch of answer.fetches) {
      const { subgraph, milliseconds: took, failure } = fetch;
      this.http.fetched(fetch);
      this.#fetches.inc(subgraph);
      this.#fetchLatency.observe({ subgraph }, took / 1000);
      if (failure) this.#failures.inc(subgraph, failure);
    }
  }

  /** Counts the items that an operation was given and refused, once its record is stored. */
  items(department: string | undefined, { released, masked = [], denied }: RecordedItems): void {
    const label = this.#label(department);
    const given = released.length + masked.length;
    if (given > 0) this.#released.add(given, label);
    for (const { code } of denied) this.#denied.add(1, label, code);
  }

  #label(department: string | undefined): string {
    if (department === undefined) return 'none';
    return this.#isRegistered(department) ? department : 'other';
  }

  #counter(name: string, help: string, labels: readonly string[]): LabelledCounter {
    return new LabelledCounter(new Counter({ name, help, labelNames: [...labels], registers: [this.registry] }));
  }
  #histogram(name: string, help: string, label: string): LabelledHistogram {
    const registers = [this.registry];
    return new LabelledHistogram({ name, help, labelNames: [label], buckets: SECONDS, registers });
  }
}
