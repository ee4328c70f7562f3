import {
  GraphQLError,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type SelectionSetNode,
} from 'graphql';
import type { AnswerError } from '../../../gateway/request/answer.js';
import { nullIn, placesOf } from './judge.js';
import { findDifference, forbiddenNulls, isLostAt, moveNulls, runLeniently, toKeys, type Asked } from './lenient.js';
import type { SharedWorld } from './serve-shares.js';
import { split } from './share-model.js';
import { fieldOf, membersOf, namedOf, typeNamed } from './world.js';
import { hash, typeOfId } from './data.js';

const NONE: ReadonlySet<string> = new Set();
const REFUSALS = new Set(['GRANT_REQUIRED', 'NOT_SHARED', 'RELEASE_NOT_CONSENTED']);

/** What an operation showed: items refused in it, as it was judged right. */
export interface Seen {
  denied: number;
  /** Refused because a key must not be sent. */
  withheld: number;
  sent: number;
  /** Mutations carried out. */
  mutations: number;
}

/** Asks the gateway under share rules, and the one schema with what the model refuses refused.
 *  @returns what is wrong with the answer or with what a subgraph got, or undefined */
export async function judgeShares(shared: SharedWorld, asked: Asked, seen: Seen): Promise<string | undefined> {
  const { served, model } = shared;
  const { invalid, done } = served;
  invalid.length = done.federated.length = done.lenient.length = served.graph.asked.length = 0;
  served.draw(hash(asked.text) % 100);
  const answer = await shared.ask(asked).catch((error: Error & { cause?: Error }) => error);
  if (answer instanceof Error) return `refused: ${answer.message} ${(answer as { cause?: Error }).cause?.stack ?? ''}`;
  if (invalid.length > 0) return `invalid request to ${invalid[0]}`;
  const { errors } = answer;
  const codeOf = ({ extensions }: AnswerError) => String(extensions.code);
  const internal = errors.find((error) => codeOf(error) === 'INTERNAL');
  if (internal) return `an INTERNAL error at ${internal.path?.join('.')}`;
  const formsOf = (error: AnswerError): string[] => {
    const [type, name] = split(String(error.extensions['coordinate']));
    const objects = typeNamed(model.world, type) ? [type] : membersOf(model.world, type);
    return objects.flatMap((each) => (fieldOf(model.world, each, name) ? [`${each}.${name}`] : []));
  };
  // Keys that must not be sent: whether another way was open, reachability says. Under an interface, one of its types decides.
  const withheld = new Map<string, (at: string, place: readonly (string | number)[]) => boolean>();
  const given: unknown = JSON.parse(answer.data);
  const isNull = (place: readonly (string | number)[]): boolean =>
    place.reduce<unknown>((value, key) => (value as Sent | null | undefined)?.[key], given) === null;
  for (const error of errors)
    if (codeOf(error) === 'RELEASE_NOT_CONSENTED') {
      const forms = 'coordinate' in error.extensions ? formsOf(error) : undefined;
      const isAny = isOfInterface(error, shared) && forms?.some((at) => model.mayBeUnreachable(at));
      const place = toKeysOnly(error.path!);
      const before = withheld.get(place);
      withheld.set(
        place,
        (at, rows) =>
          ((forms ? forms.includes(at) : isNull(rows)) && (isAny === true || model.mayBeUnreachable(at))) ||
          before?.(at, rows) === true,
      );
    }
  const refused = new Map<string, ReadonlySet<string>>();
  let lost: string | undefined;
  const onField = ({ parentType, fieldName, path }: GraphQLResolveInfo): void => {
    const at = `${parentType.name}.${fieldName}`;
    const place = toKeys(path);
    const codes = model.refusals(at);
    // One error says it for all rows of a place.
    const isWithheld = codes.size === 0 && withheld.get(toKeysOnly(place))?.(at, place) === true;
    if (codes.size === 0 && !isWithheld) return;
    const consumers = shared.whole.getType(parentType.name) as GraphQLObjectType;
    if (isNonNullType(consumers.getFields()[fieldName]!.type))
      lost ??= `${at}, which is refused, takes its object along`;
    if (isWithheld) seen.withheld++;
    else refused.set(toKeysOnly(place), codes);
    throw new GraphQLError('refused', { extensions: { refused: true } });
  };
  const lenient = await runLeniently(served, asked, onField);
  const isRefusal = ({ extensions }: GraphQLError) => extensions['refused'] === true;
  const stays = new Set(lenient.errors.filter(isRefusal).map(({ path = [] }) => path.join('.')));
  const right = moveNulls(lenient.data, lenient.typesIn(shared.whole), NONE);
  const asProviders = moveNulls(lenient.data, lenient.typesIn(served.whole), stays);
  const account = `answered ${answer.data}\nerrors ${JSON.stringify(errors.map(({ path, extensions, message }) => [path?.join('.'), extensions.code, extensions['coordinate'], message]))}\nrefused ${JSON.stringify([...refused].map(([at, codes]) => [at, ...codes]))}`;
  const wrong = findDifference(given, right, asProviders);
  if (wrong !== undefined) return `expected ${JSON.stringify(right)} at ${wrong}\n${account}`;
  if (lost !== undefined) return `${lost}\n${account}`;
  const others = errors.filter((error) => !REFUSALS.has(codeOf(error)));
  const typeOf = lenient.typesIn(served.whole);
  const missing = [...forbiddenNulls(lenient.data, typeOf)].filter((path) => !stays.has(path.join('.')));
  const failed = [...lenient.errors.filter((error) => !isRefusal(error)), ...missing.map((path) => ({ path }))];
  const places = placesOf(given, others);
  const silentNull = placesOf(given, failed).find((place) => !places.includes(place));
  if (silentNull !== undefined) return `expected an error at ${silentNull}\n${account}`;
  const causes = new Set([...placesOf(right, failed), ...placesOf(asProviders, failed)]);
  const uncaused = places.find((place) => !causes.has(place) && !isLostAt(place, right, asProviders));
  if (uncaused !== undefined) return `an error at ${uncaused}, where nothing is wrong\n${account}`;
  const told = errors.filter((error) => 'shareType' in error.extensions);
  for (const error of told) {
    const isRight = (at: string) =>
      model.refusals(at).has(codeOf(error)) ||
      (codeOf(error) === 'RELEASE_NOT_CONSENTED' && model.mayBeUnreachable(at));
    const forms = formsOf(error);
    if (!(isOfInterface(error, shared) ? forms.some(isRight) : forms.every(isRight)))
      return `refused ${String(error.extensions['coordinate'])} wrongly\n${account}`;
  }
  // A refusal inside an object that another failure took along need not be told.
  const visible = lenient.errors.filter(
    (error) => isRefusal(error) && nullIn(given, error.path!) === error.path!.join('.'),
  );
  const silent = visible
    .map(({ path }) => toKeysOnly(path!))
    .find((at) => refused.has(at) && !told.some(({ path = [] }) => toKeysOnly(path) === at));
  if (silent !== undefined) return `no refusal of ${silent}\n${account}`;
  // A refused mutation is not carried out; every other is, once and in order, whatever is refused inside of it.
  if (done.federated.join() !== done.lenient.join())
    return `mutations ${done.federated.join()}, not ${done.lenient.join()}\n${account}`;
  seen.mutations += done.federated.length;
  seen.denied += refused.size;
  for (const { subgraph, query, variables } of served.graph.asked) {
    const fault = findLeak(shared, subgraph, query, variables, seen);
    if (fault !== undefined) return `${fault}\n${subgraph}: ${query} ${JSON.stringify(variables)}`;
  }
  return undefined;
}

