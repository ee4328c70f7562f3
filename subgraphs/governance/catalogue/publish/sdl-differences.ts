import type { AttributeChange } from '../entry/catalogue-change.entity.js';
import type { CatalogueItem } from '../entry/catalogue-item.entity.js';
import type { CatalogueResource } from '../entry/catalogue-resource.entity.js';
import { toHistoryText } from '../entry/history-text.js';
import type { SdlItem, SdlResource } from './sdl-catalogue.js';

/** Finds the attributes that an SDL states otherwise than the catalogue.
 *  @param items  the SDL's items that are this entry's own */
export function findSdlDifferences(
  resource: SdlResource,
  items: readonly SdlItem[],
  entry: CatalogueResource,
  entryItems: readonly CatalogueItem[],
): AttributeChange[] {
  const changes: AttributeChange[] = [];
  const compare = (attribute: string, old: unknown, now: unknown) => {
    const [before, after] = [toHistoryText(old), toHistoryText(now)];
    if (before !== after) changes.push({ attribute, before, after });
  };
  for (const attribute of ['name', 'category', 'library', 'updateCycle'] as const)
    compare(attribute, entry[attribute], resource[attribute]);
  const gone = new Map(entryItems.flatMap((item) => (item.coordinate ? [[item.coordinate, item] as const] : [])));
  for (const item of items) {
    const at = item.coordinate;
    const before = gone.get(at);
    gone.delete(at);
    if (!before) {
      compare(at, undefined, `${item.name}, ${item.type}, ${item.shareType}`);
      continue;
    }
    compare(`${at} name`, before.name, item.name);
    compare(`${at} type`, before.sdlType, item.type);
    compare(`${at} shareType`, before.shareType, item.shareType);
    compare(`${at} condition`, before.condition, item.condition);
    compare(`${at} basis`, before.basis, item.basis);
    compare(`${at} basic`, before.basic, item.basic);
    compare(`${at} provider`, before.provider, item.provider);
  }
  for (const [at, { name, sdlType, shareType }] of gone) compare(at, `${name}, ${sdlType}, ${shareType}`, undefined);
  return changes;
}
