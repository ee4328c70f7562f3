/** Most keys of one batch look-up. */
export const MOST_BATCH_KEYS = 1_000;

/** Root field that looks records of a type up by a list of keys: `residentBatch(idNumber:)`. The kit makes it for every
 *  resource; a list that it returns has a place for each key. */
export const batchField = (type: string): string => `${type[0]!.toLowerCase()}${type.slice(1)}Batch`;
