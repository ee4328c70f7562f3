import type { AccessRecord } from '../shared/evidence/access-record.js';
import type { SubjectKeys } from '../shared/evidence/subject-keys.js';
import { HubError } from '../shared/kernel/index.js';
import { TRACEPARENT_HEADER } from '../shared/kernel/traceparent.js';
import { scenarioKey, type GovernanceFeed } from '../shared/read-model/read-model.js';
import type { Answer } from './execution/answer.js';
import type { ContextSigner } from './hub-context.js';
import type { Exchange, Execute, Outcome } from './http/exchange.js';
import type { HubMetrics } from './http/metrics.js';
import type { WireRefusal } from './http/wire-refusals.js';
import type { Operation } from './operation/operation.js';
import type { PreparedOperation } from './operation/prepare-operation.js';
import type { Decider } from './permission/decide.js';
import { explain } from './permission/explain.js';
import { refusalOf } from './permission/refusal.js';
import type { Asked, Verdict } from './permission/verdict.js';
import { itemsOf, recordOf, recordOfRefusal, type Decided } from './recording.js';
import type { HubEngine } from './serving.js';
import { staged } from './tracing/trace.js';

/** Where a read model of governance comes from; `confirm` sees every change committed before the call. */
export type HubFeed = GovernanceFeed & { confirm?(): Promise<void> };

export interface AnsweringParts {
  readonly feed: HubFeed;
  /** Absent in permissive mode: subgraphs are asked as they are. */
  readonly signer?: ContextSigner;
  /** Absent in permissive mode. */
  readonly append?: (record: AccessRecord) => Promise<void>;
  /** Names the subjects of records; absent where there are none. */
  readonly subjects?: Pick<SubjectKeys, 'newest'>;
  readonly onDenied: 'null' | 'reject';
  readonly metrics: HubMetrics;
}

/** Between a good operation and its answer: decide, prune and plan, execute; and afterwards the record. */
export class Answering {
  private readonly decided = new WeakMap<Exchange<HubEngine>, Decided>();

  constructor(private readonly parts: AnsweringParts) {}

  readonly execute: Execute<HubEngine> = async (exchange, operation, given, signal) => {
    const { engine } = exchange.serving;
    const { trace, traceparent } = exchange;
    const { asked, verdict } = await staged(trace, 'decide', () => this.decide(exchange, operation, given));
    this.decided.set(exchange, { verdict, snapshot: asked.snapshot });
    if (verdict.denied > 0 && this.parts.onDenied === 'reject') throw this.rejection(verdict, operation, asked);
    const { caller, requestId, scenario } = exchange;
    const answer = await engine.execution.execute(operation, {
      denials: verdict.denials,
      refusal: (site) => refusalOf(verdict.reasons.get(site.index)!, site.coordinate, asked),
      variables: given,
      signal,
      trace,
      headers: trace || traceparent === undefined ? undefined : { [TRACEPARENT_HEADER]: traceparent },
      context:
        caller && this.parts.signer
          ? this.parts.signer.forRequest({ caller, scenario, requestId, limits: verdict.limits, now: asked.now })
          : NO_CONTEXT,
    });
    // What this operation changed in governance is in force before its answer says so.
    if (operation.kind === 'mutation') await this.parts.feed.confirm?.().catch(() => undefined);
    return answer;
  };

  /** Says what would be given, without touching a provider. */
  readonly explain: Execute<HubEngine> = async (exchange, operation, given): Promise<Answer> => {
    const { asked, decider } = await this.ask(exchange, operation, given);
    const items = await explain(decider, operation, asked);
    const data = { caller: exchange.caller ?? null, scenario: exchange.scenario ?? null, items };
    return { ...NOTHING_FETCHED, data: JSON.stringify(data) };
  };

  readonly record = async (exchange: Exchange<HubEngine>, outcome: Outcome): Promise<void> => {
    const { append, subjects, metrics } = this.parts;
    const decided = this.decided.get(exchange);
    await append?.(recordOf(exchange, outcome, decided, subjects?.newest));
    if (!outcome.operation || !decided) return;
    const { released, refused } = itemsOf(outcome.operation, decided.verdict);
    metrics.items(exchange.caller?.department, outcome.answer ? released.length : 0, refused);
  };

  /** Keeps what the wire refused. */
  readonly recordRefusal = async (refusal: WireRefusal): Promise<void> => {
    await this.parts.append?.(recordOfRefusal(refusal));
  };

  private async decide(
    exchange: Exchange<HubEngine>,
    operation: Operation,
    given: Readonly<Record<string, unknown>> | undefined,
  ): Promise<{ asked: Asked; verdict: Verdict }> {
    const { asked, decider } = await this.ask(exchange, operation, given);
    return { asked, verdict: await decider.decide(operation, asked) };
  }

  private async ask(
    exchange: Exchange<HubEngine>,
    operation: Operation,
    given: Readonly<Record<string, unknown>> | undefined,
  ): Promise<{ asked: Asked; decider: Decider }> {
    const { engine } = exchange.serving;
    const variables = Object.fromEntries((operation as PreparedOperation).coerce(given));
    const snapshot = this.parts.feed.fresh() ?? (await this.parts.feed.current());
    const department = exchange.caller?.department;
    const { scenario } = exchange;
    if (
      scenario !== undefined &&
      department !== undefined &&
      !snapshot.scenarios.has(scenarioKey(department, scenario))
    ) {
      throw new HubError(
        'SCENARIO_UNKNOWN',
        `Scenario "${scenario}" is not registered for department ${department}. Name one of its own in the share-scenario header.`,
      );
    }
    return {
      asked: { department, scenario, person: exchange.caller?.person, variables, snapshot, now: Date.now() },
      decider: engine.decider,
    };
  }

  private rejection(verdict: Verdict, operation: Operation, asked: Asked): HubError {
    const items = [...verdict.reasons].map(([site, denial]) => ({
      path: operation.sites[site]!.path,
      message: denial.message,
      ...refusalOf(denial, operation.sites[site]!.coordinate, asked).extensions,
    }));
    return new HubError(
      'OPERATION_DENIED',
      `${items.length} of the requested items are refused, and this hub then answers nothing: ${items.map(({ path }) => path.join('.')).join(', ')}.`,
      { items },
    );
  }
}

const NO_CONTEXT = (): undefined => undefined;
const NOTHING_FETCHED = { errors: [], fetches: [], rows: {}, subjects: [], subjectCount: 0, internal: [] } as const;
