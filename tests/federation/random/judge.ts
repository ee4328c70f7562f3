import {
  execute,
  getNullableType,
  isNonNullType,
  parse,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLList,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';
import { findRefetched } from './refetched.js';
import type { OnField } from './resolvers.js';
import type { ServedWorld } from './serve-world.js';

/** An operation with its variables. */
export interface Asked {
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
}
type Path = readonly (string | number)[];

/** Asks the gateway and the one schema without federation.
 *  @returns what is wrong with the gateway's answer, or undefined */
export async function judge(served: ServedWorld, { text, variables }: Asked): Promise<string | undefined> {
  const { graph, whole, done, invalid } = served;
  done.federated.length = done.whole.length = invalid.length = served.plans.length = 0;
  const document = parse(text);
  const told = await graph.ask(text, { variables }).catch((error: Error & { cause?: Error }) => error);
  if (told instanceof Error) return `refused: ${told.message} ${(told as { cause?: Error }).cause?.message ?? ''}`;
  if (invalid.length > 0) return `invalid request to ${invalid[0]}`;
  const right = await run(whole, document, variables);
  const seen = { data: told.answer.data, errors: placesOf(told.data, told.errors) };
  const expected = JSON.stringify(right.data);
  if (seen.data !== expected)
    return `expected ${expected} ${JSON.stringify(right.errors?.map(({ path }) => path?.join('.')))}\nanswered ${seen.data}\n${JSON.stringify(told.errors)}`;
  const places = placesOf(right.data, right.errors ?? []);
  if (seen.errors.join() !== places.join())
    return `answered ${seen.data}\nexpected errors at ${places.join()}\nanswered errors at ${seen.errors.join()}\n${JSON.stringify(told.errors)}`;
  const { all, typeOf } = await runLeniently(served, document, variables);
  const caused = new Set<string>();
  for (const { path = [], extensions } of told.errors) {
    if (extensions.code === 'INTERNAL') return `an INTERNAL error at ${path.join('.')}`;
    const place = nullIn(told.data, path);
    if (valueAt(all, path) !== null)
      return `an error at ${path.join('.')}, where nothing is wrong\n${account(told.data, told.errors)}`;
    if (movesUp(path, place, typeOf)) caused.add(place);
  }
  const uncaused = places.find((place) => !caused.has(place));
  if (uncaused !== undefined) return `no error that makes ${uncaused} null\n${account(told.data, told.errors)}`;
  if (done.federated.join() !== done.whole.join())
    return `mutations ${done.federated.join()}, not ${done.whole.join()}`;
  return served.plans.map((plan) => findRefetched(served.world, plan)).find((each) => each !== undefined);
}

const run = async (
  schema: GraphQLSchema,
  document: DocumentNode,
  variableValues: Asked['variables'],
  contextValue?: OnField,
) => (await execute({ schema, document, variableValues, contextValue })) as ExecutionResult<Record<string, unknown>>;

const account = (data: unknown, errors: readonly object[]) =>
  `answered ${JSON.stringify(data)}\n${JSON.stringify(errors)}`;

/** Places that are null because of an error, and each once. */
function placesOf(data: unknown, errors: readonly { readonly path?: Path | undefined }[]): string[] {
  return [...new Set(errors.map(({ path = [] }) => nullIn(data, path)))].toSorted();
}

function nullIn(data: unknown, path: Path): string {
  let value = data;
  for (let i = 0; i < path.length; i++) {
    if (value === null || value === undefined) return path.slice(0, i).join('.') || '(all)';
    value = (value as Record<string | number, unknown>)[path[i]!];
  }
  return value === null ? path.join('.') : `${path.join('.')} (which is ${JSON.stringify(value)})`;
}

/** True when a null at one place makes that other one null: nothing in between may be null. Of several errors that make one place
 *  null, any may be reported. @source GraphQL specification 6.4.4 "Handling Execution Errors" */
function movesUp(path: Path, place: string, typeOf: TypeOf): boolean {
  const above = place === '(all)' ? 0 : place.split('.').length;
  return path.slice(above).every((_, i) => isNonNullType(typeOf(path.slice(0, above + i + 1))));
}

type TypeOf = (path: Path) => GraphQLOutputType;

/** Runs the operation with every field nullable, so that each failure stands in its own place.
 *  @returns the data, and the type that the one schema has at a place */
async function runLeniently(
  { whole, lenient }: ServedWorld,
  document: DocumentNode,
  variables: Asked['variables'],
): Promise<{ readonly all: unknown; readonly typeOf: TypeOf }> {
  const types = new Map<string, GraphQLOutputType>();
  const note = ({ path, parentType, fieldName }: GraphQLResolveInfo) => {
    const type = whole.getType(parentType.name) as GraphQLObjectType;
    types.set(toKeys(path).join('.'), type.getFields()[fieldName]!.type);
  };
  const typeOf: TypeOf = (path) => {
    const field = path.findLastIndex((key) => typeof key === 'string');
    let type = types.get(path.slice(0, field + 1).join('.'))!;
    for (let levels = path.length - 1 - field; levels > 0; levels--)
      type = (getNullableType(type) as GraphQLList<GraphQLOutputType>).ofType;
    return type;
  };
  return { all: (await run(lenient, document, variables, note)).data, typeOf };
}

const toKeys = (path: GraphQLResolveInfo['path'] | undefined): (string | number)[] =>
  path ? [...toKeys(path.prev), path.key] : [];

const valueAt = (data: unknown, path: Path): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<string | number, unknown> | null | undefined)?.[key], data);
