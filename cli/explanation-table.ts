import { styleText } from 'node:util';
import Table from 'cli-table3';

/** The hub's explanation of one operation. */
export interface Explanation {
  readonly caller?: { readonly department: string; readonly system: string; readonly person?: string } | null;
  readonly scenario?: string | null;
  readonly items: readonly ExplainedItem[];
}
interface ExplainedItem {
  readonly coordinate: string;
  readonly path: string;
  readonly title?: string;
  readonly shareType: string;
  readonly decision: 'ALLOW' | 'DENY';
  readonly code?: string;
  readonly grant?: string;
  readonly why: string;
  readonly todo?: string;
}

const NARROWEST_TEXT = 20;
const PADDING = 2;

/** An explanation as a table: coordinate, share type, decision, why, what to do.
 *  @param width    of the terminal, in columns
 *  @param colours  whether it shows colours */
export function explanationTable(explanation: Explanation, width: number, colours: boolean): string {
  const { caller, scenario, items } = explanation;
  const paint = (style: 'green' | 'red' | 'dim', text: string) =>
    colours ? styleText(style, text, { validateStream: false }) : text;
  const columns = widths(items, width);
  const [, , , why, todo] = columns;
  const rows = items.map((item) => [
    item.title ? `${item.coordinate}\n${item.title}` : item.coordinate,
    item.shareType,
    item.decision === 'ALLOW' ? paint('green', 'ALLOW') : paint('red', `DENY\n${item.code ?? ''}`.trimEnd()),
    wrap(item.why, why - PADDING),
    wrap(item.todo ?? '', todo - PADDING),
  ]);
  const head = ['coordinate', 'share type', 'decision', 'why', 'what to do'];
  const table = new Table({ head, style: { head: [], border: [] }, colWidths: [...columns] });
  table.push(...rows);
  const who = caller ? `${caller.person ?? caller.system} of ${caller.department}` : 'anybody';
  const denied = items.filter(({ decision }) => decision === 'DENY').length;
  const count = `${items.length} items, ${denied} denied`;
  return `${who}, ${scenario ? `scenario ${scenario}` : 'no scenario'}: ${count}\n${table.toString()}`;
}

/** Fixed columns as wide as they need, the two of prose share what is left. Borders take six columns. */
function widths(items: readonly ExplainedItem[], width: number): readonly [number, number, number, number, number] {
  const longest = (texts: readonly (string | undefined)[]) =>
    Math.max(...texts.map((text) => columnsOf(text ?? ''))) + PADDING;
  const coordinate = longest(['coordinate', ...items.flatMap((item) => [item.coordinate, item.title])]);
  const shareType = longest(['share type', ...items.map((item) => item.shareType)]);
  const decision = longest(['decision', ...items.map((item) => item.code)]);
  const left = width - coordinate - shareType - decision - 6;
  const why = Math.max(NARROWEST_TEXT, Math.floor(left * 0.6));
  return [coordinate, shareType, decision, why, Math.max(NARROWEST_TEXT, left - why)];
}

/** Breaks a text into lines of at most `width` columns: between words, and anywhere in Chinese. */
function wrap(text: string, width: number): string {
  const lines = [''];
  for (const piece of text.match(PIECES) ?? []) {
    const line = lines.at(-1)!;
    if (columnsOf(line) + columnsOf(piece.trimEnd()) <= width) lines[lines.length - 1] = line + piece;
    else lines.push(piece.trimStart());
  }
  return lines.map((line) => line.trimEnd()).join('\n');
}

/** Terminal columns of a text; Chinese characters take two. */
const columnsOf = (text: string): number => [...text].reduce((sum, char) => sum + (WIDE.test(char) ? 2 : 1), 0);
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;
/** A wide character with the punctuation that may not begin a line, or a word with the space before or after it. */
const PIECES = new RegExp(`${WIDE.source}[，。；：、）】》”]*\\s*|(?:(?!${WIDE.source})\\S)+\\s*`, 'gu');
