import { SaxesParser } from 'saxes';

/** Deepest nesting of elements, and most of them; an answer has far fewer. */
const MOST_LEVELS = 100;
const MOST_ELEMENTS = 1_000_000;

interface OpenElement {
  readonly name: string;
  readonly members: Record<string, unknown>;
  text: string;
}

/** Reads an XML document as members: an element without elements is its text, null where it is empty; several of one name are a
 *  list; attributes have `@` before their names. Prefixes are left out. Nothing is fetched or expanded.
 *  @throws Error where it is no XML, has a document type, or is nested too deeply */
export function parseXml(text: string): Readonly<Record<string, unknown>> {
  const parser = new SaxesParser();
  const root: OpenElement = { name: '', members: Object.create(null) as Record<string, unknown>, text: '' };
  const open: OpenElement[] = [root];
  let elements = 0;
  const refuse = (why: string) => () => {
    throw new Error(`an XML answer ${why}`);
  };
  parser.on('error', refuse('is malformed'));
  parser.on('doctype', refuse('has a document type'));
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length > MOST_LEVELS || ++elements > MOST_ELEMENTS) refuse('is too large')();
    const members = Object.create(null) as Record<string, unknown>;
    for (const [attribute, value] of Object.entries(attributes))
      if (!/^xmlns(:|$)/.test(attribute)) members[`@${withoutPrefix(attribute)}`] = value;
    open.push({ name: withoutPrefix(name), members, text: '' });
  });
  const take = (piece: string) => void (open.at(-1)!.text += piece);
  parser.on('text', take);
  parser.on('cdata', take);
  parser.on('closetag', () => {
    const element = open.pop()!;
    put(open.at(-1)!.members, element.name, valueOf(element));
  });
  parser.write(text).close();
  return root.members;
}

function valueOf({ members, text }: OpenElement): unknown {
  if (members['@nil'] === 'true' || members['@nil'] === '1') return null;
  if (Object.keys(members).some((name) => !name.startsWith('@'))) return members;
  return text.trim() === '' ? null : text;
}

function put(members: Record<string, unknown>, name: string, value: unknown): void {
  if (!(name in members)) members[name] = value;
  else if (Array.isArray(members[name])) (members[name] as unknown[]).push(value);
  else members[name] = [members[name], value];
}

const withoutPrefix = (name: string): string => name.slice(name.indexOf(':') + 1);
