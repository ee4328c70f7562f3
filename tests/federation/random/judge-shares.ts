import { execute, GraphQLError, Kind, parse, type GraphQLResolveInfo, type SelectionSetNode } from 'graphql';
import type { AnswerError } from '../../../gateway/request/answer.js';
import type { Asked } from './judge.js';
import type { SharedWorld } from './serve-shares.js';
import { split } from './share-model.js';
import { fieldOf, membersOf, namedOf, typeNamed } from './world.js';
import { typeOfId } from './data.js';

const REFUSALS = new Set(['GRANT_REQUIRED', 'NOT_SHARED', 'RELEASE_NOT_CONSENTED']);

/** What an operation showed: items refused in it, as it was judged right. */
export interface Seen {
  denied: number;
  /** Refused because a key must not be sent. */
  withheld: number;
  sent: number;
}

/** Asks the gateway under share rules, and the one schema with what the model refuses refused.
 *  @returns what is wrong with the answer or with what a subgraph got, or undefined */
export async function judgeShares(shared: SharedWorld, asked: Asked, seen: Seen): Promise<string | undefined> {
  const { served, model } = shared;
  const { invalid } = served;
  invalid.length = served.graph.asked.length = 0;
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
  const onField = ({ parentType, fieldName, path }: GraphQLResolveInfo): void => {
    const at = `${parentType.name}.${fieldName}`;
    const place = toKeys(path);
    const codes = model.refusals(at);
    if (codes.size > 0) {
      refused.set(toKeysOnly(place), codes);
      throw new GraphQLError('refused', { extensions: { refused: true } });
    }
    // One error says it for all rows of a place.
    if (!withheld.get(toKeysOnly(place))?.(at, place)) return;
    seen.withheld++;
    throw new GraphQLError('withheld', { extensions: { withheld: true } });
  };
  const right = await execute({
    ...{ schema: served.whole, document: parse(asked.text), variableValues: asked.variables, contextValue: onField },
  });
  const account = `answered ${answer.data}\nerrors ${JSON.stringify(errors.map(({ path, extensions, message }) => [path?.join('.'), extensions.code, extensions['coordinate'], message]))}\nrefused ${JSON.stringify([...refused].map(([at, codes]) => [at, ...codes]))}`;
  if (answer.data !== JSON.stringify(right.data)) return `expected ${JSON.stringify(right.data)}\n${account}`;
  const placesOf = (list: readonly { readonly path?: readonly (string | number)[] | undefined }[]) =>
    [...new Set(list.map(({ path = [] }) => path.join('.')))].toSorted().join();
  const others = errors.filter((error) => !REFUSALS.has(codeOf(error)));
  const places = placesOf(
    right.errors?.filter(({ extensions }) => !extensions['refused'] && !extensions['withheld']) ?? [],
  );
  if (placesOf(others) !== places) return `expected errors at ${places}\n${account}`;
  const told = errors.filter((error) => 'shareType' in error.extensions);
  for (const error of told) {
    const isRight = (at: string) =>
      model.refusals(at).has(codeOf(error)) ||
      (codeOf(error) === 'RELEASE_NOT_CONSENTED' && model.mayBeUnreachable(at));
    const forms = formsOf(error);
    if (!(isOfInterface(error, shared) ? forms.some(isRight) : forms.every(isRight)))
      return `refused ${String(error.extensions['coordinate'])} wrongly\n${account}`;
  }
  const silent = [...refused.keys()].find((at) => !told.some(({ path = [] }) => toKeysOnly(path) === at));
  if (silent !== undefined) return `no refusal of ${silent}\n${account}`;
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
const toKeys = (path: GraphQLResolveInfo['path'] | undefined): (string | number)[] =>
  path ? [...toKeys(path.prev), path.key] : [];

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
