import type { CellTotal, GroupMeasure } from './cell-total.js';
import { DOMINANCE_REST, DOMINANCE_TWO, LEAST_PERSONS, LEAST_PERSONS_OF_MEAN } from './parameters.js';

type Persons = Pick<CellTotal, 'persons'>;

/** True where a count says too much of somebody: fewer than ten persons in the cell, or in the rest of a cell that contains
 *  it. A rest of nobody is too few as well: that two cells are the same tells that nobody is in the rest.
 *  @param parents  the cells that contain this one, a dimension dropped or a level up */
export const isCountUnsafe = (cell: Persons, parents: readonly Persons[]): boolean =>
  cell.persons < LEAST_PERSONS || parents.some(({ persons }) => persons - cell.persons < LEAST_PERSONS);

/** True where a sum says too much of a person who makes up a large part of it: one of the two largest could tell the other's
 *  contribution from it. The second is taken to be as large as the largest, and amounts below zero to lessen the whole, so
 *  that a database need not sort: some sums are left out that a closer look would give, and none is given that it would not. */
export const isDominated = (sum: number, largest: number): boolean => {
  const whole = Math.abs(sum);
  return whole - 2 * largest < DOMINANCE_REST * largest || 2 * largest > DOMINANCE_TWO * whole;
};

/** True where a sum says too much of somebody, in a cell whose count does not. */
export const isSumUnsafe = (measure: GroupMeasure, parents: readonly Persons[]): boolean =>
  isCountUnsafe(measure, parents) || isDominated(measure.sum, measure.largest);

/** True where enough persons have a value for their mean to be more than noise. */
export const hasMean = ({ persons }: Persons): boolean => persons >= LEAST_PERSONS_OF_MEAN;
