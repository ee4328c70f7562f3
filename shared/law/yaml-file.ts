import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { HubError } from '../kernel/index.js';
import { mistakesOf, pathText, YamlDocument, type Mistake } from './yaml-document.js';

/** A YAML file of the operator's, read whole; every mistake in it is told at once with its line and path. */
export class YamlFile {
  private constructor(
    readonly file: string,
    private readonly document: YamlDocument,
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
    const read = new YamlFile(file, new YamlDocument(text));
    const errors = read.document.syntaxErrors();
    if (errors.length > 0)
      throw read.wrong(errors.map(({ line, column, message }) => `line ${line}, column ${column}: ${message}`));
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
    const placed = mistakes.map(({ path, message }) => ({ line: this.document.locate(path).line, path, message }));
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
}
