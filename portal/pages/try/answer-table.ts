import { Kind, parse, type DocumentNode, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';

/** An error of an answer, as the hub gives it. */
export interface AnswerError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: {
    readonly code?: string;
    readonly title?: string;
    readonly coordinate?: string;
    readonly apply?: { readonly input: AppliedFor };
  };
}
/** The application that a refusal proposes. */
interface AppliedFor {
  readonly mode?: string;
  readonly coordinates: readonly string[];
  /** Answers of verification beyond one outcome. */
  readonly verificationDetails?: readonly string[];
}
/** Address of the form that is filled in for it. */
export function applicationAddress(
  { mode, coordinates, verificationDetails = [] }: AppliedFor,
  scenario: string | undefined,
): string {
  const query = new URLSearchParams(coordinates.map((item): [string, string] => ['item', item]));
  if (scenario) query.set('scenario', scenario);
  if (mode) query.set('mode', mode);
  for (const detail of verificationDetails) query.append('detail', detail);
  return `/applications/new?${query.toString()}`;
}
/** Place of an answer whose value is being checked by its provider. */
export interface DisputedPlace {
  readonly path: readonly (string | number)[];
}

/** A cell of the table. */
export interface Cell {
  readonly text: string;
  /** The error beside its null. */
  readonly error?: AnswerError;
  readonly disputed?: true;
}
/** The records below one root of an answer. */
export interface AnswerTable {
  /** Response key of the root. */
  readonly root: string;
  /** Path from the root to the records. */
  readonly path: readonly string[];
  /** Paths from a record to its leaves. */
  readonly columns: readonly (readonly string[])[];
  readonly rows: readonly (readonly Cell[])[];
  /** What stands beside the records, such as their number. */
  readonly facts: readonly { readonly path: readonly string[]; readonly cell: Cell }[];
  /** Error of a root that has no value at all. */
  readonly error?: AnswerError;
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Leaves = readonly (readonly string[])[];

/** Sets an answer out as tables, one for each root. Columns are those that the query asks for, in its order, also where all
 *  of them are refused. The hub names a refused item at its first place only; it is refused in each other place that is null.
 *  @param text  of the query, which the hub has accepted */
export function toTables(
  text: string,
  data: Json | undefined,
  errors: readonly AnswerError[] = [],
  disputed: readonly DisputedPlace[] = [],
): readonly AnswerTable[] {
  const document = parse(text, { noLocation: true });
  const marked = new Set(disputed.map(({ path }) => path.join('.')));
  return [...groupByFirst(readLeaves(document))].map(([root, leaves]): AnswerTable => {
    const value = isObject(data) ? data[root] : undefined;
    const own = errors.filter(({ path }) => path?.[0] === root);
    const whole = own.find(({ path }) => path?.length === 1);
    const path = findRecords(value, leaves);
    const columns = leaves.flatMap((leaf) => (startsWith(leaf, path) ? [leaf.slice(path.length)] : []));
    const refusals = new Map(own.map((error) => [namesOf(error.path!.slice(1)).join('.'), error]));
    const toCell = (at: readonly string[], found: Json | undefined, place: string): Cell => {
      const nothing = found === null || found === undefined;
      // An error names the place that is null, which may be above the leaf.
      const error = nothing
        ? at.map((_, end) => refusals.get(at.slice(0, end + 1).join('.'))).find((each) => each !== undefined)
        : undefined;
      return {
        text: nothing ? '' : toText(found),
        ...((error ?? (nothing && whole)) && { error: error ?? whole }),
        ...(marked.has(place) && { disputed: true }),
      };
    };
    const records = valueAt(value, path);
    const list = Array.isArray(records) ? records : [records];
    const present = records !== null && records !== undefined;
    return {
      root,
      path,
      columns,
      rows: present
        ? list.map((record: Json, row) =>
            columns.map((column) => {
              const index = Array.isArray(records) ? [String(row)] : [];
              const place = [root, ...path, ...index, ...column].join('.');
              return toCell([...path, ...column], valueAt(record, column), place);
            }),
          )
        : [],
      facts: leaves
        .filter((leaf) => path.length > 0 && !startsWith(leaf, path) && leaf[0] !== 'edges')
        .map((leaf) => ({ path: leaf, cell: toCell(leaf, valueAt(value, leaf), [root, ...leaf].join('.')) })),
      ...(whole && !present && { error: whole }),
    };
  });
}

/** Paths of all leaves that an operation asks for, by response keys; named fragments are followed. */
function readLeaves(document: DocumentNode): Leaves {
  const fragments = new Map(
    document.definitions.flatMap((each): [string, FragmentDefinitionNode][] =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each]] : [],
    ),
  );
  const walk = ({ selections }: SelectionSetNode): Leaves =>
    selections.flatMap((selection): Leaves => {
      if (selection.kind === Kind.INLINE_FRAGMENT) return walk(selection.selectionSet);
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value);
        return fragment ? walk(fragment.selectionSet) : [];
      }
      const key = selection.alias?.value ?? selection.name.value;
      if (!selection.selectionSet) return [[key]];
      return walk(selection.selectionSet).map((below) => [key, ...below]);
    });
  const operation = document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  const leaves = operation ? walk(operation.selectionSet) : [];
  return [...new Map(leaves.map((leaf) => [leaf.join('.'), leaf])).values()];
}

function groupByFirst(leaves: Leaves): ReadonlyMap<string, Leaves> {
  const groups = new Map<string, (readonly string[])[]>();
  for (const [root = '', ...below] of leaves) {
    const group = groups.get(root) ?? [];
    group.push(below);
    groups.set(root, group);
  }
  return groups;
}

/** Path from a root's value to the list whose members are the rows: the root itself, else the first list of objects below
 *  it, as `nodes` of a page or `cells` of a statistic. */
function findRecords(value: Json | undefined, leaves: Leaves): readonly string[] {
  if (!isObject(value)) return [];
  const list = leaves.find(([key, ...below]) => below.length > 0 && Array.isArray(value[key!]));
  return list ? [list[0]!] : [];
}

/** The value at a path; through a list, the list of its members' values. */
function valueAt(value: Json | undefined, path: readonly string[]): Json | undefined {
  const [key, ...below] = path;
  if (key === undefined || value === null || value === undefined) return value;
  if (isList(value)) return value.map((each) => valueAt(each, path) ?? null);
  return isObject(value) ? valueAt(value[key], below) : undefined;
}

function toText(value: Json): string {
  if (value === null) return '—';
  if (isList(value)) return value.map(toText).join('；');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const startsWith = (path: readonly string[], start: readonly string[]): boolean =>
  start.every((key, at) => path[at] === key);
const namesOf = (path: readonly (string | number)[]): readonly string[] =>
  path.filter((each): each is string => typeof each === 'string');