const isOfInterface = ({ extensions }: AnswerError, { model }: SharedWorld): boolean =>
  'coordinate' in extensions && !typeNamed(model.world, split(String(extensions['coordinate']))[0]);

/** A place without the numbers of rows. */
const toKeysOnly = (path: readonly (string | number)[]): string =>
  path.filter((key) => typeof key === 'string').join('.');
/** Finds a field that consumers see as one that may be null though nobody is ever refused it.
 *  @returns undefined where there is none */
export function findMisstated({ served, model, whole }: SharedWorld): string | undefined {
  for (const type of Object.values(whole.getTypeMap())) {
    const stated = served.whole.getType(type.name);
    if (!isObjectType(type) || !isObjectType(stated) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const at = `${type.name}.${field.name}`;
      if (isNonNullType(stated.getFields()[field.name]!.type) && !isNonNullType(field.type) && model.isSure(at))
        return `${at} may be null, though nobody is refused it`;
    }
  }
  return undefined;
}

type Sent = Readonly<Record<string, unknown>>;

/** The first item in what a subgraph got that its department may not receive, or that was asked though it is refused. */
function findLeak(
  { model }: SharedWorld,
  subgraph: string,
  query: string,
  variables: Sent,
  seen: Seen,
): string | undefined {
  const asked = new Set<string>();
  const collect = (set: SelectionSetNode | undefined): void => {
    for (const each of set?.selections ?? []) {
      if (each.kind === Kind.FIELD) asked.add(each.name.value);
      if (each.kind !== Kind.FRAGMENT_SPREAD) collect(each.selectionSet);
    }
  };
  for (const definition of parse(query).definitions) if ('selectionSet' in definition) collect(definition.selectionSet);
  let leak: string | undefined;
  const walk = (root: string, type: string, sent: Sent): void => {
    for (const [name, value] of Object.entries(sent)) {
      if (name === '__typename') continue;
      const named = namedOf(fieldOf(model.world, type, name)?.type ?? '');
      const objects = typeNamed(model.world, type) ? [type] : [typeOfId(String(sent['id']))];
      seen.sent++;
      for (const object of objects)
        if (name !== 'id' && !model.mayArrive(subgraph, root, asked, `${object}.${name}`))
          leak ??= `${object}.${name} arrived at ${subgraph}, which may not receive it`;
      for (const each of [value].flat(9))
        if (typeof each === 'object' && each !== null)
          walk(root, ((each as Sent)['__typename'] as string | undefined) ?? named, each as Sent);
    }
  };
  for (const [name, value] of Object.entries(variables))
    if (/representations/.test(name))
      for (const each of value as Sent[]) walk(String(each['__typename']), String(each['__typename']), each);
  return leak;
}
