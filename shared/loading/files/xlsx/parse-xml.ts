import { SaxesParser } from 'saxes';
import { LoadRefusal } from '../../load-rules.js';

export interface XmlHandlers {
  /** @param name  without a prefix */
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly close?: (name: string) => void;
  readonly text?: (text: string) => void;
}

/** Deepest nesting of elements; a worksheet has seven levels. */
const MOST_LEVELS = 100;

/** Reads XML piece by piece. It has no document type: nothing is fetched, and nothing is expanded.
 *  @param afterPiece  gives what was found since the last call
 *  @throws LoadRefusal WORKBOOK_MALFORMED, ARCHIVE_UNSAFE */
export async function* parseXml<T>(
  bytes: AsyncIterable<Uint8Array>,
  { open, close, text }: XmlHandlers,
  afterPiece: () => T | undefined,
): AsyncGenerator<T> {
  const parser = new SaxesParser();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let levels = 0;
  parser.on('doctype', () => {
    throw new LoadRefusal('ARCHIVE_UNSAFE', 'DOCTYPE');
  });
  parser.on('error', () => {
    throw new LoadRefusal('WORKBOOK_MALFORMED');
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (++levels > MOST_LEVELS) throw new LoadRefusal('ARCHIVE_UNSAFE');
    open?.(withoutPrefix(name), attributes);
  });
  parser.on('closetag', ({ name }) => {
    levels--;
    close?.(withoutPrefix(name));
  });
  if (text) parser.on('text', text);
  try {
    for await (const piece of bytes) {
      parser.write(decoder.decode(piece, { stream: true }));
      const found = afterPiece();
      if (found !== undefined) yield found;
    }
    parser.write(decoder.decode()).close();
  } catch (error) {
    throw error instanceof LoadRefusal ? error : new LoadRefusal('WORKBOOK_MALFORMED');
  }
  const found = afterPiece();
  if (found !== undefined) yield found;
}

const withoutPrefix = (name: string): string => {
  const at = name.indexOf(':');
  return at < 0 ? name : name.slice(at + 1);
};

/** Reads a whole part of a workbook. */
export async function readXml(bytes: AsyncIterable<Uint8Array>, handlers: XmlHandlers): Promise<void> {
  for await (const _ of parseXml(bytes, handlers, () => undefined));
}
