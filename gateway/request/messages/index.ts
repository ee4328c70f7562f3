import { openCatalogue, type Sentence } from '../../../shared/kernel/index.js';
import type { ShareItem } from '../../../shared/share/share-index.js';
import { en } from './en.js';
import { zh } from './zh.js';

/** Words a sentence of the gateway; see `openCatalogue`. */
export const say = openCatalogue({ en, zh });

export type MessageKey = keyof typeof en;
export const isMessage = (key: string): key is MessageKey => Object.hasOwn(en, key);

/** An item by its title and coordinate. */
export const labelOf = ({ title, coordinate }: Pick<ShareItem, 'title' | 'coordinate'>): Sentence =>
  say('item.label', { title, coordinate });
