import { HubError, LANGUAGE_HEADER, VERIFICATION_SYSTEM } from '../../shared/kernel/index.js';
import { TRACEPARENT_HEADER } from '../../shared/kernel/traceparent.js';
import { scenarioKey, type GovernanceFeed, type GovernanceSnapshot } from '../../shared/read-model/read-model.js';
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
import type { GuessLedger } from '../permission/guess-ledger.js';
import { meterComparisons } from '../permission/meter-comparisons.js';
import { refuseSites } from '../permission/refuse-sites.js';
import type { ContextSigner } from './context-signer.js';
import { DisputeBook, type HasherOf } from './dispute-book.js';
import { DecisionWatch, narrowVerdict, type Withdrawal } from './decision-watch.js';
import type { GraphEngine } from './graph-engine.js';
import { labelOf, say } from '../request/messages/index.js';

/** A source of the governance read model. `confirm` resolves once it holds every change committed before the call. */
export type ConfirmedFeed = GovernanceFeed & { confirm?(): Promise<void> };

export interface RequestExecutorOptions {
  readonly feed: ConfirmedFeed;
  /** Absent in permissive mode: subgraphs get no signed context. */
  readonly signer?: ContextSigner | undefined;
  readonly quota: QuotaLedger;
  readonly guesses: GuessLedger;
  /** Finds the keys of subjects, by which items under correction are recognised; absent where no records are kept. */
  readonly hasherOf?: HasherOf | undefined;
  readonly onDenied: 'null' | 'reject';
  /** Waits, within a bound and until the signal, until the graph follows what a mutation may have changed in a view of
   *  governance. Never rejects. */
  readonly followChange?: ((before: GovernanceSnapshot, signal: AbortSignal) => Promise<void>) | undefined;
  /** Called when governance could not be confirmed after a mutation. */
  readonly onUnconfirmed: (error: unknown, requestId: string) => void;
}

/** Decides a checked operation, and executes the part of it that is allowed. */
export class RequestExecutor {
  constructor(private readonly options: RequestExecutorOptions) {}

  readonly execute: OperationHandler<GraphEngine> = async (...asked) => {
    for (let time = 1; ; time++)
      try {
        return await this.executeOnce(...asked);
      } catch (error) {
        if (!(error instanceof ProtectionsChanged)) throw error;
        if (time === MOST_TIMES) throw new HubError('GRANTS_STALE', say('caller.changedOften'));
      }
  };

  private readonly executeOnce: OperationHandler<GraphEngine> = async (...asked) => {
    const [context, operation, given, signal] = asked;
    const { engine } = context.activeGraph;
    const { caller, trace } = context;
    const { input, verdict: decided } = await runStage(trace, 'decide', async () => {
      const input = await this.openDecision(context, operation, given);
      return { input, verdict: await engine.decider.decide(operation, input) };
    });
    const { guesses } = this.options;
    const system = caller?.system ?? '';
    const metered = await meterComparisons(operation, decided, input, system, engine.decider, guesses);
    let answer: Answer | undefined;
    try {
      answer = await this.executeDecided(asked, input, metered.verdict);
    } finally {
      await metered.learn(answer);
    }
    return operation.kind === 'mutation' ? this.confirmMutation(answer, context.requestId, input, signal) : answer;
  };

