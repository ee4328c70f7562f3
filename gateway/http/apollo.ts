import { ApolloServer, type ApolloServerOptionsWithGateway, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { Answer } from '../execution/answer.js';
import type { Operation } from '../operation/operation.js';
import type { Closable, GraphHolder, Serving } from '../supergraph/graph-holder.js';
import { answerText } from './answer-text.js';
import type { OperationRequest } from './exchange.js';
import { OperationsUnderWay } from './operations-under-way.js';

/** One good operation on its way through Apollo Server. */
export interface Turn {
  readonly request: OperationRequest;
  readonly operation: Operation;
  /** Executes it, on the engine it was prepared with, whatever graph is in force by then. */
  readonly execute: () => Promise<Answer>;
}
export interface TurnContext {
  readonly turn: Turn;
}

/** An answer whose data is JSON text already, so that it is never parsed and written again. */
class WrittenAnswer {
  constructor(readonly text: string) {}
}

/** Carries what the executor threw through Apollo Server, which would make a GraphQL error of its own of it. */
class Thrown {
  constructor(readonly error: unknown) {}
}

type Gateway = ApolloServerOptionsWithGateway<TurnContext>['gateway'];

/** Apollo Server as the carrier of operations: its request pipeline and its plugins, without its own parsing,
 *  validation, caching, reporting and pages. The graph comes to it through its gateway interface.
 *  Plugins may watch; one that answers or refuses an operation would go round the access record, so that is a fault. */
export class ApolloCarrier<E extends Closable> {
  readonly #server: ApolloServer<TurnContext>;
  readonly #underWay = new OperationsUnderWay();
  #started: Promise<void> | undefined;
  /** Whether it has started, so that the common case waits for nothing. */
  up = false;

  constructor(
    private readonly holder: GraphHolder<E>,
    plugins: readonly ApolloServerPlugin<TurnContext>[] = [],
    onFault: (error: unknown, requestId: string) => void = () => {},
  ) {
    this.#server = new ApolloServer<TurnContext>({
      gateway: this.#gateway(),
      documentStore: this.#underWay.documents,
      plugins: [
        ApolloServerPluginCacheControlDisabled(),
        ApolloServerPluginInlineTraceDisabled(),
        ApolloServerPluginLandingPageDisabled(),
        ApolloServerPluginSchemaReportingDisabled(),
        ApolloServerPluginUsageReportingDisabled(),
        ...plugins,
      ],
      // All of these were done before: limits, validation, forgery, introspection policy.
      csrfPrevention: false,
      persistedQueries: { cache: this.#underWay.texts },
      dangerouslyDisableValidation: true,
      introspection: true,
      includeStacktraceInErrorResponses: false,
      stopOnTerminationSignals: false,
      logger: { debug() {}, info() {}, warn() {}, error: (message) => onFault(new Error(String(message)), 'apollo') },
    });
  }

  /** Starts with the first graph; later calls wait for the same start. */
  start(): Promise<void> {
    return (this.#started ??= this.#server.start().then(() => void (this.up = true)));
  }

  /** Runs one operation.
   *  @returns  the whole answer as JSON text
   *  @throws whatever its execution threw */
  async run(turn: Turn): Promise<string> {
    const { operation, request } = turn;
    let outcome: 'not run' | 'answered' | Thrown = 'not run';
    const execute = async (): Promise<Answer> => {
      try {
        const answer = await turn.execute();
        outcome = 'answered';
        return answer;
      } catch (error) {
        outcome = new Thrown(error);
        throw error;
      }
    };
    this.#underWay.begin(operation, request.query);
    try {
      const { body } = await this.#server.executeOperation(
        {
          operationName: request.operationName,
          variables: request.variables,
          extensions: { persistedQuery: { version: 1, sha256Hash: operation.id } },
        },
        { contextValue: { turn: { operation, request, execute } } },
      );
      const ended = outcome as 'not run' | 'answered' | Thrown;
      if (ended instanceof Thrown) throw ended.error;
      const data: unknown = body.kind === 'single' ? body.singleResult.data : undefined;
      if (data instanceof WrittenAnswer) return data.text;
      throw new Error('Apollo Server answered by itself.');
    } finally {
      this.#underWay.end(operation);
    }
  }

  async stop(): Promise<void> {
    if (!this.#started) return;
    await this.#started.then(
      () => this.#server.stop(),
      () => {},
    );
  }

  #gateway(): Gateway {
    const unsubscribe = new Set<() => void>();
    return {
      onSchemaLoadOrUpdate: (callback) => {
        const tell = ({ graph }: Serving<E>): void =>
          callback({ apiSchema: graph.schema, coreSupergraphSdl: graph.supergraphSdl });
        const current = this.holder.current;
        if (current) tell(current);
        const off = this.holder.subscribe(tell);
        unsubscribe.add(off);
        return off;
      },
      load: () =>
        Promise.resolve({
          executor: async ({ context }) => {
            const answer = await (context as TurnContext).turn.execute();
            return { data: new WrittenAnswer(answerText(answer)) as unknown as Record<string, unknown> };
          },
        }),
      stop: () => {
        for (const off of unsubscribe) off();
        return Promise.resolve();
      },
    };
  }
}
