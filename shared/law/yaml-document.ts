import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';

type Path = readonly PropertyKey[];

/** One thing that is wrong in a document: where, and what would be right. */
export interface Mistake {
  readonly path: Path;
  readonly message: string;
}
export interface Position {
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

/** A YAML text that knows the line of everything in it. */
export class YamlDocument {
  private readonly lines = new LineCounter();
  private readonly document: Document;

  constructor(text: string) {
    this.document = parseDocument(text, { lineCounter: this.lines, prettyErrors: false });
  }

  /** Where the text is no YAML; empty for one that is. */
  syntaxErrors(): (Position & { readonly message: string })[] {
    return this.document.errors.map(({ pos, message }) => ({ ...this.positionOf(pos[0]), message }));
  }

  /** @param aliases  false refuses references to other places of the document
   *  @throws Error when an alias is refused, or they grow without bound */
  toJS(aliases = true): unknown {
    return this.document.toJS(aliases ? {} : { maxAliasCount: 0 });
  }

  /** Position of the innermost thing on the path that is in the document at all. */
  locate(path: Path): Position {
    for (let length = path.length; length > 0; length--) {
      const parent = this.document.getIn(path.slice(0, length - 1), true);
      const part = path[length - 1];
      const at = isMap(parent)
        ? parent.items.find(({ key }) => isScalar(key) && String(key.value) === String(part))?.key
        : isSeq(parent)
          ? parent.items[Number(part)]
          : undefined;
      if (isNode(at) && at.range) return this.positionOf(at.range[0]);
    }
    return { line: 1, column: 1 };
  }

  private positionOf(offset: number): Position {
    const { line, col } = this.lines.linePos(offset);
    return { line, column: col };
  }
}

/** `applications.review[0].value` */
export const pathText = (path: Path): string =>
  path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text ? `${text}.${String(part)}` : String(part)),
    '',
  );

/** What a schema finds wrong, in words for who wrote the document. */
export function mistakesOf(issue: z.core.$ZodIssue): readonly Mistake[] {
  const path = issue.path;
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      path: [...path, key],
      message: issue.keys.length === 1 ? issue.message : `Unrecognized key: ${JSON.stringify(key)}`,
    }));
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
