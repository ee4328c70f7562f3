import { readFileSync } from 'node:fs';
import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import { HubError } from '../kernel/index.js';

type Path = readonly PropertyKey[];

/** One thing that is wrong in a file: where, and what would be right. */
export interface Mistake {
  readonly path: Path;
  readonly message: string;
}

/** A YAML file of the operator's, read whole; every mistake in it is told at once with its line and path. */
export class YamlFile {
  private constructor(
    readonly file: string,
    private readonly document: Document,
    private readonly lines: LineCounter,
  ) {}

  /** @throws HubError CONFIG_INVALID when the file cannot be read or is no YAML */
  static read(file: string): YamlFile {
    let text: string;
    try {
      text = readFileSync(file, 'utf8');
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      const why = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`;
      throw new HubError('CONFIG_INVALID', `${file} ${why}.`, { file }, { cause });
    }
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
    const read = new YamlFile(file, document, lines);
    if (document.errors.length > 0) {
      throw read.wrong(
        document.errors.map(({ pos, message }) => {
          const { line, col } = lines.linePos(pos[0]);
          return `line ${line}, column ${col}: ${message}`;
        }),
      );
    }
    return read;
  }

  /** Content of the file, checked and completed by the schema.
   *  @throws HubError CONFIG_INVALID naming every mistake with its line, its path and what would be right */
  parse<Schema extends z.ZodType>(schema: Schema): z.output<Schema> {
    const result = schema.safeParse(this.document.toJS() ?? {}, { reportInput: true });
    if (result.success) return result.data;
    throw this.mistaken(result.error.issues.flatMap(mistakesOf));
  }

  /** The error that names these mistakes in the order of the file; to be thrown. */
  mistaken(mistakes: readonly Mistake[]): HubError {
    const placed = mistakes.map(({ path, message }) => ({ line: this.lineOf(path), path, message }));
    return this.wrong(
      placed
        .sort((one, other) => one.line - other.line)
        .map(({ line, path, message }) => `line ${line}, ${path.length > 0 ? `${pathText(path)}: ` : ''}${message}`),
    );
  }

  private wrong(mistakes: readonly string[]): HubError {
    return new HubError('CONFIG_INVALID', `${this.file} is wrong. ${mistakes.join('; ')}.`, {
      file: this.file,
      mistakes,
    });
  }

  /** Line of the innermost thing on the path that is in the file at all. */
  private lineOf(path: Path): number {
    for (let length = path.length; length > 0; length--) {
      const parent = this.document.getIn(path.slice(0, length - 1), true);
      const part = path[length - 1];
      const at = isMap(parent)
        ? parent.items.find(({ key }) => isScalar(key) && key.value === part)?.key
        : isSeq(parent)
          ? parent.items[Number(part)]
          : undefined;
      if (isNode(at) && at.range) return this.lines.linePos(at.range[0]).line;
    }
    return 1;
  }
}

/** `applications.review[0].value` */
const pathText = (path: Path): string =>
  path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text ? `${text}.${String(part)}` : String(part)),
    '',
  );

function mistakesOf(issue: z.core.$ZodIssue): readonly Mistake[] {
  const path = issue.path;
  if (issue.code === 'unrecognized_keys') return [{ path: [...path, issue.keys[0]!], message: issue.message }];
  if (issue.code === 'invalid_key') return [{ path, message: issue.issues.map(({ message }) => message).join(', ') }];
  if (issue.code === 'invalid_value') {
    const given = issue.input === undefined ? 'is missing' : `${JSON.stringify(issue.input)} is not known`;
    return [{ path, message: `${given}; it must be ${oneOf(issue.values)}` }];
  }
  if (issue.code === 'invalid_type' && issue.input === undefined && issue.message.startsWith('Invalid input'))
    return [{ path, message: `is missing; it must be ${issue.expected}` }];
  return [{ path, message: issue.message }];
}

const oneOf = (values: readonly unknown[]): string =>
  values.length === 1 ? String(values[0]) : `one of ${values.map(String).join(', ')}`;
