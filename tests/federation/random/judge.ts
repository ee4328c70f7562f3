import { execute, parse, type DocumentNode, type ExecutionResult } from 'graphql';
import { findRefetched } from './refetched.js';
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
  const { graph, whole, lenient, done, invalid } = served;
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
  const all = (await run(lenient, document, variables)).data;
  for (const { path = [], extensions } of told.errors) {
    if (extensions.code === 'INTERNAL') return `an INTERNAL error at ${path.join('.')}`;
    const place = nullIn(told.data, path);
    const isOwn = valueAt(all, place.split('.')) === null;
    // A null that moved up has its error below.
    if (isOwn && path.join('.') !== place) return `an error at ${path.join('.')}, where nothing is wrong`;
  }
  if (done.federated.join() !== done.whole.join())
    return `mutations ${done.federated.join()}, not ${done.whole.join()}`;
  return served.plans.map((plan) => findRefetched(served.world, plan)).find((each) => each !== undefined);
}

const run = async (schema: ServedWorld['whole'], document: DocumentNode, variableValues: Asked['variables']) =>
  (await execute({ schema, document, variableValues: variableValues })) as ExecutionResult<Record<string, unknown>>;

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

const valueAt = (data: unknown, path: Path): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<string | number, unknown> | null | undefined)?.[key], data);
