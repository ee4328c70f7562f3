import type { Path, PublishedEntity, PublishedField, Publisher, ReleaseWorld } from './release-world.js';

const FEDERATION = ['key', 'external', 'requires', 'provides', 'override', 'shareable', 'interfaceObject'] as const;
const SHARE = ['share', 'resource', 'basic', 'subject', 'copyOf'] as const;
type Name = (typeof FEDERATION)[number] | (typeof SHARE)[number];

/** SDL of each subgraph, each under its own names for the directives. */
export const printReleaseWorld = (world: ReleaseWorld): Readonly<Record<string, string>> =>
  Object.fromEntries(world.subgraphs.map((publisher) => [publisher.name, new Printer(world, publisher).print()]));

/** The consumers' schema of the whole world. */
export function printConsumerSchema({ entities, party, roots }: ReleaseWorld): string {
  const facade = party ? ' r0: String' : '';
  const types = entities.map(({ name, other, fields }) => {
    const lines = fields.map((field) => (field.name === 'link' ? `link: ${other}` : `${field.name}: String`));
    return `type ${name} ${party ? 'implements P ' : ''}{ ${lines.join(' ')}${facade} }`;
  });
  return [
    `type Query { ${roots.map(({ name }) => `${name}: String`).join(' ')} ${entities.map(({ name }) => `at_${name}: ${name}`).join(' ')} }`,
    party ? `interface P { id: String c: String${facade} }` : '',
    ...types,
  ].join('\n');
}

class Printer {
  constructor(
    private readonly world: ReleaseWorld,
    private readonly publisher: Publisher,
  ) {}

  print(): string {
    const { entities, party, roots } = this.world;
    const { name } = this.publisher;
    const lines = roots.flatMap((root): string[] => {
      if (root.home === name)
        return [`${root.name}: String ${this.share('UNCONDITIONAL', root.provider)} ${this.at('shareable')}`];
      if (root.second?.by !== name) return [];
      const how = root.second.override ? this.at('override', `(from: "${root.home}")`) : this.at('shareable');
      return [`${root.name}: String ${how} ${this.share('UNCONDITIONAL', root.second.provider)}`];
    });
    for (const entity of entities)
      for (const field of entity.fields)
        if (field.provided === name)
          lines.push(
            `p_${entity.name}_${field.name}: ${entity.name} ${this.at('provides', `(fields: "${field.name}")`)}`,
          );
    return [
      this.links(),
      lines.length > 0 ? `type Query { ${lines.join('\n')} }` : '',
      ...entities.map((entity) => this.entity(entity)),
      party?.home === name
        ? `interface P ${party.keyed ? this.at('key', '(fields: "id c")') : this.at('key', '(fields: "id")')} { id: ID! c: String ${this.share(party.share)} }`
        : '',
      party?.facade === name
        ? `type P ${this.at('interfaceObject')} ${this.at('key', `(fields: "${party.keyed ? 'id c' : 'id'}")`)} { id: ID! c: String ${this.at('external')}
             r0: String ${this.share('UNCONDITIONAL', party.provider)} ${party.requires ? this.at('requires', '(fields: "c")') : ''} }`
        : '',
    ].join('\n');
  }

  private entity(entity: PublishedEntity): string {
    const { name } = this.publisher;
    const keys = entity.keys[name] ?? [];
    const printed = new Map<string, string>();
    for (const field of entity.fields) {
      const text = this.field(entity, field);
      if (text !== undefined) printed.set(field.name, text);
    }
    for (const mentioned of this.mentions(entity))
      if (!printed.has(mentioned))
        printed.set(
          mentioned,
          isResolvedKey(entity, name, mentioned)
            ? this.type(entity, mentioned)
            : `${this.type(entity, mentioned)} ${this.at('external')}`,
        );
    const entry = entity.catalogues.find(({ subgraph }) => subgraph === name);
    return [
      `type ${entity.name} ${this.world.party?.home === name ? 'implements P' : ''}`,
      ...keys.map(({ paths, resolvable, fragment }) => {
        const set = paths.map(printPath).join(' ');
        const fields = fragment ? `... on ${entity.name} { ${set} }` : set;
        return this.at('key', `(fields: "${fields}"${resolvable ? '' : ', resolvable: false'})`);
      }),
      entry
        ? this.at('resource', `(code: "${entity.name}", name: "${entity.name}", provider: "${entry.provider}")`)
        : '',
      `{ ${[...printed].map(([field, type]) => `${field}: ${type}`).join('\n')} }`,
    ].join(' ');
  }

