import { isTemplate, namesIn, PAGE_WORDS } from '../services/template.js';
import type { Refuse } from './declaration-problem.js';
import type { Declaration, DeclaredType } from './declaration-schema.js';
import { serviceShape, type ServiceCall } from './service-schema.js';

type Path = readonly (string | number)[];
type Say = (path: Path, message: string) => void;

/** Headers that belong to the connection, or to the credential. */
const OWN_HEADERS: ReadonlySet<string> = new Set([
  'host',
  'connection',
  'content-length',
  'content-type',
  'transfer-encoding',
  'accept-encoding',
  'authorization',
  'proxy-authorization',
  'expect',
  'upgrade',
  'te',
  'trailer',
  'keep-alive',
]);

/** Finds what a declaration says of a service that cannot work, or that would leave rows which nobody could ask for. */
export function checkService(declaration: Declaration, name: string, refuse: Refuse): void {
  const type = declaration.types[name]!;
  const { from } = type;
  const at = ['types', name, 'from'];
  const calls = checkAccess(name, type, from, at, refuse);
  const say: Say = (path, message) => refuse('SERVICE_UNFIT', path, message);
  if (calls) checkReach(declaration, name, calls, say);
  if (from.service === undefined && from.hosted?.pull?.service === undefined) checkPlaces(name, type, say);
}

type Access = Pick<DeclaredType['from'], 'service' | keyof typeof serviceShape>;

/** Checks what is said of a service.
 *  @param isPull  its calls may speak of a watermark
 *  @returns       the calls, where there are any */
export function checkAccess(
  name: string,
  type: DeclaredType,
  access: Access,
  at: Path,
  refuse: Refuse,
  isPull = false,
): readonly ServiceCall[] | undefined {
  const say: Say = (path, message) => refuse('SERVICE_UNFIT', path, message);
  if (access.service === undefined) {
    for (const key of Object.keys(serviceShape) as (keyof typeof serviceShape)[])
      if (access[key] !== undefined) say([...at, key], 'belongs to a `service`.');
    return undefined;
  }
  if (access.success === undefined)
    say(
      at,
      'must say `success`: { at: /code, is: [0] } where the answer tells whether it worked, or `status` where the HTTP status alone does.',
    );
  for (const header of [...Object.keys(access.headers ?? {}), ...credentialHeader(access.credential)])
    if (OWN_HEADERS.has(header.toLowerCase()))
      say([...at, 'headers'], `${header} is set by the hub. A secret is the credential of the source.`);
  if (access.calls === undefined) say(at, 'must say by which `calls` rows are asked for.');
  for (const [index, call] of (access.calls ?? []).entries())
    checkCall(name, type, call, [...at, 'calls', index], refuse, isPull);
  return access.calls;
}

const credentialHeader = (credential: DeclaredType['from']['credential']): string[] =>
  typeof credential === 'object' && 'header' in credential && credential.header.toLowerCase() !== 'authorization'
    ? [credential.header]
    : [];

/** Only rows of services have places by path. */
function checkPlaces(name: string, { items }: DeclaredType, say: Say): void {
  for (const [item, { at }] of Object.entries(items))
    if (at !== undefined) say(['types', name, 'items', item, 'at'], 'belongs to the rows of a `service`.');
}

