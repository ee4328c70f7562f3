/** True for rising lower bounds of bands.
 *  @param of  numbers, or dates as 1990-01-01 */
export function areBounds(bounds: readonly string[], of: 'numbers' | 'dates'): boolean {
  const form = of === 'numbers' ? /^-?\d{1,15}(\.\d{1,10})?$/ : /^\d{4}-\d{2}-\d{2}$/;
  const order = of === 'numbers' ? Number : (bound: string) => Date.parse(bound);
  return (
    bounds.length > 0 &&
    bounds.every((bound) => form.test(bound) && !Number.isNaN(order(bound))) &&
    bounds.slice(1).every((bound, at) => order(bound) > order(bounds[at]!))
  );
}

/** Names of all bands: below the first bound, and from each bound on. */
export function bandNames(bounds: readonly string[]): string[] {
  const names = bounds.map((bound) => bound.replace(/^-(?=\d)/, 'MINUS_').replaceAll(/[-.]/g, '_'));
  return [`BELOW_${names[0]!}`, ...names.map((name) => `FROM_${name}`)];
}
