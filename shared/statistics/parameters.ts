/** The numbers of disclosure control. None is law: they are this project's own safeguards. docs/statistics.md says what each
 *  rests on and what changing it costs. */

/** Fewest persons of a published cell, and of the rest of every cell that contains it. */
export const LEAST_PERSONS = 10;
/** Fewest persons of a published mean: below it the noise is most of the answer. */
export const LEAST_PERSONS_OF_MEAN = 50;
/** Greatest noise of a count, either way. */
export const COUNT_NOISE_MAX = 10;
export const COUNT_NOISE_VARIANCE = 10;
/** Greatest noise of a sum, in bounds of its measure. */
export const SUM_NOISE_MAX = 3;
/** A sum is dominated when all others together are less than this part of the largest contribution … */
export const DOMINANCE_REST = 0.15;
/** … or when the two largest are more than this part of it. */
export const DOMINANCE_TWO = 0.85;
/** Dimensions of a question, those that it is narrowed by included. */
export const MOST_DIMENSIONS = 3;
/** Cells of one question. */
export const MOST_CELLS = 1_000;
/** Cells of the table that is counted to answer a question. */
export const MOST_CELLS_OF_TABLE = 20_000;
