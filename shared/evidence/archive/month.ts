/** The month behind one, both YYYY-MM. */
export const monthAfter = (month: string): string => moved(month, 1);
/** The month before one, both YYYY-MM. */
export const monthBefore = (month: string): string => moved(month, -1);

const moved = (month: string, by: number): string => {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, number - 1 + by)).toISOString().slice(0, 7);
};
