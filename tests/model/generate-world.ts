import type { ShareType } from '../../shared/kernel/index.js';
import type { Draw } from './draw.js';
import type { Argument, Entity, InputType, Interface, LinkField, OutputEnum, Union, Uses, World } from './world.js';

/** Draws a world whose subgraphs compose. */
export function generateWorld(draw: Draw): World {
  const subgraphs = draw.times(2 + draw.below(2), (n) => `s${n}`);
  const entities = draw.times(2 + draw.below(2), (n) => entity(draw, `T${n}`, subgraphs));
  const outputEnum: OutputEnum | undefined = draw.chance(50)
    ? { name: 'E0', home: draw.pick(subgraphs), share: share(draw) }
    : undefined;
  for (const one of entities) addTexts(draw, one, subgraphs, outputEnum);
  const shared = draw.chance(70) ? addInterface(draw, entities, subgraphs) : undefined;
  const union: Union | undefined = draw.chance(50)
    ? { name: 'U0', home: draw.pick(subgraphs), members: entities.slice(0, 2).map(({ name }) => name) }
    : undefined;
  const inputs = draw.some(subgraphs, 60).map((home): InputType => {
    const places = textPlaces(entities);
    const counted = draw.chance(50) ? draw.some(places, 12) : [];
    return { home, uses: uses(draw, places, 12), counted, share: maybe(draw, 30), enumShare: maybe(draw, 50) };
  });

  const targets = (home: string) => [
    ...entities.map(({ name }) => name),
    ...(shared?.home === home ? [shared.name] : []),
    ...(union?.home === home ? [union.name] : []),
  ];
  const link = (name: string, home: string, restricted: number): LinkField => ({
    name,
    home,
    to: draw.pick(targets(home)),
    many: draw.chance(50),
    share: draw.chance(restricted) ? draw.pick(['CONDITIONAL', undefined, 'NOT_SHARED'] as const) : 'UNCONDITIONAL',
    args: linkArguments(draw, home, entities, inputs),
  });
  for (const one of entities)
    for (const home of [...one.declaredIn])
      if (draw.chance(50)) one.links.push(link(`r${one.links.length}_${home}`, home, 40));
  const roots = subgraphs.flatMap((home) => draw.times(1 + draw.below(2), (n) => link(`q${n}_${home}`, home, 10)));
  const rootShare = Object.fromEntries(subgraphs.map((home) => [home, maybe(draw, 60)]));

  const byName = new Map(entities.map((one) => [one.name, one]));
  const mention = (home: string, to: string) => {
    const members = to === 'I0' ? shared!.members : to === 'U0' ? union!.members : [to];
    for (const member of members) byName.get(member)!.declaredIn.add(home);
  };
  for (const field of [...roots, ...entities.flatMap(({ links }) => links)]) mention(field.home, field.to);
  if (union) mention(union.home, union.name);
  const stranger = shared && draw.chance(40) ? [`s${subgraphs.length}`] : [];
  return {
    subgraphs: [...subgraphs, ...stranger],
    entities,
    interface: shared && stranger[0] !== undefined ? withFacade(draw, shared, stranger[0]) : shared,
    union,
    enum: outputEnum,
    inputs,
    roots,
    rootShare,
  };
}

function entity(draw: Draw, name: string, subgraphs: readonly string[]): Entity {
  const owner = draw.pick(subgraphs);
  const declaredIn = new Set([owner, ...draw.some(subgraphs, 50)]);
  return {
    name,
    owner,
    declaredIn,
    typeShare: Object.fromEntries([...declaredIn].map((home) => [home, typeShare(draw)])),
    scopedIn: new Set(draw.some([...declaredIn], 60)),
    texts: [],
    links: [],
  };
}

