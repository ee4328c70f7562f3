import type { FileFormat, LoadMode } from '../../../../shared/loading/index.js';
import type { Announcement } from '../announcement.rule.js';

/** What a front-end machine says of a file that it drops. */
export type Manifest = Pick<Announcement, 'type' | 'key' | 'sha256' | 'format' | 'mode' | 'mostRejected'> & {
  /** Plain name of the file beside the manifest. */
  readonly file: string;
};

const FORMATS: Readonly<Record<string, FileFormat>> = {
  csv: 'CSV',
  txt: 'CSV',
  xlsx: 'XLSX',
  ndjson: 'NDJSON',
  jsonl: 'NDJSON',
};
const MODES: readonly LoadMode[] = ['APPEND', 'UPSERT', 'FULL'];
const KNOWN: readonly string[] = ['file', 'type', 'key', 'sha256', 'format', 'mode', 'mostRejected'];

/** Reads a manifest: `{ "file", "type", "sha256" }`, and where wanted `mode`, `format`, `key` and `mostRejected`.
 *  @returns  a sentence where it cannot be used */
export function readManifest(text: string): Manifest | string {
  const object = parseObject(text);
  if (!object) return 'It is no JSON object.';
  const unknown = Object.keys(object).find((name) => !KNOWN.includes(name));
  if (unknown !== undefined) return `It has a member ${JSON.stringify(unknown.slice(0, 40))}, which nobody reads.`;
  const { file, type, sha256, mode = 'UPSERT', mostRejected = 0 } = object;
  // A name, never a way to somewhere else.
  if (typeof file !== 'string' || !/^[^/\\\0]{1,200}$/.test(file) || /^\.+$/.test(file))
    return '`file` must be the plain name of a file beside it.';
  if (typeof type !== 'string') return '`type` must name the type of the rows.';
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256))
    return '`sha256` must be 64 hexadecimal digits, in small letters.';
  if (typeof mode !== 'string' || !isMode(mode.toUpperCase())) return '`mode` must be append, upsert or full.';
  if (typeof mostRejected !== 'number') return '`mostRejected` must be a number of percent.';
  const named = object['format'] ?? file.split('.').at(-1);
  const format = typeof named === 'string' ? FORMATS[named.toLowerCase()] : undefined;
  if (!format) return '`format` must be csv, xlsx or ndjson.';
  const key = object['key'] ?? `drop-${mode.toLowerCase()}-${sha256.slice(0, 40)}`;
  if (typeof key !== 'string') return '`key` must be text.';
  return { file, type, key, sha256, format, mode: mode.toUpperCase() as LoadMode, mostRejected };
}

const isMode = (mode: string): mode is LoadMode => (MODES as readonly string[]).includes(mode);

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
