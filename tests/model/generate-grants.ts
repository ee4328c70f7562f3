import type { Coordinate, Grant, GrantMode } from '../../shared/kernel/index.js';
import type { Draw } from './draw.js';
import type { Caller } from './model.js';
import { MASK, type World } from './world.js';

const NOW = Date.UTC(2026, 0, 5, 8);
const HOUR = 3_600_000;
const SCENARIOS = ['audit', 'survey'] as const;

/** Items that a grant can name. */
export interface Grantable {
  readonly coordinates: readonly string[];
  /** Of these, those that have a de-identified form. */
  readonly maskable: ReadonlySet<string>;
  /** Of these, those that may be null in their own subgraph, so that rows can be cut from them. */
  readonly nullable: ReadonlySet<string>;
}

export function grantable(world: World): Grantable {
  const texts = world.entities.flatMap(({ name, texts: fields }) =>
    fields.map((field) => ({ at: `${name}.${field.name}`, field })),
  );
  const links = [
    ...world.roots.map(({ name }) => `Query.${name}`),
    ...world.entities.flatMap(({ name, links: fields }) => fields.map((field) => `${name}.${field.name}`)),
  ];
  const args = [
    ...texts.flatMap(({ at, field }) => field.args.map((arg) => `${at}(${arg.name}:)`)),
    ...world.roots.flatMap((root) => root.args.map((arg) => `Query.${root.name}(${arg.name}:)`)),
  ];
  const others = [
    ...world.entities.map(({ name }) => `${name}.id`),
    ...(world.interface ? ['I0.c0', 'I0.io', 'I0.c0(x:)'] : []),
    ...(world.enum ? ['E0.V1'] : []),
    ...world.inputs.flatMap(({ home }) => [`W_${home}.q`, `O_${home}.B`]),
  ];
  const plain = texts.filter(({ field }) => !field.isEnum).map(({ at }) => at);
  return {
    coordinates: [...texts.map(({ at }) => at), ...links, ...args, ...others],
    maskable: new Set([...plain, 'I0.io']),
    nullable: new Set([...texts.filter(({ field }) => !field.nonNull).map(({ at }) => at), ...links]),
  };
}

/** How far a caller's grants go: everything whole, parts, few items, or anything. */
interface Style {
  readonly items: number;
  readonly rows: number;
  readonly masks: number;
  readonly flaws: number;
  /** Grants that are to compare, to count or for bulk delivery. */
  readonly modes?: number;
}
const STYLES: readonly Style[] = [
  { items: 60, rows: 20, masks: 15, flaws: 10 },
  { items: 90, rows: 20, masks: 20, flaws: 0, modes: 60 },
  { items: 100, rows: 0, masks: 0, flaws: 0 },
  { items: 100, rows: 80, masks: 0, flaws: 0 },
  { items: 90, rows: 100, masks: 0, flaws: 0 },
  { items: 100, rows: 0, masks: 80, flaws: 0 },
  { items: 95, rows: 60, masks: 40, flaws: 0 },
  { items: 30, rows: 0, masks: 0, flaws: 30 },
  { items: 0, rows: 0, masks: 0, flaws: 0 },
];

/** Draws who asks, when, and under which grants of itself and of others. */
export function generateCaller(draw: Draw, world: World, items: Grantable): Caller {
  const departments = ['tax', ...world.subgraphs];
  const style = draw.pick(STYLES);
  const department = draw.chance(20) ? draw.pick(departments) : 'tax';
  const scenario = draw.chance(10) ? draw.pick([undefined, 'survey', 'none']) : 'audit';
  const grants = draw.times(1 + (draw.chance(35) ? 1 : 0), (n) =>
    generateGrant(draw, `g${n}`, departments, items, style),
  );
  const person = draw.pick([undefined, 'li.na', 'sun.hao']);
  const persons = person === undefined ? [] : person === 'li.na' ? [person, '*CONTACT'] : [person];
  return { department, scenario, persons, grants, now: NOW };
}

function generateGrant(
  draw: Draw,
  id: string,
  departments: readonly string[],
  items: Grantable,
  { items: share, rows: cut, masks, flaws, modes = flaws }: Style,
): Grant {
  const rows = draw.chance(cut) ? draw.pick([['33'], ['11', '3301'], ['3302', '11'], ['99']]) : undefined;
  const coordinates = draw.some(items.coordinates, share).filter((at) => !rows || items.nullable.has(at));
  const masked = draw.chance(masks) ? draw.some(coordinates, 60).filter((at) => items.maskable.has(at)) : [];
  return {
    id,
    department: draw.chance(flaws) ? draw.pick(departments) : 'tax',
    scenario: draw.chance(flaws) ? draw.pick(SCENARIOS) : 'audit',
    mode: draw.chance(modes) ? draw.pick<GrantMode>(['VERIFY', 'STATISTICS', 'BULK']) : 'QUERY',
    coordinates: coordinates as Coordinate[],
    from: NOW + (draw.chance(flaws) ? draw.pick([HOUR, 1, 0]) : -HOUR),
    until: NOW + (draw.chance(flaws) ? draw.pick([-HOUR / 2, 0, 1]) : HOUR),
    suspended: draw.chance(flaws),
    ...(rows && { rows }),
    ...(masked.length > 0 && { masks: Object.fromEntries(masked.map((at) => [at, MASK])) }),
    ...(!draw.chance(30) && { coordination: 'C-1' }),
    ...(draw.chance(flaws) && { persons: draw.pick([['li.na'], ['sun.hao', '*HEAD'], ['*CONTACT'], []]) }),
    // Decided for another item that stood under the same name.
    ...(draw.chance(flaws) && {
      identities: Object.fromEntries(draw.some(coordinates, 40).map((at) => [at, 'other'])),
    }),
    approver: 'Officer Li',
    basis: [],
  };
}
