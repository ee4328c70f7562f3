import type { AskedAt } from './locate-below.js';
import { drop, reportNote, reportUnusable, resolveNull } from './write-object.js';
import { LEFT_OUT, NULL, type WriteValue } from './write-value.js';

/** Writes a list at a path of `depth` entries.
 *  @param write    writes an item
 *  @param nonNull  no item may be null
 *  @param asked    selections of the operation at the list */
export const writeList =
  (write: WriteValue, nonNull: boolean, depth: number, asked: AskedAt): WriteValue =>
  (value, pass) => {
    if (value === null || value === undefined) return NULL;
    if (!Array.isArray(value)) return reportUnusable(value, pass, depth, asked);
    const remembered = pass.remembered;
    let out = '';
    for (let i = 0; i < value.length; i++) {
      pass.path[depth] = i;
      let text = write(value[i], pass);
      if (pass.noted) reportNote(value, i, pass, depth + 1, asked);
      if (text === LEFT_OUT) {
        drop(value, i, pass);
        continue;
      }
      if (text === undefined || (nonNull && text === NULL)) {
        text = resolveNull(text, nonNull, value, i, pass, depth + 1);
        if (text === undefined) {
          pass.isLost(remembered);
          return undefined;
        }
      }
      out += out === '' ? text : `,${text}`;
    }
    pass.stays(remembered, depth);
    return `[${out}]`;
  };
