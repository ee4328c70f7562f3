import type { ShareType } from '../../shared/kernel/index.js';
import type { Path, PublishedEntity, PublishedField, ReleaseWorld } from './release-world.js';

/** Who may receive what, and who may speak for whom: rules 9 and 10 of share-rules.md once more, slow, from the world
 *  itself. It shares no code with the share rules and never reads SDL. */

/** A consent as the model takes it. */
export interface GivenConsent {
  readonly item: string;
  readonly identity?: string;
  readonly owner: string;
  readonly receiver: string;
  readonly receiverSubgraph: string;
  readonly use: string;
  readonly coordinate: string;
  readonly until: number;
  readonly revokedAt?: number;
}
/** Something that one subgraph gets, or does, at another department's cost. */
interface Wish {
  readonly subgraph: string;
  readonly use: string;
  readonly item: string;
  readonly coordinate: string;
  readonly owner: string;
  readonly receivers: readonly string[];
  readonly free: boolean;
}
interface Speaker {
  readonly subgraph: string;
  readonly departments: readonly string[];
  readonly rank: 'source' | 'copy' | 'override' | 'reference';
}

const STRICTNESS: readonly ShareType[] = ['UNCONDITIONAL', 'CONDITIONAL', 'NOT_SHARED'];
const CODES: Readonly<Record<string, string>> = {
  KEY: 'KEY_NOT_RELEASED',
  REQUIRES: 'INPUT_NOT_RELEASED',
  OVERRIDE: 'OVERRIDE_NOT_CONSENTED',
  SHAREABLE: 'COPY_NOT_CONSENTED',
  PROVIDES: 'PROVIDES_NOT_CONSENTED',
  ROOT_FIELD: 'FOREIGN_ROOT_FIELD',
  TYPE: 'FOREIGN_ITEM',
};

export class ReleaseModel {
  constructor(
    readonly world: ReleaseWorld,
    readonly consents: readonly GivenConsent[],
    readonly now: number,
  ) {}

  /** Everything that is refused: `code subgraph coordinate item owner`. */
  refusals(): string[] {
    const refused = new Set<string>();
    for (const wish of this.wishes())
      if (!this.isGranted(wish))
        refused.add([CODES[wish.use], wish.subgraph, wish.coordinate, wish.item, wish.owner].join(' '));
    for (const { name, departments } of this.world.subgraphs) {
      if (!departments) refused.add(`PUBLISHER_UNKNOWN ${name}`);
      else
        for (const [at, provider] of this.namedBy(name))
          if (!departments.includes(provider)) refused.add(`FOREIGN_ITEM ${name} ${at} ${at} ${provider}`);
    }
    return [...refused].toSorted();
  }

  /** Tests that an item may be sent to a subgraph for a key or a derived field. */
  mayReceive(subgraph: string, item: string, coordinate: string): boolean {
    const wishes = this.wishes().filter(
      (wish) => wish.item === item && wish.subgraph === subgraph && wish.coordinate === coordinate,
    );
    return wishes.length > 0 && wishes.every((wish) => this.isGranted(wish));
  }

  isGranted(wish: Wish): boolean {
    if (wish.free || this.departments(wish.subgraph).includes(wish.owner)) return true;
    return this.consents.some(
      (consent) =>
        consent.revokedAt === undefined &&
        this.now < consent.until &&
        consent.identity === undefined &&
        consent.item === wish.item &&
        consent.owner === wish.owner &&
        consent.use === wish.use &&
        consent.coordinate === wish.coordinate &&
        consent.receiverSubgraph === wish.subgraph &&
        wish.receivers.includes(consent.receiver),
    );
  }

