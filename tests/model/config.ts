/** How many random cases are tried; `npm run test:property -- --cases N` sets it. */
export const propertyCases = (): number => Number(process.env['PROPERTY_CASES'] ?? 10_000);

/** Seed of a run that is to be repeated, as a failure prints it. */
export const propertySeed = (): number | undefined =>
  process.env['PROPERTY_SEED'] === undefined ? undefined : Number(process.env['PROPERTY_SEED']);
