import { execute, isNonNullType, parse, type DocumentNode, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { runLeniently, type Asked, type Path, type TypeOf } from './lenient.js';
import { hash } from './data.js';
import { findRefetched } from './refetched.js';
import type { ServedWorld } from './serve-world.js';

/** Asks the gateway and the one schema without federation.
 *  @returns what is wrong with the gateway's answer, or undefined */
export async function judge(served: ServedWorld, { text, variables }: Asked): Promise<string | undefined> {
  const { graph, whole, done, invalid } = served;
  done.federated.length = done.whole.length = invalid.length = served.plans.length = 0;
  const document = parse(text);
  served.draw(hash(text) % 100);
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
  const lenient = await runLeniently(served, { text, variables });
  const typeOf = lenient.typesIn(whole);
  const caused = new Set<string>();
  for (const { path = [], extensions } of told.errors) {
    if (extensions.code === 'INTERNAL') return `an INTERNAL error at ${path.join('.')}`;
    const place = nullIn(told.data, path);
    if (valueAt(lenient.data, path) !== null)
      return `an error at ${path.join('.')}, where nothing is wrong\n${account(told.data, told.errors)}`;
    if (movesUp(path, place, typeOf)) caused.add(place);
  }
  const uncaused = places.find((place) => !caused.has(place));
  if (uncaused !== undefined) return `no error that makes ${uncaused} null\n${account(told.data, told.errors)}`;
  if (done.federated.join() !== done.whole.join())
    return `mutations ${done.federated.join()}, not ${done.whole.join()}`;
  return served.plans.map((plan) => findRefetched(served.world, plan)).find((each) => each !== undefined);
}

const run = async (schema: GraphQLSchema, document: DocumentNode, variableValues: Asked['variables']) =>
  (await execute({ schema, document, variableValues })) as ExecutionResult<Record<string, unknown>>;

const account = (data: unknown, errors: readonly object[]) =>
  `answered ${JSON.stringify(data)}\n${JSON.stringify(errors)}`;

/** Places that are null because of an error, and each once. */
export function placesOf(data: unknown, errors: readonly { readonly path?: Path | undefined }[]): string[] {
  return [...new Set(errors.map(({ path = [] }) => nullIn(data, path)))].toSorted();
}

/** The place at or above a path that is null. */
export function nullIn(data: unknown, path: Path): string {
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

const valueAt = (data: unknown, path: Path): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<string | number, unknown> | null | undefined)?.[key], data);
