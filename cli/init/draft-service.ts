import type { DraftItem } from './draft.js';
import type { CallText, SourceCall, SourceService } from './sources/source-table.js';

/** Calls of a service in the names of a type's items. A call by an item that the draft leaves out is left out with it. */
export function draftService(service: SourceService, items: readonly DraftItem[]): SourceService {
  const names = new Map(items.map(({ column, name }) => [column, name]));
  return { ...service, calls: service.calls.flatMap((call) => draftCall(call, names)) };
}

function draftCall(call: SourceCall, names: ReadonlyMap<string, string>): SourceCall[] {
  if (!call.by.every((column) => names.has(column))) return [];
  const text = (from: CallText): CallText =>
    from.map((part) => (typeof part === 'object' && 'column' in part ? { column: names.get(part.column)! } : part));
  const isKept = (from: CallText) =>
    from.every((part) => typeof part === 'string' || !('column' in part) || names.has(part.column));
  const texts = (from: Readonly<Record<string, CallText>>) =>
    Object.fromEntries(Object.entries(from).flatMap(([name, each]) => (isKept(each) ? [[name, text(each)]] : [])));
  return [
    {
      ...call,
      by: call.by.map((column) => names.get(column)!),
      narrow: call.narrow.flatMap((column) => names.get(column) ?? []),
      path: text(call.path),
      query: texts(call.query),
      body: call.body && texts(call.body),
    },
  ];
}
