/** A value of an attribute as its history shows it; null for what says nothing. */
export const shown = (value: unknown): string | null => {
  if (value === undefined || value === null || value === '') return null;
  if (Array.isArray(value)) return value.join('; ') || null;
  return typeof value === 'string' ? value : JSON.stringify(value);
};
