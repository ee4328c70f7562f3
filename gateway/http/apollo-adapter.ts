import { ApolloServer, type ApolloServerOptionsWithGateway, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { Answer } from '../request/answer.js';
import type { Operation } from '../request/operation.js';
import type { Closable, GraphHolder, ActiveGraph } from '../supergraph/graph-holder.js';
import { writeAnswer } from './write-answer.js';
import type { OperationParameters } from '../request/request-outcome.js';
import { OperationsInFlight } from './operations-in-flight.js';

/** A checked operation to run through Apollo Server. */
export interface ApolloOperation {
  readonly parameters: OperationParameters;
  /** Text of the operation. */
  readonly text: string;
  readonly operation: Operation;
  /** Executes it on the engine it was prepared with, even if another graph is in force by then. */
  readonly execute: () => Promise<Answer>;
}
export interface ApolloContext {
  readonly carried: ApolloOperation;
}

/** An answer that is JSON text already, so that it is not parsed and written again. */
class SerializedAnswer {
  constructor(readonly text: string | Buffer) {}
}

/** Preserves the original error; Apollo Server would otherwise wrap it in a GraphQLError. */
class ExecutionError {
  constructor(readonly error: unknown) {}
}

type Gateway = ApolloServerOptionsWithGateway<ApolloContext>['gateway'];

/** Runs operations through Apollo Server's request pipeline and plugins, without its own parsing, validation, caching,
 *  reporting and pages. It gets the graph through its gateway interface. Plugins may observe; one that answers or refuses
 *  an operation would bypass the access record, so that is a fault. */
export class ApolloAdapter<E extends Closable> {
  readonly #server: ApolloServer<ApolloContext>;
  readonly #inFlight = new OperationsInFlight();
  #started: Promise<void> | undefined;
  /** True once started, so that the common case does not await. */
  isStarted = false;

  constructor(
    private readonly holder: GraphHolder<E>,
    plugins: readonly ApolloServerPlugin<ApolloContext>[] = [],
    onFault: (error: unknown, requestId: string) => void = () => {},
  ) {
    this.#server = new ApolloServer<ApolloContext>({
      gateway: this.#gateway(),
      documentStore: this.#inFlight.documents,
      plugins: [
        ApolloServerPluginCacheControlDisabled(),
        ApolloServerPluginInlineTraceDisabled(),
        ApolloServerPluginLandingPageDisabled(),
        ApolloServerPluginSchemaReportingDisabled(),
        ApolloServerPluginUsageReportingDisabled(),
        ...plugins,
      ],
      // The hub has done all of these before: limits, validation, forgery, introspection policy.
      csrfPrevention: false,
      persistedQueries: { cache: this.#inFlight.texts },
      dangerouslyDisableValidation: true,
      introspection: true,
      includeStacktraceInErrorResponses: false,
      stopOnTerminationSignals: false,
      logger: { debug() {}, info() {}, warn() {}, error: (message) => onFault(new Error(String(message)), 'apollo') },
    });
  }

  /** Starts with the first graph; later calls wait for the same start. */
  start(): Promise<void> {
    return (this.#started ??= this.#server.start().then(() => void (this.isStarted = true)));
  }

  /** Runs one operation.
   *  @returns  the whole answer as JSON text, or its bytes
   *  @throws the original error of its execution */
  async run(carried: ApolloOperation): Promise<string | Buffer> {
    const { operation, parameters, text } = carried;
    let result: 'not run' | 'answered' | ExecutionError = 'not run';
    const execute = async (): Promise<Answer> => {
      try {
        const answer = await carried.execute();
        result = 'answered';
        return answer;
      } catch (error) {
        result = new ExecutionError(error);
        throw error;
      }
    };
    this.#inFlight.begin(operation, text);
    try {
      const { body } = await this.#server.executeOperation(
        {
          operationName: parameters.operationName,
          variables: parameters.variables,
          extensions: { persistedQuery: { version: 1, sha256Hash: operation.id } },
        },
        { contextValue: { carried: { operation, parameters, text, execute } } },
      );
      const ended = result as 'not run' | 'answered' | ExecutionError;
      if (ended instanceof ExecutionError) throw ended.error;
      const data: unknown = body.kind === 'single' ? body.singleResult.data : undefined;
      if (data instanceof SerializedAnswer) return data.text;
      throw new Error('Apollo Server answered by itself.');
    } finally {
      this.#inFlight.end(operation);
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
        const notify = ({ graph }: ActiveGraph<E>): void =>
          callback({ apiSchema: graph.schema, coreSupergraphSdl: graph.supergraphSdl });
        const current = this.holder.current;
        if (current) notify(current);
        const off = this.holder.subscribe(notify);
        unsubscribe.add(off);
        return off;
      },
      load: () =>
        Promise.resolve({
          executor: async ({ context }) => {
            const answer = await (context as ApolloContext).carried.execute();
            return { data: new SerializedAnswer(writeAnswer(answer)) as unknown as Record<string, unknown> };
          },
        }),
      stop: () => {
        for (const off of unsubscribe) off();
        return Promise.resolve();
      },
    };
  }
}
