import { SHARE_TYPES, type ShareType } from '../../shared/kernel/index.js';
import type { Draw } from './draw.js';

/** A made-up country of departments that publish into each other's records, honestly or not. */
export interface ReleaseWorld {
  readonly subgraphs: readonly Publisher[];
  readonly entities: readonly PublishedEntity[];
  readonly party?: PublishedParty;
  readonly roots: readonly PublishedRoot[];
}
export interface Publisher {
  readonly name: string;
  /** Absent where nobody registered it. */
  readonly departments: readonly string[] | undefined;
  /** How it names the directives: as they are, renamed, by namespace, or with two names exchanged. */
  readonly naming: 'plain' | 'renamed' | 'namespace' | 'exchanged';
}
/** A type with identity; every field is text, but for one link to the other type. */
export interface PublishedEntity {
  readonly name: string;
  readonly other: string;
  /** Subgraphs that enter it in the catalogue, the first is its own. */
  readonly catalogues: readonly { readonly subgraph: string; readonly provider: string }[];
  readonly fields: readonly PublishedField[];
  /** Keys by subgraph. */
  readonly keys: Readonly<Record<string, readonly PublishedKey[]>>;
}
export interface PublishedKey {
  readonly paths: readonly Path[];
  readonly resolvable: boolean;
  /** In a fragment on the type. */
  readonly fragment: boolean;
  /** Items of others in it are mentioned as `@external`; otherwise the subgraph resolves them. */
  readonly external: boolean;
}
/** A field of the type, or the link and a field of the type behind it. */
export type Path = readonly [string] | readonly ['link', string];
export interface PublishedField {
  readonly name: string;
  readonly home: string;
  readonly provider: string;
  readonly share: ShareType;
  readonly basic: boolean;
  readonly subject: boolean;
  readonly requires: readonly Path[];
  readonly override?: { readonly by: string; readonly provider: string; readonly share: ShareType };
  readonly copy?: {
    readonly by: string;
    readonly provider: string;
    readonly share: ShareType;
    readonly named: boolean;
  };
  readonly provided?: string;
}
/** The interface `P` of both types, with a field `c`; one subgraph publishes it, another stands for it as a whole. */
export interface PublishedParty {
  readonly home: string;
  readonly facade: string;
  readonly provider: string;
  readonly share: ShareType;
  readonly keyed: boolean;
  readonly requires: boolean;
}
export interface PublishedRoot {
  readonly name: string;
  readonly home: string;
  readonly provider: string;
  readonly second?: { readonly by: string; readonly provider: string; readonly override: boolean };
}

export const DEPARTMENTS = ['police', 'tax', 'health'] as const;

/** Draws a world; it need not compose, since nothing but what is said of sharing is looked at. */
export function generateReleaseWorld(draw: Draw): ReleaseWorld {
  const subgraphs = draw.times(3, (n): Publisher => {
    const departments = draw.some([...DEPARTMENTS], 40);
    return {
      name: `s${n}`,
      departments: draw.chance(6) ? undefined : departments.length > 0 ? departments : [DEPARTMENTS[n]!],
      naming: draw.pick(['plain', 'plain', 'renamed', 'namespace', 'exchanged'] as const),
    };
  });
  const names = subgraphs.map(({ name }) => name);
  const provider = (home: string) => {
    const own = subgraphs.find(({ name }) => name === home)!.departments ?? DEPARTMENTS;
    return draw.chance(12) ? draw.pick([...DEPARTMENTS]) : draw.pick([...own]);
  };
  const share = () => draw.pick(SHARE_TYPES);
  const party: PublishedParty | undefined = draw.chance(40)
    ? {
        home: names[0]!,
        facade: draw.pick(names.slice(1)),
        provider: '',
        share: share(),
        keyed: draw.chance(50),
        requires: draw.chance(50),
      }
    : undefined;

  const entity = (name: string, other: string): PublishedEntity => {
    const own = draw.pick(names);
    const others = (home: string) => draw.pick(names.filter((each) => each !== home));
    const field = (field: string, home: string, more: Partial<PublishedField> = {}): PublishedField => ({
      name: field,
      home,
      provider: provider(home),
      share: share(),
      basic: draw.chance(40),
      subject: false,
      requires: [],
      ...more,
    });
    const fields = [field('id', own, { subject: draw.chance(60) }), field('link', own)];
    for (let n = 2 + draw.below(3); n > 0; n--) {
      const home = draw.pick([own, ...names]);
      const foreign = fields.filter((each) => each.home !== home && each.name !== 'link');
      const requires = draw.chance(50)
        ? draw.some(foreign, 50).map((each): Path => (draw.chance(20) ? ['link', 'id'] : [each.name]))
        : [];
      const by = others(home);
      const special = draw.below(8);
      fields.push(
        field(`f${fields.length}`, home, {
          requires,
          ...(special === 0 && { override: { by, provider: provider(by), share: share() } }),
          ...(special === 1 && { copy: { by, provider: provider(by), share: share(), named: draw.chance(60) } }),
          ...(special === 2 && { provided: by }),
        }),
      );
    }
    if (party) fields.push(field('c', party.home));
    const keys: Record<string, PublishedKey[]> = {};
    for (const each of names) {
      keys[each] = draw.times(1 + draw.below(2), (n): PublishedKey => {
        const more = n === 0 && draw.chance(60) ? [] : draw.some(fields.slice(2), 30).map((one): Path => [one.name]);
        const nested: Path[] = draw.chance(20) ? [['link', draw.chance(50) ? 'id' : 'f2']] : [];
        return {
          paths: [['id'], ...more, ...nested],
          resolvable: draw.chance(85),
          fragment: draw.chance(20),
          external: draw.chance(70),
        };
      });
    }
    const second = draw.chance(10) ? [others(own)] : [];
    const catalogues = [own, ...second].map((subgraph) => ({ subgraph, provider: provider(subgraph) }));
    return { name, other, catalogues, fields, keys };
  };
  const entities = [entity('T0', 'T1'), entity('T1', 'T0')];
  const roots = names.map((home): PublishedRoot => {
    const by = draw.pick(names.filter((each) => each !== home));
    return {
      name: `q_${home}`,
      home,
      provider: provider(home),
      ...(draw.chance(15) && { second: { by, provider: provider(by), override: draw.chance(50) } }),
    };
  });
  return {
    subgraphs,
    entities,
    roots,
    ...(party && { party: { ...party, provider: provider(party.facade) } }),
  };
}
