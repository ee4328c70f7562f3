type Value = string | number | readonly string[] | null | undefined;

/** A row in the text format of COPY. @source PostgreSQL documentation, COPY, "Text Format" */
export function copyLine(values: readonly Value[]): string {
  let line = '';
  for (const [i, value] of values.entries()) {
    if (i > 0) line += '\t';
    line += value === null || value === undefined ? '\\N' : escaped(typeof value === 'object' ? array(value) : value);
  }
  return `${line}\n`;
}

const escaped = (value: string | number): string =>
  typeof value === 'string' && SPECIAL.test(value)
    ? value.replace(EACH_SPECIAL, (found) => ESCAPES[found]!)
    : `${value}`;

const SPECIAL = /[\\\n\r\t]/;
const EACH_SPECIAL = /[\\\n\r\t]/g;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** An array as PostgreSQL reads it. */
const array = (values: readonly string[]): string =>
  `{${values.map((value) => (PLAIN.test(value) ? value : `"${value.replace(/[\\"]/g, '\\$&')}"`)).join(',')}}`;
const PLAIN = /^(?!null$)[\w-]+$/i;
