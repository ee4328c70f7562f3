import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import {
  buildSchema,
  execute,
  GraphQLError,
  Kind,
  OperationTypeNode,
  parse,
  validate,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import { NO_ITEMS, type Answer, type AnswerError } from '../../../gateway/request/answer.js';
import type { RequestContext } from '../../../gateway/request/request-context.js';
import type { RequestOutcome } from '../../../gateway/request/request-outcome.js';
import type { OperationPreparer } from '../../../gateway/http/operation-handler.js';
import { createHubServer, type HubServer, type HubServerOptions } from '../../../gateway/http/hub-server.js';
import type { PreparedOperation } from '../../../gateway/request/operation.js';
import { GraphHolder, type ActiveGraph } from '../../../gateway/supergraph/graph-holder.js';
import { HubError, type Caller } from '../../../shared/kernel/index.js';

export const TOY_PEER = { address: 'toy.example', port: 4001, scheme: 'http', path: '/graphql' } as const;

export const IN_MEMORY_SDL = /* GraphQL */ `
  type Query {
    hello(name: String): String
    version: String!
    slow: String
    never: String
    crash: String
    leak: String
    count(n: Int!): Int
  }
  type Mutation {
    touch: Int
  }
`;

export const taxBureau: Caller = { department: 'tax', system: 'tax-system', roles: ['consumer'] };

/** An engine of graphql-js, in memory, that behaves like the hub's own towards the wire. */
export class InMemoryEngine implements OperationPreparer {
  closed = 0;
  prepared = 0;
  running = 0;
  /** Lets every `slow` field go on. */
  release!: () => void;
  readonly #released = new Promise<void>((resolve) => (this.release = resolve));
  readonly #cache = new Map<string, PreparedOperation>();

  constructor(
    readonly name: string,
    readonly schema: GraphQLSchema = buildSchema(IN_MEMORY_SDL),
  ) {}

  prepare(text: string, operationName: string | undefined): PreparedOperation {
    if (this.closed) throw new Error('the engine is closed');
    const key = JSON.stringify([text, operationName]);
    const known = this.#cache.get(key);
    if (known) return known;
    this.prepared++;
    const document = parseOrRefuse(text);
    const errors = validate(this.schema, document);
    if (errors.length > 0) {
      const described = errors.map(({ message, locations }) => ({ message, locations }));
      throw new HubError('GRAPHQL_VALIDATION_FAILED', errors[0]!.message, { errors: described });
    }
    const operations = document.definitions.flatMap((node) => (node.kind === Kind.OPERATION_DEFINITION ? [node] : []));
    const wanted = operations.find((node) => operationName === undefined || node.name?.value === operationName);
    if (!wanted || (operationName === undefined && operations.length > 1))
      throw new HubError('OPERATION_UNRESOLVED', 'Say which operation to run with operationName.');
    const operation = {
      id: createHash('sha256').update(key).digest('hex'),
      name: operationName,
      kind: wanted.operation === OperationTypeNode.MUTATION ? 'mutation' : 'query',
      document,
      schema: this.schema,
      sites: [],
      introspection: text.includes('__schema') || text.includes('__type('),
      introspectionOnly: false,
    } as unknown as PreparedOperation;
    this.#cache.set(key, operation);
    return operation;
  }

  async run(operation: PreparedOperation, variables: unknown, signal: AbortSignal): Promise<Answer> {
    if (this.closed) throw new Error('the engine is closed');
    this.running++;
    try {
      const aborted = new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        signal.addEventListener('abort', () => resolve());
      });
      const result = await execute({
        schema: this.schema,
        document: operation.document,
        operationName: operation.name,
        variableValues: variables as Record<string, unknown>,
        rootValue: {
          hello: ({ name }: { name?: string }) => `你好 ${name ?? 'world'}`,
          version: this.name,
          slow: async () => {
            const why = await Promise.race([aborted.then(() => 'aborted'), this.#released]);
            if (why === undefined) return 'done';
            throw new GraphQLError('cut short', { extensions: { code: 'SUBGRAPH_TIMEOUT' } });
          },
          never: () => new Promise(() => {}),
          crash: () => Promise.reject(new Error('select * from residents at 10.0.0.7')),
          count: ({ n }: { n: number }) => n,
          touch: 1,
        },
      });
      if (result.data === undefined) {
        throw new HubError('BAD_USER_INPUT', result.errors![0]!.message);
      }
      if (JSON.stringify(result.errors ?? []).includes('10.0.0.7'))
        throw new Error('select * from residents at 10.0.0.7');
      return {
        data: JSON.stringify(result.data),
        errors: (result.errors ?? []).map((error) => JSON.parse(JSON.stringify(error)) as AnswerError),
        fetches: [{ subgraph: 'toy', peer: TOY_PEER, milliseconds: 1 }],
        items: NO_ITEMS,
        rows: {},
        subjects: [],
        subjectCount: 0,
        internal: [],
      };
    } finally {
      this.running--;
    }
  }

  close(): void {
    this.closed++;
  }
}

function parseOrRefuse(text: string): DocumentNode {
  try {
    return parse(text);
  } catch (error) {
    throw new HubError('GRAPHQL_PARSE_FAILED', (error as Error).message);
  }
}

/** A graph that serves the in-memory engine. */
export function toyGraph(name: string, engine = new InMemoryEngine(name)): ActiveGraph<InMemoryEngine> {
  return {
    graph: { version: name, supergraphSdl: `# ${name}`, schema: engine.schema, subgraphs: new Map() },
    engine,
  };
}

export interface InMemoryHub {
  readonly url: string;
  readonly port: number;
  readonly server: HubServer;
  readonly holder: GraphHolder<InMemoryEngine>;
  readonly engine: InMemoryEngine;
  readonly records: { context: RequestContext<InMemoryEngine>; outcome: RequestOutcome }[];
  readonly faults: { error: unknown; requestId: string }[];
  close(): Promise<void>;
}

/** A hub that listens on a free port. `token good` is the tax bureau; anything else is refused. */
export async function toyHub(options: Partial<HubServerOptions<InMemoryEngine>> = {}): Promise<InMemoryHub> {
  const holder = options.holder ?? new GraphHolder<InMemoryEngine>();
  const engine = new InMemoryEngine('one');
  const records: InMemoryHub['records'] = [];
  const faults: InMemoryHub['faults'] = [];
  if (!options.holder) await holder.swap(() => Promise.resolve(toyGraph('one', engine)));
  const server = createHubServer<InMemoryEngine>({
    holder,
    identify: (headers) => {
      if (headers.authorization === undefined) return Promise.resolve(undefined);
      if (headers.authorization === 'Bearer good') return Promise.resolve(taxBureau);
      return Promise.reject(new HubError('TOKEN_INVALID', 'The access token is not one of this hub.'));
    },
    execute: (context, operation, variables, signal) => context.activeGraph.engine.run(operation, variables, signal),
    record: (context, outcome) => {
      records.push({ context, outcome });
      return Promise.resolve();
    },
    onFault: (error, requestId) => void faults.push({ error, requestId }),
    ...options,
  });
  const { url, port } = await server.listen(0);
  return {
    url,
    port,
    server,
    holder,
    engine,
    records,
    faults,
    close: async () => {
      await server.close();
      await holder.close();
    },
  };
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: {
    data?: Record<string, unknown> | null;
    errors?: { message: string; path?: unknown[]; extensions: { code: string; [detail: string]: unknown } }[];
  };
  /** Code of the first error. */
  readonly code: string | undefined;
}

/** Sends one request; by default a POST of the tax bureau. */
export async function send(
  hub: { url: string },
  body: unknown,
  {
    path = '/graphql',
    headers = {},
    method = 'POST',
  }: { path?: string; headers?: Record<string, string>; method?: string } = {},
): Promise<Reply> {
  const response = await fetch(`${hub.url}${path}`, {
    method,
    headers: { 'content-type': 'application/json', authorization: 'Bearer good', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return read(response);
}

export async function read(response: Response): Promise<Reply> {
  const text = await response.text();
  const body = (text === '' ? {} : JSON.parse(text)) as Reply['body'];
  return { status: response.status, headers: response.headers, text, body, code: body.errors?.[0]?.extensions.code };
}

/** Sends bytes as they are and gives back everything the hub sends until it hangs up, or until `enough` says so. */
export function sendRaw(
  port: number,
  parts: readonly (string | Buffer)[],
  enough: (received: string) => boolean = () => false,
): Promise<{ received: string; hungUp: boolean }> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      for (const part of parts) socket.write(part);
    });
    let received = '';
    socket.on('data', (chunk) => {
      received += chunk.toString();
      if (!enough(received)) return;
      resolve({ received, hungUp: false });
      socket.destroy();
    });
    socket.on('close', () => resolve({ received, hungUp: true }));
    socket.on('error', (error: NodeJS.ErrnoException) => (error.code === 'EPIPE' ? undefined : reject(error)));
  });
}