function checkCall(
  name: string,
  { items, keys }: DeclaredType,
  call: ServiceCall,
  at: Path,
  refuse: Refuse,
  isPull: boolean,
): void {
  const say: Say = (path, message) => refuse('SERVICE_UNFIT', path, message);
  const { by = [], narrow, path, query, body, xml, soapAction, method, most, pages } = call;
  for (const [part, named] of Object.entries({ by, narrow }))
    for (const [place, item] of named.entries()) {
      const type = items[item]?.type;
      if (type === undefined) refuse('ITEM_UNKNOWN', [...at, part, place], `${name} has no item ${item}.`);
      else if (type === 'Float' || type === 'DateTime' || type === 'Boolean')
        say([...at, part, place], `${item} is a ${type}, by which no service is asked.`);
    }
  if (!path.startsWith('/') || /[?#\\\s]|\/\/|(^|\/)\.\.?(\/|$)/.test(path))
    say(
      [...at, 'path'],
      'must be a path below the address of the source, such as /students; parameters stand in `query`.',
    );
  if (body !== undefined && method !== 'POST') say([...at, 'body'], 'belongs to `method: POST`.');
  if (xml !== undefined && (method !== 'POST' || body !== undefined))
    say([...at, 'xml'], 'belongs to `method: POST`, in place of a `body`.');
  if (soapAction !== undefined && xml === undefined) say([...at, 'soapAction'], 'belongs to `xml`.');
  if (most > 1 && by.length !== 1) say([...at, 'most'], 'is for calls by one item.');
  checkNames(name, items, call, at, refuse, isPull);
  if (call.by === undefined && pages === undefined)
    say(at, 'is a list: say how it is read, `pages: whole` or { by: number, … }.');
  if (typeof pages !== 'object') return;
  const named = new Set(namesIn([path, query, body, xml]));
  const word = { number: '$page', offset: '$offset', cursor: '$cursor', key: '$after' }[pages.by];
  if (!named.has(word)) say([...at, 'pages'], `needs {${word}} in the path, the query or the body.`);
  if (pages.by === 'cursor' && pages.next === undefined)
    say([...at, 'pages'], 'needs `next`, the place of the next cursor.');
  if (pages.by === 'key' && keys[0]?.length !== 1)
    say([...at, 'pages'], 'by key is for types whose first key is one item.');
}

function checkNames(
  name: string,
  items: DeclaredType['items'],
  { by = [], narrow, path, query, body, xml, pages }: ServiceCall,
  at: Path,
  refuse: Refuse,
  isPull: boolean,
): void {
  const say: Say = (where, message) => refuse('SERVICE_UNFIT', where, message);
  const known = new Set([...by, ...narrow]);
  const words = new Set<string>([...(typeof pages === 'object' ? PAGE_WORDS : []), ...(isPull ? ['$since'] : [])]);
  const inPath = new Set([...by, '$page', '$size', '$offset']);
  for (const [part, value] of Object.entries({ path, query, body, xml })) {
    if (textsIn(value).some((text) => !isTemplate(text))) say([...at, part], 'has a brace that belongs to no {item}.');
    for (const used of namesIn(value)) {
      if (used.startsWith('$') ? !words.has(used) : !known.has(used)) {
        if (!used.startsWith('$') && !Object.hasOwn(items, used))
          refuse('ITEM_UNKNOWN', [...at, part], `${name} has no item ${used}.`);
        else
          say(
            [...at, part],
            used.startsWith('$')
              ? `{${used}} belongs to \`${used === '$since' ? 'pull' : 'pages'}\`.`
              : `{${used}} must stand in \`by\` or \`narrow\`.`,
          );
      } else if (part === 'path' && !inPath.has(used))
        say([...at, part], `{${used}} may be missing: put it in the query.`);
    }
  }
  const used = new Set(namesIn([path, query, body, xml]));
  for (const item of known)
    if (!used.has(item)) say(at, `is by ${item}, which is neither in its path, its query nor its body.`);
}

const textsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsIn)
      : [];

/** Every key, list and relation needs a call that asks for it. A list that comes whole serves them all. */
function checkReach(declaration: Declaration, name: string, calls: readonly ServiceCall[], say: Say): void {
  const { keys, lists } = declaration.types[name]!;
  const listed = calls.filter(({ by }) => by === undefined);
  const hasWhole = listed.some(({ pages }) => pages === 'whole');
  const isAsked = (items: readonly string[]) =>
    hasWhole || calls.some(({ by }) => by?.length === items.length && by.every((item) => items.includes(item)));
  for (const [index, key] of keys.entries())
    if (!isAsked(key))
      say(
        ['types', name, 'keys', index],
        `is no key that a call asks by: say \`calls: [{ by: [${key.join(', ')}], … }]\`.`,
      );
  for (const [list, filters] of Object.entries(lists)) {
    const path = ['types', name, 'lists', list];
    if (listed.length === 0) say(path, 'is a list, and no call reads one: say a call without `by`, with its `pages`.');
    else if (!hasWhole && !listed.some(({ narrow }) => filters.every((item) => narrow.includes(item))))
      say(path, 'is narrowed by items that no call without `by` has in `narrow`.');
  }
  for (const part of ['types', 'extends'] as const)
    for (const [owner, { relations }] of Object.entries<Pick<DeclaredType, 'relations'>>(declaration[part]))
      for (const [field, { type, by }] of Object.entries(relations))
        if (type === name && by !== undefined && !isAsked([by]))
          say([part, owner, 'relations', field, 'by'], `is asked of ${name}, which has no call by ${by}.`);
}
