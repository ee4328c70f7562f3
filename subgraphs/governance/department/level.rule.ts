/** Administrative levels (行政层级), the highest first. */
export const LEVELS = ['PROVINCE', 'CITY', 'COUNTY', 'TOWNSHIP'] as const;
export type Level = (typeof LEVELS)[number];