  /** Everything that a subgraph would get or say at another's cost, if it were allowed. */
  wishes(): readonly Wish[] {
    return (this.#wishes ??= this.collectWishes());
  }
  #wishes: readonly Wish[] | undefined;

  private collectWishes(): Wish[] {
    const wishes: Wish[] = [];
    const wish = (
      subgraph: string,
      use: string,
      item: string,
      coordinate: string,
      owners: readonly string[],
      free = false,
      receivers = this.departments(subgraph),
    ) => {
      for (const owner of owners) wishes.push({ subgraph, use, item, coordinate, owner, receivers, free });
    };
    const { entities, party, roots } = this.world;

    // What the hub sends.
    for (const { name } of this.world.subgraphs)
      for (const entity of entities) {
        for (const key of entity.keys[name] ?? [])
          for (const item of key.resolvable ? this.itemsOf(entity, key.paths) : [])
            wish(name, 'KEY', item, entity.name, this.owners(item), this.isFreeInKeys(item));
        for (const field of entity.fields) {
          // Who has taken a field over computes it of nothing.
          if (field.home !== name || field.override) continue;
          for (const item of this.itemsOf(entity, field.requires))
            wish(
              name,
              'REQUIRES',
              item,
              `${entity.name}.${field.name}`,
              this.owners(item),
              this.field(item).subject || this.shareType(item) === 'UNCONDITIONAL',
              this.answering(name, field.provider),
            );
        }
      }
    if (party)
      for (const entity of entities) {
        const sent = party.keyed ? ['id', 'c'] : ['id'];
        for (const subgraph of [party.home, party.facade])
          for (const item of sent.map((field) => `${entity.name}.${field}`))
            wish(subgraph, 'KEY', item, 'P', this.owners(item), this.isFreeInKeys(item));
        const item = `${entity.name}.c`;
        const isFree = this.field(item).subject || this.shareType(item) === 'UNCONDITIONAL';
        if (party.requires)
          wish(
            party.facade,
            'REQUIRES',
            item,
            'P.r0',
            this.owners(item),
            isFree,
            this.answering(party.facade, party.provider),
          );
      }

    // What is said in another's place.
    for (const entity of entities)
      for (const field of entity.fields) {
        const item = `${entity.name}.${field.name}`;
        const speakers = this.speakers(item);
        for (const { subgraph, rank } of speakers) {
          if (rank === 'reference') continue;
          const others = this.sources(item).filter((source) => source.subgraph !== subgraph);
          const use = rank === 'override' ? 'OVERRIDE' : 'SHAREABLE';
          for (const owner of new Set(others.flatMap((source) => source.departments)))
            wish(subgraph, use, item, item, [owner]);
        }
        const { provided } = field;
        if (
          provided !== undefined &&
          !speakers.some(({ subgraph, rank }) => subgraph === provided && rank === 'reference')
        )
          wish(provided, 'PROVIDES', item, `Query.p_${entity.name}_${field.name}`, this.owners(item));
      }
    for (const { name, home, provider, second } of roots) {
      if (!second) continue;
      wish(second.by, 'ROOT_FIELD', `Query.${name}`, `Query.${name}`, this.answering(home, provider));
      if (!second.override)
        wish(home, 'ROOT_FIELD', `Query.${name}`, `Query.${name}`, this.answering(second.by, second.provider));
    }
    for (const { name, catalogues } of entities)
      for (const own of catalogues)
        for (const other of catalogues)
          if (own.subgraph !== other.subgraph)
            wish(own.subgraph, 'TYPE', name, name, this.answering(other.subgraph, other.provider));
    return wishes;
  }

  // --- whose it is

  private departments(subgraph: string): readonly string[] {
    return this.world.subgraphs.find(({ name }) => name === subgraph)!.departments ?? [`${subgraph} (not registered)`];
  }

  /** A subgraph may name a provider that it is registered for; else it answers for what it says itself. */
  private answering(subgraph: string, provider: string): readonly string[] {
    const own = this.departments(subgraph);
    return own.includes(provider) ? [provider] : own;
  }

  private sources(item: string): readonly Speaker[] {
    return this.speakers(item).filter(({ rank }) => rank === 'source');
  }

  private owners(item: string): readonly string[] {
    return [...new Set(this.sources(item).flatMap(({ departments }) => departments))];
  }

  private speakers(item: string): readonly Speaker[] {
    let known = this.#speakers.get(item);
    if (!known) this.#speakers.set(item, (known = this.findSpeakers(item)));
    return known;
  }
  readonly #speakers = new Map<string, readonly Speaker[]>();

  private findSpeakers(item: string): Speaker[] {
    const entity = this.entity(item);
    const field = this.field(item);
    const { override, copy } = field;
    const speakers: Speaker[] = [
      { subgraph: field.home, departments: this.answering(field.home, field.provider), rank: 'source' },
    ];
    if (override)
      speakers.push({
        subgraph: override.by,
        departments: this.answering(override.by, override.provider),
        rank: 'override',
      });
    if (copy)
      speakers.push({
        subgraph: copy.by,
        departments: this.answering(copy.by, copy.provider),
        rank: copy.named ? 'copy' : 'source',
      });
    for (const { name } of this.world.subgraphs) {
      if (speakers.some(({ subgraph }) => subgraph === name)) continue;
      const isResolved =
        field.name === 'id' ||
        (entity.keys[name] ?? []).some(
          (key) => !key.external && key.paths.some((path) => path.length === 1 && path[0] === field.name),
        );
      if (!isResolved) continue;
      const entry = entity.catalogues.find(({ subgraph }) => subgraph === name);
      speakers.push({
        subgraph: name,
        departments: this.answering(name, entry?.provider ?? ''),
        rank: entry ? 'source' : 'reference',
      });
    }
    // A key is a way to name a record only where its owner made it one.
    const isName =
      field.subject || speakers.some(({ subgraph, rank }) => rank === 'source' && this.isInAKeyOf(subgraph, item));
    return speakers.map((one) => (one.rank === 'reference' && !isName ? { ...one, rank: 'copy' } : one));
  }

  private isInAKeyOf(subgraph: string, item: string): boolean {
    const { party, entities } = this.world;
    const isOfParty =
      party &&
      [party.home, party.facade].includes(subgraph) &&
      (item.endsWith('.id') || (party.keyed && item.endsWith('.c')));
    return (
      isOfParty ||
      entities.some((entity) =>
        (entity.keys[subgraph] ?? []).some(({ paths }) => this.itemsOf(entity, paths).has(item)),
      )
    );
  }

  // --- how restricted it is

  private isFreeInKeys(item: string): boolean {
    const { subject, basic } = this.field(item);
    return subject || (basic && this.shareType(item) === 'UNCONDITIONAL');
  }

  /** The strictest of everything that was said of it, and of what it is computed from without consent. */
  private shareType(item: string): ShareType {
    return this.strictest([this.ownType(item), ...[...this.computedFrom(item)].map((from) => this.ownType(from))]);
  }

  private ownType(item: string): ShareType {
    const { share, override, copy, name } = this.field(item);
    const { party } = this.world;
    return this.strictest([share, override?.share, copy?.share, name === 'c' ? party?.share : undefined]);
  }

  private strictest = (types: readonly (ShareType | undefined)[]): ShareType =>
    STRICTNESS.filter((type) => types.includes(type)).at(-1) ?? 'UNCONDITIONAL';

  private computedFrom(item: string): Set<string> {
    const found = new Set<string>();
    const visit = (input: string) => {
      if (found.has(input)) return;
      if (!this.isConsented(input, item)) {
        found.add(input);
        for (const behind of this.computedFrom(input)) found.add(behind);
      } else for (const behind of this.inputs(input)) if (!this.isConsented(behind, input)) visit(behind);
    };
    for (const input of this.inputs(item)) visit(input);
    return found;
  }

  private inputs(item: string): ReadonlySet<string> {
    const { override, requires } = this.field(item);
    return this.itemsOf(this.entity(item), override ? [] : requires);
  }

  /** The owners agreed that this field is computed from the item; also where they compute it themselves. */
  private isConsented(item: string, derived: string): boolean {
    const { home, provider } = this.field(derived);
    return this.owners(item).every((owner) =>
      this.consents.some(
        (consent) =>
          consent.revokedAt === undefined &&
          this.now < consent.until &&
          consent.identity === undefined &&
          consent.use === 'REQUIRES' &&
          consent.item === item &&
          consent.coordinate === derived &&
          consent.owner === owner &&
          consent.receiverSubgraph === home &&
          this.answering(home, provider).includes(consent.receiver),
      ),
    );
  }

  // --- the world

  private entity = (item: string): PublishedEntity =>
    this.world.entities.find(({ name }) => item.startsWith(`${name}.`))!;
  private field = (item: string): PublishedField =>
    this.entity(item).fields.find(({ name }) => item.endsWith(`.${name}`))!;

  private itemsOf(entity: PublishedEntity, paths: readonly Path[]): Set<string> {
    return new Set(
      paths.flatMap(([first, second]) =>
        second === undefined ? [`${entity.name}.${first}`] : [`${entity.name}.${first}`, `${entity.other}.${second}`],
      ),
    );
  }

  /** Every department that a subgraph names as provider, and where. */
  private namedBy(subgraph: string): [string, string][] {
    const { entities, roots, party } = this.world;
    return [
      ...entities.flatMap(({ name, catalogues, fields }): [string, string][] => [
        ...catalogues
          .filter((entry) => entry.subgraph === subgraph)
          .map(({ provider }): [string, string] => [name, provider]),
        ...fields.flatMap((field): [string, string][] =>
          [{ by: field.home, provider: field.provider }, field.override, field.copy].flatMap((one) =>
            one?.by === subgraph ? [[`${name}.${field.name}`, one.provider] as [string, string]] : [],
          ),
        ),
      ]),
      ...roots.flatMap(({ name, home, provider, second }): [string, string][] =>
        [{ by: home, provider }, second].flatMap((one) =>
          one?.by === subgraph ? [[`Query.${name}`, one.provider] as [string, string]] : [],
        ),
      ),
      ...(party?.facade === subgraph ? [['P.r0', party.provider] as [string, string]] : []),
    ];
  }
}
