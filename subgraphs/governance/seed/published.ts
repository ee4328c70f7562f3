import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BulkInsert } from '../../../shared/database/index.js';
import { projectRoot } from '../../../shared/share/directive-definitions.js';
import {
  toDataType,
  buildPairVector,
  readSdlCatalogue,
  type SdlItem,
  type SdlResource,
  buildSearchVector,
} from '../catalogue/index.js';

/** The catalogue that the committed schemas of the demo state. */
export function sampleCatalogue(): readonly SdlResource[] {
  const folder = join(projectRoot(), 'schema', 'subgraphs');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .sort()
    .flatMap(
      (file) => readSdlCatalogue(file.slice(0, -'.graphql'.length), readFileSync(join(folder, file), 'utf8')).resources,
    );
}

const OPEN_LIBRARIES = ['LEGAL_ENTITY', 'GEOGRAPHY'];
const json = (value: unknown) => JSON.stringify(value);

interface SampleCatalogue {
  readonly resources: readonly SdlResource[];
  /** Of departments, by code. */
  readonly names: ReadonlyMap<string, string>;
  /** A function of each department. */
  readonly duties: ReadonlyMap<string, string>;
}

/** Publishes entries of the demo, with what their providers have said in forms.
 *  @returns how many items are in force */
export async function publishSample(
  insert: BulkInsert,
  since: string,
  { resources, names, duties }: SampleCatalogue,
): Promise<number> {
  const items = resources.flatMap((resource) => resource.items.map((item) => ({ resource, item })));
  await insert(
    'published_item',
    {
      coordinate: 'text',
      resource: 'text',
      provider: 'text',
      share_type: 'text',
      title: 'text',
      basic: 'bool',
      library: 'text',
    },
    items.map(({ resource: { code, library }, item }) => [
      item.coordinate,
      code,
      item.provider,
      item.shareType,
      item.name,
      item.basic,
      library ?? null,
    ]),
  );
  await insert(
    'catalogue_resource',
    {
      id: 'text',
      code: 'text',
      revision: 'int4',
      state: 'text',
      kind: 'text',
      subgraph: 'text',
      type_name: 'text',
      name: 'text',
      abstract: 'text',
      provider: 'text',
      category: 'text',
      library: 'text',
      format: 'text',
      method: 'text',
      share_scope: 'text',
      openness: 'text',
      openness_basis: 'jsonb',
      update_cycle: 'text',
      timeliness: 'text',
      collection_scope: 'text',
      legal_basis: 'jsonb',
      security_grade: 'text',
      duty: 'text',
      submitted_by: 'text',
      submitted_at: 'timestamptz',
      published_at: 'timestamptz',
      updated_at: 'timestamptz',
    },
    resources.map((resource) => resourceRow(resource, since, duties)),
  );
  const rows: unknown[][] = [];
  for (const { resource, item } of items) rows.push(await itemRow(resource, item, names));
  await insert(
    'catalogue_item',
    {
      id: 'text',
      resource: 'text',
      code: 'text',
      coordinate: 'text',
      name: 'text',
      provider: 'text',
      data_type: 'text',
      sdl_type: 'text',
      share_type: 'text',
      condition: 'text',
      reason: 'text',
      basis: 'jsonb',
      basic: 'bool',
      identifier: 'bool',
      words: 'tsvector',
      grams: 'tsvector',
    },
    rows,
  );
  return items.length;
}

function resourceRow(resource: SdlResource, since: string, duties: ReadonlyMap<string, string>): unknown[] {
  const { code, kind, subgraph, type, name, abstract, provider, category, library, updateCycle } = resource;
  const data = kind === 'DATA';
  const open = OPEN_LIBRARIES.includes(library ?? '');
  const basis = [...new Set(resource.items.flatMap((item) => item.basis))].slice(0, 5);
  return [
    `${code}@1`,
    code,
    1,
    'PUBLISHED',
    kind,
    subgraph,
    type ?? null,
    name,
    abstract ?? `${name}及其信息项`,
    provider,
    category ?? null,
    library ?? null,
    'DATABASE',
    'INTERFACE',
    data ? '各政务部门' : null,
    open ? 'UNCONDITIONAL' : 'NOT_OPEN',
    json(open ? [] : ['个人信息保护法 第十条']),
    updateCycle ?? null,
    data ? '按更新周期' : null,
    data ? '本市' : null,
    json(basis),
    library === 'POPULATION' ? '3' : '2',
    data ? (duties.get(provider) ?? null) : null,
    null,
    since,
    since,
    since,
  ];
}

async function itemRow(
  { code, name, abstract, library }: SdlResource,
  item: SdlItem,
  departments: ReadonlyMap<string, string>,
): Promise<unknown[]> {
  const id = `${code}@1#${item.coordinate}`;
  const rest = [item.coordinate, abstract, library, departments.get(item.provider), item.provider, code]
    .filter(Boolean)
    .join(' ');
  const reason = item.shareType === 'UNCONDITIONAL' ? null : '涉及个人或者组织的权益';
  return [
    id,
    `${code}@1`,
    code,
    item.coordinate,
    item.name,
    item.provider,
    toDataType(item.type),
    item.type,
    item.shareType,
    item.condition ?? null,
    reason,
    json(item.basis),
    item.basic,
    item.identifier,
    await buildSearchVector({ name: item.name, resource: name, rest }),
    buildPairVector(`${name} ${item.name}`),
  ];
}