function addTexts(draw: Draw, one: Entity, subgraphs: readonly string[], outputEnum: OutputEnum | undefined): void {
  const add = (home: string) => {
    const foreign = one.texts.filter((field) => field.home !== home && !field.isEnum && !field.copy);
    const requires = draw.chance(70) ? draw.some(foreign, 60).slice(0, 2) : [];
    const name = `f${one.texts.length}`;
    for (const field of requires) if (draw.chance(50)) field.derivable.push(name);
    const others = subgraphs.filter((other) => other !== home && one.declaredIn.has(other));
    const isCopied = requires.length === 0 && others.length > 0 && draw.chance(15);
    one.texts.push({
      name,
      home,
      isEnum: requires.length === 0 && !isCopied && outputEnum?.home === home && draw.chance(30),
      nonNull: requires.length === 0 && draw.chance(20),
      share: maybe(draw, 70),
      requires: requires.map((field) => field.name),
      derivable: [],
      copy: isCopied ? { home: draw.pick(others), share: maybe(draw, 60) } : undefined,
      args: [],
    });
  };
  for (let n = 2 + draw.below(3); n > 0; n--) add(one.owner);
  for (const home of subgraphs)
    if (home !== one.owner && one.declaredIn.has(home)) for (let n = draw.below(3); n > 0; n--) add(home);
  // A second round may require what another subgraph has computed.
  if (draw.chance(50)) add(draw.pick([...one.declaredIn]));
}

function addInterface(draw: Draw, entities: readonly Entity[], subgraphs: readonly string[]): Interface {
  const home = draw.pick(subgraphs);
  const members = [entities[0]!, ...draw.some(entities.slice(1), 60)];
  const fields = draw.times(1 + draw.below(2), (n) => {
    const name = `c${n}`;
    const isFiltered = draw.chance(30);
    const args = (): Argument[] =>
      isFiltered
        ? [{ name: 'x', type: 'String', uses: uses(draw, textPlaces(entities), 8), share: maybe(draw, 15) }]
        : [];
    for (const member of members)
      member.texts.push({
        name,
        home,
        isEnum: false,
        nonNull: false,
        share: maybe(draw, 60),
        requires: [],
        derivable: [],
        args: args(),
      });
    return { name, share: maybe(draw, 40), args: args() };
  });
  for (const member of members) {
    member.declaredIn.add(home);
    member.typeShare[home] ??= maybe(draw, 80);
  }
  return { name: 'I0', home, members: members.map(({ name }) => name), fields, typeShare: maybe(draw, 30) };
}

/** A further subgraph that speaks of the interface alone can add a field to all of its members. */
function withFacade(draw: Draw, shared: Interface, home: string): Interface {
  return { ...shared, facade: { home, share: maybe(draw, 60), typeShare: maybe(draw, 80) } };
}

function linkArguments(
  draw: Draw,
  home: string,
  entities: readonly Entity[],
  inputs: readonly InputType[],
): Argument[] {
  const args: Argument[] = [];
  if (draw.chance(40))
    args.push({ name: 'a', type: 'String', uses: uses(draw, textPlaces(entities), 15), share: maybe(draw, 20) });
  if (inputs.some((input) => input.home === home) && draw.chance(60))
    for (const type of [`W_${home}`, `O_${home}`, `[O_${home}!]`])
      args.push({ name: `${type[0] === '[' ? 'os' : type[0]!.toLowerCase()}`, type, uses: NOTHING, share: undefined });
  return args;
}

const NOTHING: Uses = { QUERY: [], VERIFY: [], STATISTICS: [] };

/** Most inputs only filter; some compare or count as well. */
const uses = (draw: Draw, places: readonly string[], percent: number): Uses => ({
  QUERY: draw.some(places, percent),
  VERIFY: draw.chance(60) ? draw.some(places, percent) : [],
  STATISTICS: draw.chance(40) ? draw.some(places, percent) : [],
});

/** Most types are open or conditional as a whole, some say nothing. */
const typeShare = (draw: Draw): ShareType | undefined =>
  draw.pick([
    'UNCONDITIONAL',
    'UNCONDITIONAL',
    'CONDITIONAL',
    'CONDITIONAL',
    'UNCONDITIONAL',
    'NOT_SHARED',
    undefined,
  ] as const);

const textPlaces = (entities: readonly Entity[]): string[] =>
  entities.flatMap(({ name, texts }) => texts.filter((field) => !field.isEnum).map((field) => `${name}.${field.name}`));

export const share = (draw: Draw): ShareType =>
  draw.pick<ShareType>([
    'UNCONDITIONAL',
    'CONDITIONAL',
    'CONDITIONAL',
    'CONDITIONAL',
    'UNCONDITIONAL',
    'CONDITIONAL',
    'NOT_SHARED',
  ]);
const maybe = (draw: Draw, percent: number): ShareType | undefined => (draw.chance(percent) ? share(draw) : undefined);
