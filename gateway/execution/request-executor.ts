import { HubError } from '../../shared/kernel/index.js';
import { TRACEPARENT_HEADER } from '../../shared/kernel/traceparent.js';
import { scenarioKey, type GovernanceFeed } from '../../shared/read-model/read-model.js';
import type { OperationHandler } from '../http/operation-handler.js';
import type { DecisionContext } from '../permission/decision-context.js';
import type { Decider } from '../permission/decider.js';
import { explain } from '../permission/explain.js';
import { findOpenForms, nameOpenForms } from '../permission/open-forms.js';
import { requireTrustedDocument } from '../permission/trusted-documents.js';
import { toRefusalError } from '../permission/to-refusal-error.js';
import { NO_ITEMS, type Answer } from '../request/answer.js';
import { Denial } from '../request/denial.js';
import type { PreparedOperation, Site } from '../request/operation.js';
import type { RequestContext } from '../request/request-context.js';
import type { Verdict } from '../request/verdict.js';
import { runStage } from '../tracing/trace.js';
import { QuotaSettlement } from '../permission/quota-settlement.js';
import type { QuotaLedger } from '../permission/quota-ledger.js';
import { refuseSites } from '../permission/refuse-sites.js';
import type { ContextSigner } from './context-signer.js';
import { DecisionWatch, narrowVerdict, type Withdrawal } from './decision-watch.js';
import type { GraphEngine } from './graph-engine.js';

/** A source of the governance read model. `confirm` resolves once it holds every change committed before the call. */
export type ConfirmedFeed = GovernanceFeed & { confirm?(): Promise<void> };

export interface RequestExecutorOptions {
  readonly feed: ConfirmedFeed;
  /** Absent in permissive mode: subgraphs get no signed context. */
  readonly signer?: ContextSigner | undefined;
  readonly quota: QuotaLedger;
  readonly onDenied: 'null' | 'reject';
  /** Called when governance could not be confirmed after a mutation. */
  readonly onUnconfirmed: (error: unknown, requestId: string) => void;
}

/** Decides a checked operation, and executes the part of it that is allowed. */
export class RequestExecutor {
  constructor(private readonly options: RequestExecutorOptions) {}

  readonly execute: OperationHandler<GraphEngine> = async (context, operation, given, signal) => {
    const { engine } = context.activeGraph;
    const { caller, requestId, scenario, trace, traceparent } = context;
    const { signer, feed } = this.options;
    const { input, verdict } = await runStage(trace, 'decide', async () => {
      const input = await this.openDecision(context, operation, given);
      return { input, verdict: await engine.decider.decide(operation, input) };
    });
    const forms = verdict.denied > 0 ? await findOpenForms(operation, verdict, engine.decider, input) : NO_FORMS;
    const stand = ({ verdict, context: input }: Withdrawal) => {
      context.decision = { verdict, snapshot: input.snapshot, holds };
      if (verdict.denied > 0 && this.options.onDenied === 'reject') throw toOperationDenied(verdict, operation, input);
      return {
        denials: verdict.denials,
        refusal: (site: Site) => {
          const error = toRefusalError(verdict.reasons.get(site.index)!, site.coordinate, input);
          return nameOpenForms(error, site.coordinate, forms.get(site.index));
        },
        limits: verdict.limits,
        counted: verdict.counted,
      };
    };
    let settlement: QuotaSettlement | undefined;
    using watch = new DecisionWatch(feed, engine.decider, operation, input, caller, verdict);
    const holds = async () => (await watch.findWithdrawal()) === undefined;
    const allowed = stand({ verdict, context: input });
    const answer = await engine.execution.execute(operation, {
      ...allowed,
      settle: async (counted, written) => {
        const { verdict, snapshot } = context.decision!;
        const own = (settlement ??= new QuotaSettlement(this.options.quota, verdict.used));
        context.takeBack = () => own.giveBack();
        context.countedUses = () => own.uses;
        const refused = await own.settle(counted, written);
        return refused.size === 0
          ? undefined
          : stand({ verdict: refuseSites(operation, verdict, refused), context: { ...input, snapshot } });
      },
      outOfScope: (site, rows) => {
        const denial = toOutOfScope(site, rows, verdict, engine.decider);
        const { message, extensions } = toRefusalError(denial, site.coordinate, input);
        return { message, extensions: { ...extensions, rows } };
      },
      stopped: engine.decider.findAllStopped(input.snapshot, input.now),
      variables: given,
      signal,
      standing: {
        signal: watch.signal,
        holds,
        findStopped: (releases) => watch.findStopped(releases),
        revise: async () => {
          const withdrawal = await watch.findWithdrawal().catch((error: unknown) => {
            // A mutation is made by now, and is told so with a warning; see `confirmMutation`.
            if (operation.kind === 'mutation' && error instanceof HubError && error.code === 'GRANTS_STALE')
              return undefined;
            throw error;
          });
          if (!withdrawal) return undefined;
          const narrowed = narrowVerdict(verdict, withdrawal.verdict);
          watch.accept(narrowed);
          return stand({ ...withdrawal, verdict: narrowed });
        },
      },
      trace,
      headers: trace || traceparent === undefined ? undefined : { [TRACEPARENT_HEADER]: traceparent },
      context:
        caller && signer
          ? signer.forRequest({ caller, scenario, requestId, limits: verdict.limits, now: input.now })
          : NO_CONTEXT,
    });
    return operation.kind === 'mutation' ? this.confirmMutation(answer, requestId) : answer;
  };

