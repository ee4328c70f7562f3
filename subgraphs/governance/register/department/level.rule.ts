/** Administrative levels (行政层级), the highest first. */
export const LEVELS = ['PROVINCE', 'CITY', 'COUNTY', 'TOWNSHIP'] as const;
export type Level = (typeof LEVELS)[number];

/** Compares two levels. One that is not registered is neither higher nor lower than another. */
export const isHigherLevel = (level: Level | null | undefined, than: Level | null | undefined): boolean =>
  level != null && than != null && LEVELS.indexOf(level) < LEVELS.indexOf(than);
