import type { ShareType } from '../../shared/kernel/index.js';
import type { Argument, Entity, TextField, Uses, World } from './world.js';

const LINKS = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@requires", "@external", "@shareable", "@interfaceObject"])
extend schema @link(url: "https://sharehub.dev/share/v1.1", import: ["@resource", "@share", "@filters", "@compares", "@groups", "@scope", "@derivable", "@copyOf"])
`;

/** What each subgraph of a world publishes. */
export function printSdl(world: World): Readonly<Record<string, string>> {
  return Object.fromEntries(world.subgraphs.map((home) => [home, LINKS + printSubgraph(world, home)]));
}

function printSubgraph(world: World, home: string): string {
  const parts: string[] = [];
  const roots = world.roots.filter((root) => root.home === home).map((root) => printLink(root));
  if (roots.length > 0) parts.push(`type Query ${said(world.rootShare[home])} {\n  ${roots.join('\n  ')}\n}`);
  for (const entity of world.entities) if (entity.declaredIn.has(home)) parts.push(printEntity(world, entity, home));
  const shared = world.interface;
  if (shared?.home === home) {
    const fields = shared.fields.map(({ name, share, args }) => `${name}${printArgs(args)}: String ${said(share)}`);
    parts.push(
      `interface I0 @key(fields: "id") ${said(shared.typeShare)} {\n  id: ID! ${said('UNCONDITIONAL')}\n  ${fields.join('\n  ')}\n}`,
    );
  }
  if (shared?.facade?.home === home)
    parts.push(
      `type I0 @interfaceObject @key(fields: "id") ${said(shared.facade.typeShare)} {\n  id: ID!\n  io: String ${said(shared.facade.share)}\n}`,
    );
  if (world.union?.home === home) parts.push(`union U0 = ${world.union.members.join(' | ')}`);
  if (world.enum?.home === home) parts.push(`enum E0 { V0 V1 ${said(world.enum.share)} }`);
  const input = world.inputs.find((one) => one.home === home);
  if (input) {
    parts.push(
      `input W_${home} {\n  p: String ${used(input.uses)}\n  q: String ${said(input.share)}\n  and: [W_${home}!]\n  o: O_${home}\n}`,
      `enum O_${home} { A B ${said(input.enumShare)} C ${groups(input.counted)} }`,
    );
  }
  return parts.join('\n');
}

function printEntity(world: World, entity: Entity, home: string): string {
  const shared = world.interface;
  const isMember = shared?.home === home && shared.members.includes(entity.name);
  const resource = entity.owner === home ? `@resource(code: "${entity.name}", name: "${entity.name}")` : '';
  const fields = [`id: ID!`];
  if (entity.scopedIn.has(home)) fields.push(`v_${home}: String ${said('UNCONDITIONAL')} @scope(by: "division")`);
  const mentioned = new Set<string>();
  for (const field of entity.texts) {
    if (field.home === home) {
      fields.push(printText(field, entity.name));
      for (const required of field.requires) mentioned.add(required);
    } else if (field.copy?.home === home)
      fields.push(
        `${field.name}: ${returns(field)} ${said(field.copy.share)} @shareable @copyOf(source: "${field.home}")`,
      );
  }
  for (const required of mentioned) {
    const field = entity.texts.find(({ name }) => name === required)!;
    fields.push(`${required}: ${returns(field)} @external`);
  }
  for (const link of entity.links) if (link.home === home) fields.push(printLink(link));
  return `type ${entity.name} ${isMember ? 'implements I0 ' : ''}@key(fields: "id") ${resource} ${said(entity.typeShare[home])} {\n  ${fields.join('\n  ')}\n}`;
}

function printText(field: TextField, type: string): string {
  const requires = field.requires.length > 0 ? `@requires(fields: "${field.requires.join(' ')}")` : '';
  const into = field.derivable.map((name) => `"${type}.${name}"`).join(', ');
  const consent = into ? `@derivable(into: [${into}])` : '';
  return `${field.name}${printArgs(field.args)}: ${returns(field)} ${said(field.share)} ${requires} ${consent} ${field.copy ? '@shareable' : ''}`;
}

const printLink = ({ name, args, to, many, share }: World['roots'][number]): string =>
  `${name}${printArgs(args)}: ${many ? `[${to}!]` : to} ${said(share)}`;

const printArgs = (args: readonly Argument[]): string =>
  args.length === 0
    ? ''
    : `(${args.map((arg) => `${arg.name}: ${arg.type} ${used(arg.uses)} ${said(arg.share)}`).join(', ')})`;

const returns = ({ isEnum, nonNull }: TextField): string => `${isEnum ? 'E0' : 'String'}${nonNull ? '!' : ''}`;
const used = ({ QUERY, VERIFY, STATISTICS }: Uses): string =>
  [
    ...QUERY.map((item) => `@filters(field: "${item}")`),
    ...VERIFY.map((item) => `@compares(field: "${item}")`),
    groups(STATISTICS),
  ].join(' ');
const groups = (items: readonly string[]): string => items.map((item) => `@groups(field: "${item}")`).join(' ');
const said = (share: ShareType | undefined): string => {
  if (!share) return '';
  return share === 'NOT_SHARED' ? '@share(type: NOT_SHARED, basis: ["Law 1"])' : `@share(type: ${share})`;
};
