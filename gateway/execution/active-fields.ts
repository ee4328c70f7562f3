import { type Denials, isDenied } from '../request/denials.js';
import { isActive, type FieldSelection, type Selection } from '../request/selection.js';

/** Sites that the conditions leave in and that are allowed, parents before children. */
export function* allowedSites(selections: readonly Selection[], denials: Denials, bits: number): Generator<number> {
  for (const selection of selections) {
    if (!isActive(selection, bits)) continue;
    const site = selection.kind === 'field' ? selection.site : -1;
    if (isDenied(denials, site)) continue;
    if (site >= 0) yield site;
    if (selection.selections) yield* allowedSites(selection.selections, denials, bits);
  }
}

/** Every field that the conditions leave in, at any depth. */
export function* activeFields(selections: readonly Selection[], bits: number): Generator<FieldSelection> {
  for (const selection of selections) {
    if (!isActive(selection, bits)) continue;
    if (selection.kind === 'field') yield selection;
    if (selection.selections) yield* activeFields(selection.selections, bits);
  }
}