  /** Lists what would be given, without asking a provider. */
  readonly explain: OperationHandler<GraphEngine> = async (context, operation, given) => {
    const input = await this.openDecision(context, operation, given);
    const { decider, execution } = context.activeGraph.engine;
    const stopped = decider.findAllStopped(input.snapshot, input.now);
    const items = await explain(decider, operation, input, ({ denials, limits }) =>
      execution.findRefused(operation, { denials, limits, variables: given, stopped }),
    );
    const data = { caller: context.caller ?? null, scenario: context.scenario ?? null, items };
    return { ...NOTHING_FETCHED, data: JSON.stringify(data) };
  };

  /** A caller relies on its change being in force once the answer says that it is made. The change cannot be taken back
   *  here, and a failed request would be sent again; so the answer stands, with a warning. */
  private async confirmMutation(answer: Answer, requestId: string): Promise<Answer> {
    try {
      await this.options.feed.confirm?.();
      return answer;
    } catch (error) {
      this.options.onUnconfirmed(error, requestId);
      return { ...answer, warnings: [...(answer.warnings ?? []), NOT_CONFIRMED] };
    }
  }

  /** @throws HubError BAD_USER_INPUT, OPERATION_TOO_COSTLY, OPERATION_NOT_TRUSTED, GRANTS_STALE, SCENARIO_UNKNOWN */
  private async openDecision(
    { caller, scenario, activeGraph }: RequestContext<GraphEngine>,
    operation: PreparedOperation,
    given: Readonly<Record<string, unknown>> | undefined,
  ): Promise<DecisionContext> {
    const { feed } = this.options;
    const snapshot = feed.fresh() ?? (await feed.current());
    requireTrustedDocument(operation, caller, snapshot);
    const variables = Object.fromEntries(operation.coerce(given));
    const department = caller?.department;
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
    const { notSharedModes } = activeGraph.engine.decider;
    return { department, scenario, person: caller?.person, variables, snapshot, notSharedModes, now: Date.now() };
  }
}

/** The refusal of the rows of a site that lie outside the grant: one for all of them, with their number. */
function toOutOfScope({ coordinate }: Site, rows: number, { limits, grants }: Verdict, decider: Decider): Denial {
  // What the index does not know is refused before it is fetched.
  const item = decider.index.byCoordinate.get(coordinate)!;
  const divisions = limits.scopes?.[coordinate];
  const grant = grants.find((each) => each.rows && each.coordinates.includes(coordinate));
  const message = `${item.title} (${coordinate}) is given within ${divisions ? `divisions ${divisions.join(', ')}` : 'the rows of the grant'}; ${rows === 1 ? 'one row lies' : `${rows} rows lie`} outside.`;
  return new Denial('OUT_OF_SCOPE', item, message, grant);
}

function toOperationDenied(verdict: Verdict, operation: PreparedOperation, input: DecisionContext): HubError {
  const items = [...verdict.reasons].map(([site, denial]) => ({
    path: operation.sites[site]!.path,
    message: denial.message,
    ...toRefusalError(denial, operation.sites[site]!.coordinate, input).extensions,
  }));
  return new HubError(
    'OPERATION_DENIED',
    `${items.length} of the requested items are refused, and this hub then answers nothing: ${items.map(({ path }) => path.join('.')).join(', ')}.`,
    { items },
  );
}

const NO_FORMS: ReadonlyMap<number, readonly string[]> = new Map();
const NO_CONTEXT = (): undefined => undefined;
const NOTHING_FETCHED = {
  items: NO_ITEMS,
  errors: [],
  fetches: [],
  rows: {},
  subjects: [],
  subjectCount: 0,
  internal: [],
} as const;
const NOT_CONFIRMED = {
  code: 'GRANTS_STALE',
  message:
    'The change is made, but the hub could not confirm that its own decisions rest on it already. Do not send it again; read it back shortly.',
} as const;