  private async executeDecided(
    [context, operation, given, signal]: Parameters<OperationHandler<GraphEngine>>,
    input: DecisionContext,
    verdict: Verdict,
  ): Promise<Answer> {
    const { engine } = context.activeGraph;
    const { caller, requestId, scenario, trace, traceparent } = context;
    const { signer, feed } = this.options;
    const forms = verdict.denied > 0 ? await findOpenForms(operation, verdict, engine.decider, input) : NO_FORMS;
    const stand = ({ verdict, context: input }: Withdrawal) => {
      context.decision = { verdict, snapshot: input.snapshot, holds };
      if (verdict.denied > 0 && this.options.onDenied === 'reject') throw toOperationDenied(verdict, operation, input);
      return {
        denials: verdict.denials,
        refusal: (site: Site) => {
          const error = toRefusalError(verdict.reasons.get(site.index)!, site.coordinate, input);
          return nameOpenForms(error, site.coordinate, forms.get(site.index), input.language);
        },
        limits: verdict.limits,
        counted: verdict.counted,
      };
    };
    const protections = engine.decider.findProtections(input);
    let settlement: QuotaSettlement | undefined;
    using watch = new DecisionWatch(feed, engine.decider, operation, input, caller, verdict);
    const holds = async () => (await watch.findWithdrawal()) === undefined;
    const allowed = stand({ verdict, context: input });
    // Awaited here: the watch ends with this function.
    return await engine.execution.execute(operation, {
      ...allowed,
      language: input.language,
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
      disputes: () => DisputeBook.open((feed.fresh() ?? input.snapshot).disputes, this.options.hasherOf),
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
          if (withdrawal.isRepeated && operation.kind === 'query') throw new ProtectionsChanged();
          const narrowed = narrowVerdict(verdict, withdrawal.verdict);
          watch.accept(narrowed);
          return stand({ ...withdrawal, verdict: narrowed });
        },
      },
      protections,
      trace,
      headers: {
        [LANGUAGE_HEADER]: context.language,
        ...(!trace && traceparent !== undefined && { [TRACEPARENT_HEADER]: traceparent }),
      },
      inside: {
        limits: verdict.limits,
        // What is read to be compared is the hub's to read: whole, and within the rows of the grant.
        context:
          caller && signer
            ? signer.forRequest({
                ...{
                  caller: { department: caller.department, system: VERIFICATION_SYSTEM, roles: [] },
                  scenario,
                  requestId,
                },
                limits: verdict.limits.rows ? { rows: verdict.limits.rows } : {},
                ...{ keys: input.snapshot.keys, ownKeys: engine.ownKeys, protections, now: input.now },
              })
            : NO_CONTEXT,
      },
      context:
        caller && signer
          ? signer.forRequest({
              ...{ caller, scenario, requestId, limits: verdict.limits },
              ...{ keys: input.snapshot.keys, ownKeys: engine.ownKeys, protections, now: input.now },
            })
          : NO_CONTEXT,
    });
  }

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
  private async confirmMutation(
    answer: Answer,
    requestId: string,
    { snapshot, language = 'en' }: Pick<DecisionContext, 'snapshot' | 'language'>,
    signal: AbortSignal,
  ): Promise<Answer> {
    try {
      await this.options.feed.confirm?.();
      await this.options.followChange?.(snapshot, signal);
      return answer;
    } catch (error) {
      this.options.onUnconfirmed(error, requestId);
      const notConfirmed = { code: 'GRANTS_STALE', message: say('warning.notConfirmed').in(language) };
      return { ...answer, warnings: [...(answer.warnings ?? []), notConfirmed] };
    }
  }

  /** @throws HubError BAD_USER_INPUT, OPERATION_TOO_COSTLY, OPERATION_NOT_TRUSTED, GRANTS_STALE, SCENARIO_UNKNOWN */
  private async openDecision(
    { caller, scenario, activeGraph, language }: RequestContext<GraphEngine>,
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
      throw new HubError('SCENARIO_UNKNOWN', say('caller.scenarioUnknown', { scenario, department }));
    }
    const { notSharedModes } = activeGraph.engine.decider;
    const now = Date.now();
    return { department, scenario, person: caller?.person, variables, snapshot, notSharedModes, language, now };
  }
}

/** The refusal of the rows of a site that lie outside the grant: one for all of them, with their number. */
function toOutOfScope({ coordinate }: Site, rows: number, { limits, grants }: Verdict, decider: Decider): Denial {
  // What the index does not know is refused before it is fetched.
  const item = decider.index.byCoordinate.get(coordinate)!;
  const divisions = limits.scopes?.[coordinate];
  const grant = grants.find((each) => each.rows && each.coordinates.includes(coordinate));
  const message = say('item.rowsOutside', {
    item: labelOf(item),
    rows: divisions ? say('rows.divisions', { divisions: divisions.join(', ') }) : say('rows.ofGrant'),
    outside: rows === 1 ? say('rows.oneOutside') : say('rows.outside', { rows }),
  });
  return new Denial('OUT_OF_SCOPE', item, message, grant);
}

function toOperationDenied(verdict: Verdict, operation: PreparedOperation, input: DecisionContext): HubError {
  const items = [...verdict.reasons].map(([site, denial]) => ({
    path: operation.sites[site]!.path,
    ...toRefusalError(denial, operation.sites[site]!.coordinate, input),
  }));
  return new HubError(
    'OPERATION_DENIED',
    say('operation.denied', {
      count: items.length,
      paths: items.map(({ path }) => path.join('.')).join(', '),
    }),
    { items },
  );
}

/** Other subjects are protected than when a query began, so that it is asked anew. */
class ProtectionsChanged extends Error {}
/** Times that a query is asked, at most, while protections go on changing. */
const MOST_TIMES = 3;

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
