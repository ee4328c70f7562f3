/** Schema coordinate of an output field, `Type.field` (graphql-spec "Schema Coordinates"). */
export type Coordinate = `${string}.${string}`;

export const coordinate = (type: string, field: string): Coordinate => `${type}.${field}`;

/** The two halves of a coordinate. */
export function parseCoordinate(value: Coordinate): { type: string; field: string } {
  const dot = value.indexOf('.');
  return { type: value.slice(0, dot), field: value.slice(dot + 1) };
}
