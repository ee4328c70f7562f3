import { openCatalogue } from '../../../../shared/kernel/index.js';
import { en } from './en.js';
import { zh } from './zh.js';

/** Words a sentence of the room aggregation; see `openCatalogue`. */
export const say = openCatalogue({ en, zh });
