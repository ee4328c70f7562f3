import { openCatalogue, recallSentence, type Text } from '../../../../shared/kernel/index.js';
import { en } from './en.js';
import { zh } from './zh.js';

/** Words a sentence of the room application; see `openCatalogue`. */
export const say = openCatalogue({ en, zh });

/** Words a note that is stored in English. */
export const recall = (note: string): Text => recallSentence({ en, zh }, note);
