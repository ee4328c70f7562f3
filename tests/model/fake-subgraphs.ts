import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  execute,
  GraphQLError,
  parse,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import type { ReleaseLimits } from '../../gateway/request/verdict.js';
import { stripShareDirectives } from '../../shared/share/strip.js';
import { divisionOf, facadeValue, hidden, linkValue, textValue, typeOfId, type World } from './world.js';

/** Header with the limits under which a fetch may answer, as JSON; the signed context carries them in the hub. */
export const LIMITS_HEADER = 'share-context';

interface Source {
  readonly id: string;
  readonly __typename: string;
  readonly [input: string]: unknown;
}
interface Fake {
  readonly schema: GraphQLSchema;
  readonly resolve: GraphQLFieldResolver<Source | undefined, ReleaseLimits>;
  readonly documents: Map<string, DocumentNode>;
}

/** One server that plays the subgraphs of many worlds, with records that follow from the world alone. Most
 *  narrow and hide as the provider's kit does; one in every world gives whatever it is asked for. */
export class FakeSubgraphs {
  private readonly fakes = new Map<string, Fake>();
  /** Fields asked for since the last `forget`, as `Type.field`. */
  readonly asked = new Set<string>();
  private readonly coordinates = new Map<string, readonly string[]>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<FakeSubgraphs> {
    const server = createServer();
    const fakes = new FakeSubgraphs(server);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const limits = JSON.parse(String(request.headers[LIMITS_HEADER] ?? '{}')) as ReleaseLimits;
        const { query, variables } = JSON.parse(Buffer.concat(chunks).toString()) as {
          query: string;
          variables?: object;
        };
        void fakes.answer(request.url!, query, variables, limits).then((answer) => {
          response.setHeader('content-type', 'application/json');
          response.end(JSON.stringify(answer));
        });
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return fakes;
  }

  /** @returns  address of each subgraph */
  add(world: World, sdl: Readonly<Record<string, string>>, name: string): ReadonlyMap<string, { url: string }> {
    const { port } = this.server.address() as AddressInfo;
    return new Map(
      Object.entries(sdl).map(([subgraph, text]) => {
        const path = `/${name}/${subgraph}`;
        const schema = buildSubgraphSchema([{ typeDefs: stripShareDirectives(parse(text)) }]);
        const isForeign = subgraph.endsWith('1');
        this.fakes.set(path, { schema, resolve: resolver(world, isForeign), documents: new Map() });
        return [subgraph, { url: `http://127.0.0.1:${port}${path}` }];
      }),
    );
  }

  remove(name: string): void {
    for (const path of this.fakes.keys()) if (path.startsWith(`/${name}/`)) this.fakes.delete(path);
    this.coordinates.clear();
  }

  forget(): void {
    this.asked.clear();
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(path: string, query: string, variables: object | undefined, limits: ReleaseLimits) {
    const fake = this.fakes.get(path)!;
    let document = fake.documents.get(query);
    if (!document) {
      document = parse(query);
      const errors = validate(fake.schema, document);
      if (errors.length > 0) return { errors };
      fake.documents.set(query, document);
      this.coordinates.set(`${path}\0${query}`, coordinatesOf(fake.schema, document));
    }
    for (const at of this.coordinates.get(`${path}\0${query}`) ?? []) this.asked.add(at);
    return execute({
      schema: fake.schema,
      document,
      variableValues: variables as Record<string, unknown>,
      contextValue: limits,
      fieldResolver: fake.resolve as GraphQLFieldResolver<unknown, unknown>,
      typeResolver: (value) => (value as Source).__typename,
    });
  }
}

function coordinatesOf(schema: GraphQLSchema, document: DocumentNode): string[] {
  const found = new Set<string>();
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: ({ name }) =>
        void (name.value.startsWith('_') || found.add(`${types.getParentType()!.name}.${name.value}`)),
    }),
  );
  return [...found];
}

const record = (id: string): Source => ({ __typename: typeOfId(id), id });

function resolver(world: World, isForeign: boolean): GraphQLFieldResolver<Source | undefined, ReleaseLimits> {
  const entities = new Map(world.entities.map((entity) => [entity.name, entity]));
  return (source, _args, limits, { parentType, fieldName }) => {
    const { scopes, masks } = isForeign ? ({} as ReleaseLimits) : limits;
    const at = `${parentType.name}.${fieldName}` as const;
    const id = source?.id ?? 'Query';
    const scope = scopes?.[at];
    if (scope && !scope.some((prefix) => divisionOf(id).startsWith(prefix)))
      throw new GraphQLError(`${at} lies outside the rows.`, { extensions: { code: 'OUT_OF_SCOPE' } });
    const value = valueOf(source, id, parentType.name, fieldName);
    return masks?.[at] && typeof value === 'string' ? hidden(value) : value;
  };

  function valueOf(source: Source | undefined, id: string, type: string, name: string): unknown {
    if (name === 'id') return id;
    if (name === 'io') return facadeValue(id);
    const entity = entities.get(type);
    const link = (entity?.links ?? world.roots).find((field) => field.name === name);
    if (link) {
      const target = linkValue(world, link, id);
      return typeof target === 'string' ? record(target) : (target?.map(record) ?? null);
    }
    const text = entity!.texts.find((field) => field.name === name);
    if (!text) return divisionOf(id);
    return textValue(
      type,
      text,
      id,
      text.requires.map((input) => source![input]),
    );
  }
}
