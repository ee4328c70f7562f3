import type { Language } from '../../../../shared/kernel/index.js';
import { say } from '../messages/index.js';
import { addressOfObject } from './object-address.rule.js';

/** A notice as far as a message tells of it: its sentence, which has titles and numbers alone, and what it is about. */
export interface ToldNotice {
  readonly text: string;
  readonly object: string;
}
/** A message before it takes the form of a channel. */
export interface ComposedMessage {
  readonly title: string;
  readonly lines: readonly { readonly text: string; readonly link: string }[];
  /** Sentences below the notices. */
  readonly notes: readonly string[];
}

/** Most notices that one message lists; the rest is counted. */
const LISTED = 50;

/** Composes the message of one notice or of several. `publicUrl` is the hub's address as browsers see it, without a slash at
 *  its end. */
export function composeNotices(
  notices: readonly ToldNotice[],
  { publicUrl, language }: { readonly publicUrl: string; readonly language: Language },
): ComposedMessage {
  const lines = notices.slice(0, LISTED).map(({ text, object }) => {
    const path = `/portal${addressOfObject(object) ?? '/inbox'}`;
    return {
      text: hideIdentifiers(text),
      link: `${publicUrl}${hideIdentifiers(path) === path ? path : '/portal/inbox'}`,
    };
  });
  const [only] = lines;
  const title =
    notices.length === 1
      ? say('message.one', { text: only!.text.slice(0, 80) })
      : say('message.several', { count: notices.length });
  const rest = notices.length - lines.length;
  const notes = [
    ...(rest > 0 ? [say('message.more', { count: rest, link: `${publicUrl}/portal/inbox` })] : []),
    say('message.change', { link: `${publicUrl}/portal/messages` }),
  ];
  return { title: title.in(language), lines, notes: notes.map((note) => note.in(language)) };
}

/** Composes the message by which an officer shows that an address is their own. */
export const composeCode = (code: string, language: Language): ComposedMessage => ({
  title: say('message.codeTitle').in(language),
  lines: [],
  notes: [say('message.code', { code }).in(language), say('message.codeIgnore').in(language)],
});

/** Composes the message by which a robot shows that it works. */
export const composeTrial = (language: Language): ComposedMessage => ({
  title: say('message.trialTitle').in(language),
  lines: [],
  notes: [say('message.trial').in(language)],
});

/** Takes identifiers of persons and organisations out of a text. Notices have none; this holds where one had.
 *  @source GB 11643-1999, GB 32100-2015, and mobile numbers */
const hideIdentifiers = (text: string): string =>
  text.replace(
    /(?<![0-9A-Za-z])(?:\d{15}|\d{17}[\dXx]|1[3-9]\d{9}|[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10})(?![0-9A-Za-z])/g,
    '＊＊＊',
  );
