/** The month behind one, both YYYY-MM. */
export const monthAfter = (month: string): string => addMonths(month, 1);
/** The month before one, both YYYY-MM. */
export const monthBefore = (month: string): string => addMonths(month, -1);

const addMonths = (month: string, count: number): string => {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, number - 1 + count)).toISOString().slice(0, 7);
};
