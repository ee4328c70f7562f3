import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  buildSchema,
  execute,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isObjectType,
  parse,
  validate,
  type GraphQLCompositeType,
  type GraphQLSchema,
} from 'graphql';
import { rounds } from '../support/rounds.js';
import { serveGraph } from './support/graph.js';
import { drawFrom, drawGraph, type Draw } from './support/random-graph.js';

const OPERATIONS = 12;
const GRAPHS = rounds(12, 200);

it(
  'random graphs answer, data and errors, as one schema without federation would',
  async () => {
    let asked = 0;
    const choices = (n: number) => fc.array(fc.nat(10_000), { minLength: n, maxLength: n });
    await fc.assert(
      fc.asyncProperty(
        choices(120),
        fc.array(choices(80), { minLength: OPERATIONS, maxLength: OPERATIONS }),
        async (world, all) => {
          const drawn = drawGraph(drawFrom(world));
          const graph = await serveGraph(drawn.subgraphs).catch((error: Error) => {
            // Keys that do not lead from every entry to every field: nothing to plan.
            if (error.message.startsWith('composition failed')) return undefined;
            throw error;
          });
          if (!graph) return;
          const { schema, rootValue } = whole(drawn);
          try {
            for (const each of all) {
              const query = `{ ${selections(graph.schema.getQueryType()!, graph.schema, drawFrom(each), 4)} }`;
              const document = parse(query);
              if (validate(graph.schema, document).length > 0) continue;
              const expected = await execute({ schema, document, rootValue });
              const sdl = () =>
                Object.entries(drawn.subgraphs)
                  .map(([name, { sdl }]) => `# ${name}\n${sdl}`)
                  .join('\n');
              const told = await graph.ask(query).catch((error: Error & { cause?: Error }) => {
                throw new Error(`${query}\n${sdl()}\n${error.cause?.message ?? error.message}`);
              });
              asked++;
              const paths = (errors: readonly { readonly path?: readonly (string | number)[] }[] = []) =>
                [...new Set(errors.map(({ path }) => path?.join('.')))].sort();
              const seen = { data: JSON.parse(told.answer.data), errors: paths(told.errors) };
              const right = { data: JSON.parse(JSON.stringify(expected.data)), errors: paths(expected.errors) };
              if (JSON.stringify(seen) !== JSON.stringify(right))
                throw new Error(
                  `${query}\n${sdl()}\nexpected ${JSON.stringify(right)}\nanswered ${JSON.stringify(seen)}\n${JSON.stringify(told.errors)}\n${graph.asked.map(({ subgraph, query: sent, variables }) => `${subgraph} ${sent} ${JSON.stringify(variables)}`).join('\n')}`,
                );
            }
          } finally {
            await graph.close();
          }
        },
      ),
      {
        numRuns: GRAPHS,
        endOnFailure: true,
        ...(process.env.PROPERTY_SEED ? { seed: Number(process.env.PROPERTY_SEED) } : {}),
      },
    );
    expect(asked).toBeGreaterThan(GRAPHS / 4);
  },
  60_000 + GRAPHS * 5_000,
);

function whole({ sdl, resolvers }: ReturnType<typeof drawGraph>) {
  const schema = buildSchema(sdl);
  for (const [type, fields] of Object.entries(resolvers)) {
    const object = schema.getType(type);
    if (!isObjectType(object)) continue;
    for (const [name, resolve] of Object.entries(fields)) {
      const field = object.getFields()[name];
      if (field) field.resolve = resolve as never;
    }
  }
  return { schema, rootValue: {} };
}

function selections(type: GraphQLCompositeType, schema: GraphQLSchema, draw: Draw, depth: number): string {
  const parts: string[] = [];
  for (let i = 0, n = 1 + draw(4); i < n; i++) {
    const choice = draw(12);
    if (choice === 0) parts.push('__typename');
    else if (choice <= 2 || !('getFields' in type)) parts.push(fragment(type, schema, draw, depth));
    else parts.push(field(type, schema, draw, depth));
  }
  return parts.join(' ');
}

function fragment(type: GraphQLCompositeType, schema: GraphQLSchema, draw: Draw, depth: number): string {
  const possible = (each: GraphQLCompositeType) => (isAbstractType(each) ? schema.getPossibleTypes(each) : [each]);
  const types = Object.values(schema.getTypeMap())
    .filter(isCompositeType)
    .filter((each) => !each.name.startsWith('__') && possible(each).some((one) => possible(type).includes(one)));
  if (depth <= 0) return '__typename';
  const on = types[draw(types.length)]!;
  return `... on ${on.name} { ${selections(on, schema, draw, depth - 1)} }`;
}

function field(
  type: Extract<GraphQLCompositeType, { getFields: unknown }>,
  schema: GraphQLSchema,
  draw: Draw,
  depth: number,
): string {
  const fields = Object.values(type.getFields()).filter((each) => depth > 0 || isLeafType(getNamedType(each.type)));
  const chosen = fields[draw(fields.length)];
  if (!chosen) return '__typename';
  const named = getNamedType(chosen.type);
  const alias = draw(3) === 0 ? `${['id', 'f0', 'i', 'z'][draw(4)]}: ` : '';
  return `${alias}${chosen.name}${isCompositeType(named) ? ` { ${selections(named, schema, draw, depth - 1)} }` : ''}`;
}
