/** Writes a value of an attribute for an entry's history; null for an empty one. */
export const toHistoryText = (value: unknown): string | null => {
  if (value === undefined || value === null || value === '') return null;
  if (Array.isArray(value)) return value.join('; ') || null;
  return typeof value === 'string' ? value : JSON.stringify(value);
};
