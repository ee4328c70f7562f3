import { z } from 'zod';
import { CLOCK_EVENTS, PACES } from './vocabulary.js';
import { section, sourced } from './sourced.js';

const workingDays = z.number().int().min(1).max(250);

const extension = section({
  workingDays: sourced(workingDays, 'the most working days it may be longer, counted on from the end of the limit'),
  consent: sourced(
    z.enum(['authority', 'provider-head']),
    'who must agree: the authority, or the head of the providing department',
  ).optional(),
  written: sourced(z.literal(true), 'it must be asked for in writing').optional(),
  notice: sourced(z.enum(['applicant']), 'who is told of it').optional(),
});

const limits = {
  workingDays: sourced(workingDays, 'limit in working days; the day of the start does not count').optional(),
  pace: sourced(z.enum(PACES), 'how soon in words; the hub shows age and never calls it overdue').optional(),
  starts: sourced(z.enum(CLOCK_EVENTS), 'what starts the clock').optional(),
  stops: sourced(z.enum(CLOCK_EVENTS), 'what stops the clock').optional(),
  extension: extension.optional().describe('how it may be made longer'),
};

/** Time limit: working days, or a pace where the text gives no number, or both
 *  (at once where possible, at the latest after so many working days). */
export const deadline = (meaning: string) =>
  section(limits)
    .refine((limit) => limit.workingDays !== undefined || limit.pace !== undefined, {
      error: 'must have workingDays or pace; where the text says neither, leave the whole deadline out',
    })
    .refine((limit) => limit.workingDays === undefined || (limit.starts !== undefined && limit.stops !== undefined), {
      error: 'must say with starts and stops what its workingDays are counted between',
    })
    .refine((limit) => limit.extension === undefined || limit.workingDays !== undefined, {
      error: 'has an extension but no workingDays that could be extended',
    })
    .describe(meaning);
