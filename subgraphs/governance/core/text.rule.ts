import type { Text } from '../../../shared/kernel/index.js';
import { say } from './messages/index.js';

/** Limits of a text that somebody wrote. */
export interface TextLimits {
  /** Most characters, after cleaning. */
  readonly max?: number;
  /** May be empty. */
  readonly optional?: boolean;
  /** May have line ends. */
  readonly lines?: boolean;
}

/** A text in the one form that is kept: composed (NFC), without space around it. */
export const cleanText = (text: string): string => text.normalize('NFC').trim();

/** Control characters, bidirectional marks, invisible ones, unassigned and private ones: none of them says anything to a
 *  reader, and all of them can make a text read as another. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Finds a problem of a text.
 *  @param name  name of the text in the sentence, e.g. `name`
 *  @returns     a sentence; undefined for a text that can be kept */
export function findTextProblem(name: string, text: string, limits: TextLimits = {}): Text | undefined {
  const { max = 500, optional = false, lines = false } = limits;
  const clean = cleanText(text);
  if (clean === '' && !optional) return say('text.empty', { name });
  if ([...clean].length > max) return say('text.long', { name, most: max });
  return UNSEEN.test(lines ? clean.replace(/\r?\n/g, '') : clean) ? say('text.unseen', { name }) : undefined;
}
