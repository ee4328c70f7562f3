import { areBounds } from '../statistics/bands.js';
import type { Refuse } from './declaration-problem.js';
import type { DeclaredItem, DeclaredType } from './declaration-schema.js';
import { bandsOf } from './graph-names.js';

const NUMBERS: readonly DeclaredItem['type'][] = ['Int', 'Float', 'Decimal'];
const DATES: readonly DeclaredItem['type'][] = ['Date', 'DateTime'];

/** Finds marks by which statistics would single out a person, or could not be counted. @source QZ-5.4d */
export function checkStatistics(name: string, { items, keys }: DeclaredType, refuse: Refuse): void {
  for (const [item, each] of Object.entries(items)) {
    const at = (part: string) => ['types', name, 'items', item, part];
    const problem = (part: string, message: string) => refuse('STATISTICS_UNFIT', at(part), message);
    const { type, dimension, measure, values, scope } = each;
    const bands = bandsOf(each);
    const identifies = each.subject !== undefined || keys.some((key) => key.length === 1 && key[0] === item);
    if (dimension && identifies)
      problem('dimension', 'stands at an item that names one record: each cell would be that one.');
    else if (dimension && !bands && !values && scope === undefined && type !== 'Boolean')
      problem(
        'dimension',
        'needs a list of values, so that no cell is one person: a code list, `{ bands: … }`, or `scope: division`.',
      );
    if (bands && ![...NUMBERS, ...DATES].includes(type))
      problem('dimension', `has bands, which are of a number or a date, and ${item} is a ${type}.`);
    else if (bands && !areBounds(bands, DATES.includes(type) ? 'dates' : 'numbers'))
      problem(
        'dimension',
        "has bands that must be rising numbers of a number, or rising dates as '1990-01-01' of a date.",
      );
    if (measure && !NUMBERS.includes(type)) problem('measure', `stands at a ${type}, which has no sum.`);
    else if (measure === true)
      problem(
        'measure',
        'needs `{ bound: … }`, the most that one person counts for in a sum. Say one that few exceed.',
      );
  }
}
