import type { EntityManager } from '@mikro-orm/postgresql';
import { Department } from './department.entity.js';

/** Names of departments by their codes; a code that is not registered is left out. */
export async function readDepartmentNames(
  em: EntityManager,
  codes: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (codes.length === 0) return new Map();
  const found = await em.find(
    Department,
    { code: { $in: [...new Set(codes)] } },
    { fields: ['code', 'name'], disableIdentityMap: true },
  );
  return new Map(found.map(({ code, name }) => [code, name]));
}
