import { csvText } from '../../shared/loading/index.js';

/** A use in the hub's answer. */
export interface ExportedUse {
  readonly [field: string]: unknown;
  readonly approvals: readonly {
    readonly grant: string;
    readonly approver: string;
    readonly basis: readonly string[];
    readonly uses?: number | null;
  }[];
  readonly consents: readonly { readonly consent: string; readonly item?: string | null }[];
  readonly released: readonly { readonly coordinate: string }[];
  readonly denied: readonly { readonly coordinate: string; readonly code: string }[];
  readonly internal: readonly { readonly coordinate: string }[];
  readonly masked: readonly { readonly coordinate: string }[];
  readonly absent: readonly { readonly coordinate: string }[];
  readonly unavailable: readonly { readonly coordinate: string }[];
  readonly filtered: readonly { readonly coordinate: string }[];
  readonly compared: readonly { readonly coordinate: string }[];
  readonly aggregated: readonly { readonly coordinate: string }[];
  readonly sent: readonly { readonly subgraph: string; readonly coordinates: readonly string[] }[];
  readonly masks: readonly { readonly coordinate: string; readonly mask: string }[];
  readonly scopes: readonly { readonly coordinate: string; readonly divisions: readonly string[] }[];
  readonly rows: readonly { readonly type: string; readonly count: number }[];
}
export const FORMATS = ['csv', 'ndjson'] as const;
export type Format = (typeof FORMATS)[number];

/** The fields of each use in an export. */
export const USE_FIELDS = `position time department system person scenario purpose mode medium outcome code repeated requestId
  operation graphVersion grantVersion subjectCount approvals { grant approver basis uses } released { coordinate resource }
  denied { coordinate resource code } internal { coordinate resource } rows { type count }
  masked { coordinate resource } absent { coordinate resource } unavailable { coordinate resource }
  filtered { coordinate resource } sent { subgraph coordinates } masks { coordinate mask } scopes { coordinate divisions }
  consents { consent owner item decidedBy } compared { coordinate resource } aggregated { coordinate resource }`;

const PLAIN =
  'position time department system person scenario purpose mode medium outcome code repeated requestId operation graphVersion grantVersion subjectCount'.split(
    ' ',
  );
/** Columns are added at the end, so that who reads them by number goes on reading the same. */
const COLUMNS = [
  ...PLAIN,
  ...['released', 'denied', 'internal', 'rows', 'grants', 'approvers', 'basis'],
  ...['masked', 'absent', 'unavailable', 'filtered', 'sent', 'masks', 'scopes'],
  ...['consents', 'quotaUses', 'compared', 'aggregated'],
];

/** Writes the head of a file of uses.
 *  @param mark  with the mark by which spreadsheets know UTF-8 */
export const writeHeader = (format: Format, mark: boolean): string =>
  format === 'csv' ? (mark ? '\u{feff}' : '') + csvText([COLUMNS]) : '';

/** Uses as lines of a file. In CSV a text that a spreadsheet would take for a formula begins with an apostrophe, and several
 *  values in one field are separated by semicolons. */
export const toLines = (format: Format, uses: readonly ExportedUse[]): string =>
  format === 'csv' ? csvText(uses.map(toRow)) : uses.map((use) => `${JSON.stringify(use)}\n`).join('');

const toRow = (use: ExportedUse): unknown[] => [
  ...PLAIN.map((field) => use[field]),
  joinValues(use.released.map(({ coordinate }) => coordinate)),
  joinValues(use.denied.map(({ coordinate, code }) => `${coordinate}=${code}`)),
  joinValues(use.internal.map(({ coordinate }) => coordinate)),
  joinValues(use.rows.map(({ type, count }) => `${type}=${count}`)),
  joinValues(use.approvals.map(({ grant }) => grant)),
  joinValues([...new Set(use.approvals.map(({ approver }) => approver))]),
  joinValues([...new Set(use.approvals.flatMap(({ basis }) => basis))]),
  ...[use.masked, use.absent, use.unavailable, use.filtered].map((items) =>
    joinValues(items.map(({ coordinate }) => coordinate)),
  ),
  joinValues(use.sent.map(({ subgraph, coordinates }) => `${subgraph}=${coordinates.join(',')}`)),
  joinValues(use.masks.map(({ coordinate, mask }) => `${coordinate}=${mask}`)),
  joinValues(use.scopes.map(({ coordinate, divisions }) => `${coordinate}=${divisions.join(',')}`)),
  joinValues(use.consents.map(({ consent, item }) => (item ? `${consent}=${item}` : consent))),
  joinValues(use.approvals.flatMap(({ grant, uses }) => (uses ? [`${grant}=${uses}`] : []))),
  ...[use.compared, use.aggregated].map((items) => joinValues(items.map(({ coordinate }) => coordinate))),
];
const joinValues = (values: readonly string[]): string => values.join(';');
