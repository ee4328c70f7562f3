import { z } from 'zod';

/** A whole number. */
export const count = (fallback: number, min = 1) => z.coerce.number().int().min(min).default(fallback);
/** True or false. */
export const flag = (fallback: boolean) =>
  z
    .enum(['true', 'false', '1', '0'])
    .default(fallback ? 'true' : 'false')
    .transform((value) => value === 'true' || value === '1');