  private field(entity: PublishedEntity, field: PublishedField): string | undefined {
    const { name } = this.publisher;
    const type = this.type(entity, field.name);
    if (field.home === name)
      return [
        type,
        this.share(field.share, field.provider),
        field.basic ? this.at('basic') : '',
        field.subject ? this.at('subject', '(kind: PERSON)') : '',
        field.requires.length > 0 ? this.at('requires', `(fields: "${field.requires.map(printPath).join(' ')}")`) : '',
      ].join(' ');
    const { override, copy } = field;
    if (override?.by === name)
      return `${type} ${this.at('override', `(from: "${field.home}")`)} ${this.share(override.share, override.provider)}`;
    if (copy?.by === name)
      return `${type} ${this.at('shareable')} ${copy.named ? this.at('copyOf', `(source: "${field.home}")`) : ''} ${this.share(copy.share, copy.provider)}`;
    return undefined;
  }

  /** Fields of a type that the subgraph names in keys, inputs and provided sets. */
  private mentions(entity: PublishedEntity): Set<string> {
    const { name } = this.publisher;
    const named = new Set(['id']);
    for (const one of this.world.entities) {
      const paths = [
        ...(one.keys[name] ?? []).flatMap((key) => key.paths),
        ...one.fields.flatMap((field) => (field.home === name ? field.requires : [])),
      ];
      for (const [first, second] of paths) {
        if (one === entity) named.add(first);
        if (one !== entity && second !== undefined) named.add(second);
      }
      if (one === entity) for (const field of one.fields) if (field.provided === name) named.add(field.name);
    }
    return named;
  }

  private type = (entity: PublishedEntity, field: string): string =>
    field === 'link' ? entity.other : field === 'id' ? 'ID!' : 'String';

  private share = (type: string, provider?: string): string =>
    this.at('share', `(type: ${type}, basis: ["Law 1"]${provider ? `, provider: "${provider}"` : ''})`);

  private at(name: Name, rest = ''): string {
    const { naming } = this.publisher;
    const isOurs = (SHARE as readonly string[]).includes(name);
    if (naming === 'namespace') return `@${isOurs ? 'share' : 'federation'}__${name}${rest}`;
    if (naming === 'renamed') return `@my_${name}${rest}`;
    if (naming === 'exchanged' && name === 'key') return `@external${rest}`;
    if (naming === 'exchanged' && name === 'external') return `@key${rest}`;
    return `@${name}${rest}`;
  }

  private links(): string {
    const { naming } = this.publisher;
    const imports = (names: readonly Name[]) =>
      naming === 'namespace' ? '' : names.map((name) => `{ name: "@${name}", as: "${this.at(name)}" }`).join(', ');
    return `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${imports(FEDERATION)}])
      @link(url: "https://sharehub.dev/share/v1.0", import: [${imports(SHARE)}])`;
  }
}

/** A field of another's record that the subgraph resolves, because it is in one of its keys. */
const isResolvedKey = ({ keys }: PublishedEntity, subgraph: string, field: string): boolean =>
  field === 'id' ||
  (keys[subgraph] ?? []).some(
    ({ paths, external }) => !external && paths.some(([first, second]) => first === field && second === undefined),
  );

const printPath = ([first, second]: Path): string => (second === undefined ? first : `${first} { ${second} }`);
