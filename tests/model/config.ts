/** How many random cases are tried where `npm run test:property -- --cases N` does not say it. */
export const propertyCases = (usual: number): number => Number(process.env['PROPERTY_CASES'] ?? usual);

/** Seed of a run that is to be repeated, as a failure prints it. */
export const propertySeed = (): number | undefined =>
  process.env['PROPERTY_SEED'] === undefined ? undefined : Number(process.env['PROPERTY_SEED']);
