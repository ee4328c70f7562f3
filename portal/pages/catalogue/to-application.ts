/** Address of a new application for items: it can be sent as a link. */
export function toApplication(items: readonly { readonly coordinate: string | null }[]): string {
  const query = new URLSearchParams();
  for (const { coordinate } of items) if (coordinate) query.append('item', coordinate);
  return `/applications/new?${query.toString()}`;
}
