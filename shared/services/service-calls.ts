import type { ServiceCall } from '../declaration/service-schema.js';
import { identify, type Question } from './condition.js';
import { fillJson, fillText, type Filling, type Fillings } from './template.js';
import type { ServiceRequest } from './service-client.js';

/** A call that can ask for rows, and the values that it asks with. */
export interface ChosenCall {
  readonly call: ServiceCall;
  /** Combinations of values of the call's `by`, each once; none for a list. */
  readonly keys: readonly Key[];
  /** Values of what the service narrows by. */
  readonly narrow: Fillings;
}
export type Key = readonly (string | number)[];

/** Longest request line that every server takes, characters. */
const LONGEST = 6_000;
/** Combinations that are made of the values of several items. */
const MOST_KEYS = 5_000;

/** Chooses the call that needs the fewest requests.
 *  @returns undefined where none can ask for rows of this kind */
export function chooseCall(calls: readonly ServiceCall[], question: Question): ChosenCall | undefined {
  const chosen = calls.flatMap((call): ChosenCall[] => {
    const keys = call.by === undefined ? [] : keysOf(call.by, question);
    return keys ? [{ call, keys, narrow: narrowOf(call, question) }] : [];
  });
  const requests = ({ call, keys }: ChosenCall) =>
    call.by === undefined ? Infinity : Math.ceil(keys.length / (call.by.length === 1 ? call.most : 1));
  return chosen.toSorted(
    (one, other) => compare(requests(one), requests(other)) || other.narrow.size - one.narrow.size,
  )[0];
}

const compare = (one: number, other: number): number => (one === other ? 0 : one < other ? -1 : 1);

function keysOf(by: readonly string[], { equal, tuples }: Question): readonly Key[] | undefined {
  for (const { items, values } of tuples)
    if (items.length === by.length && by.every((item) => items.includes(item)))
      return unique(values.map((tuple) => by.map((item) => tuple[items.indexOf(item)])));
  if (!by.every((item) => equal.has(item))) return undefined;
  let keys: unknown[][] = [[]];
  for (const item of by) {
    keys = keys.flatMap((key) => equal.get(item)!.map((value) => [...key, value]));
    if (keys.length > MOST_KEYS) return undefined;
  }
  return unique(keys);
}

/** Without those that can name no row: empty, or with characters that are no text. */
const unique = (keys: readonly (readonly unknown[])[]): Key[] => [
  ...new Map(keys.filter((key) => key.every(canBeKey)).map((key) => [keyText(key), key as Key])).values(),
];
const canBeKey = (value: unknown): boolean =>
  typeof value === 'number' || (typeof value === 'string' && value !== '' && value.isWellFormed());
export const keyText = (key: readonly unknown[]): string => JSON.stringify(key.map(identify));

/** One value of each item: of several a service could be asked only in turn. */
function narrowOf({ narrow, by = [] }: ServiceCall, { equal, prefix }: Question): Fillings {
  return new Map(
    narrow.flatMap((item): [string, Filling][] => {
      const [value, ...others] = equal.get(item) ?? [];
      if (by.includes(item)) return [];
      if (others.length === 0 && (typeof value === 'string' || typeof value === 'number')) return [[item, value]];
      const start = prefix.get(item);
      return start === undefined ? [] : [[item, start]];
    }),
  );
}

/** Groups keys by the calls that ask for them. */
export function batchesOf({ call, keys }: ChosenCall): readonly (readonly Key[])[] {
  const most = call.by?.length === 1 ? call.most : 1;
  const isInLine = most > 1 && JSON.stringify([call.path, call.query]).includes(`{${call.by![0]}}`);
  const batches: Key[][] = [];
  let length = 0;
  for (const key of keys) {
    const [value] = key;
    // Where values are separated by commas, a value with one would be taken for two, so no row has it for its key.
    if (isInLine && String(value).includes(',')) continue;
    const size = isInLine ? encodeURIComponent(String(value)).length + 3 : 0;
    const batch = batches.at(-1);
    if (!batch || batch.length >= most || length + size > LONGEST) {
      batches.push([key]);
      length = size;
    } else {
      batch.push(key);
      length += size;
    }
  }
  return batches;
}

/** The fillings of a batch. */
export function fillingsOf({ call, narrow }: ChosenCall, batch: readonly Key[]): Fillings {
  const { by = [], most } = call;
  const values = by.map((item, at): [string, Filling] => [
    item,
    by.length === 1 && most > 1 ? batch.map((key) => key[at]!) : batch[0]![at]!,
  ]);
  return new Map([...narrow, ...values]);
}

/** Builds a request.
 *  @returns undefined where a value cannot stand in the path, or the line would be too long: no row is named so */
export function toRequest(
  { method, path, query, body, xml, soapAction }: ServiceCall,
  fillings: Fillings,
): ServiceRequest | undefined {
  const filled = fillText(path, fillings, encodeURIComponent);
  if (filled === undefined || filled.split('/').some((step) => step === '.' || step === '..')) return undefined;
  const parameters = Object.entries(query).flatMap(([name, text]): [string, string][] => {
    const value = fillText(text, fillings);
    return value === undefined ? [] : [[name, value]];
  });
  if (filled.length + new URLSearchParams(parameters).toString().length > LONGEST + 2_000) return undefined;
  return {
    method,
    path: filled,
    query: parameters,
    ...(body !== undefined && { body: JSON.stringify(fillJson(body, fillings)), headers: JSON_TYPES }),
    ...(xml !== undefined && {
      body: xml.replaceAll(/\{(\$?[a-z][A-Za-z0-9]*)\}/g, (found) => fillText(found, fillings, escapeXml) ?? ''),
      headers: { ...XML_TYPES, ...(soapAction !== undefined && { soapaction: `"${soapAction}"` }) },
    }),
  };
}

const JSON_TYPES = { accept: 'application/json', 'content-type': 'application/json' };
const XML_TYPES = { accept: 'text/xml, application/xml', 'content-type': 'text/xml; charset=utf-8' };

/** Characters that XML has no way to write are left out: no key of an XML answer has them. */
const escapeXml = (value: string): string =>
  value
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll(/[&<>"']/g, (found) => `&#${found.charCodeAt(0)};`);
