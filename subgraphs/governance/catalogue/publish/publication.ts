import type { Query } from '../../../../shared/evidence/store/index.js';
import type { CatalogueItem } from '../entry/catalogue-item.entity.js';
import type { CatalogueResource } from '../entry/catalogue-resource.entity.js';

/** An item as it is in force. */
export interface InForce {
  readonly coordinate: string;
  readonly provider: string;
  readonly shareType: string;
  readonly name: string;
  readonly basic: boolean;
}

/** Puts the items of an entry in force, in the place of those that it had.
 *  @returns coordinates that another entry has in force already; then nothing has been changed */
export async function putInForce(
  query: Query,
  { code, library }: Pick<CatalogueResource, 'code' | 'library'>,
  items: readonly InForce[],
): Promise<string[]> {
  const coordinates = items.map(({ coordinate }) => coordinate);
  const taken = await query(
    'select coordinate from published_item where coordinate = any($1::text[]) and resource <> $2',
    [coordinates, code],
  );
  if (taken.length > 0) return taken.map(({ coordinate }) => String(coordinate));
  await query('delete from published_item where resource = $1', [code]);
  await query(
    `insert into published_item (coordinate, resource, provider, share_type, title, basic, library)
     select coordinate, $1, provider, share_type, title, basic, $2
       from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::bool[])
         as item (coordinate, provider, share_type, title, basic)`,
    [
      ...[code, library ?? null, coordinates, items.map(({ provider }) => provider)],
      ...[items.map(({ shareType }) => shareType), items.map(({ name }) => name), items.map(({ basic }) => basic)],
    ],
  );
  return [];
}

/** Takes an entry out of force. */
export const takeOutOfForce = async (query: Query, code: string): Promise<void> => {
  await query('delete from published_item where resource = $1', [code]);
};

/** The items of an entry that a subgraph serves. */
export const servedItems = (items: readonly CatalogueItem[]): InForce[] =>
  items.flatMap(({ coordinate, provider, shareType, name, basic }) =>
    coordinate && shareType ? [{ coordinate, provider, shareType, name, basic }] : [],
  );
