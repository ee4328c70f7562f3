import { normaliseCreditCode } from '../../shared/kernel/credit-code.js';
import { normaliseIdentityNumber } from '../../shared/kernel/identity-number.js';
import { parseCoordinate } from '../../shared/kernel/index.js';
import { scenarioKey, type GovernanceSnapshot, type Protection } from '../../shared/read-model/read-model.js';
import type { Publishers } from '../../shared/share/releases/release.js';
import { currentProvider, type Successions } from '../../shared/share/succession/succession.js';
import type { Resource, ShareIndex, ShareItem } from '../../shared/share/share-index.js';
import {
  digestOfProtectedSubjects,
  writeProtectedSubjects,
  type SubjectKind,
} from '../../shared/trust/protected-subjects.js';
import type { RequestProtections, SubgraphProtections, SubjectFields } from '../request/protections.js';
import type { DecisionContext } from './decision-context.js';

/** Tells which subjects' records are withheld from a caller: those that an owner protects, in the owner's own resources,
 *  unless the caller's purpose is one that the protection names.
 *  @source share-rules section 2 */
export class Protections {
  private view: View | undefined;
  private readonly resources: readonly ProtectableResource[];

  /** @param tried  a subgraph that a department runs on a machine of its own. It has no records of the department's, so nothing is
   *                withheld there: a list, or an answer that lacks a record, would show one person whom two have protected */
  constructor(index: ProtectableIndex, tried?: string) {
    const subjects = new Map(
      index.items.flatMap(({ coordinate, subject }) =>
        subject ? [[parseCoordinate(coordinate).type, subject] as const] : [],
      ),
    );
    this.resources = index.resources
      .filter(({ subgraph }) => subgraph !== tried)
      .map(({ type, code, provider, stated = provider, subgraph }) => ({
        ...{ type, code, owner: provider, stated, subgraph, kind: subjects.get(type) },
      }));
  }

  /** @returns undefined where nothing is withheld; the same object as long as the same is */
  of({
    snapshot,
    department,
    scenario,
    now,
  }: Pick<DecisionContext, 'snapshot' | 'department' | 'scenario' | 'now'>): RequestProtections | undefined {
    if (!snapshot.protections || snapshot.protections.length === 0) return undefined;
    if (!this.view?.isOf(snapshot, now)) this.view = new View(this.resources, snapshot, now);
    return this.view.under(department, scenario);
  }
}

/** Finds the field that holds the identifier of the subject, for the types whose records each subgraph keeps. */
export function findSubjectFields(index: ShareIndex): SubjectFields {
  const fields = new Map(
    index.items.flatMap(({ coordinate, subject }) => {
      const { type, field } = parseCoordinate(coordinate);
      return subject ? [[type, field] as const] : [];
    }),
  );
  const bySubgraph = Map.groupBy(
    index.resources.filter(({ type }) => fields.has(type)),
    ({ subgraph }) => subgraph,
  );
  return new Map(
    [...bySubgraph].map(([subgraph, resources]) => [
      subgraph,
      new Map(resources.map(({ type }) => [type, fields.get(type)!])),
    ]),
  );
}

/** The part of a share index that protections need. */
export interface ProtectableIndex {
  readonly items: readonly Pick<ShareItem, 'coordinate' | 'subject'>[];
  readonly resources: readonly (Pick<Resource, 'type' | 'provider' | 'stated' | 'subgraph'> & {
    readonly code?: string;
  })[];
}

interface ProtectableResource {
  readonly type: string;
  readonly code: string | undefined;
  readonly owner: string;
  /** Its owner as its subgraph knows it. */
  readonly stated: string;
  readonly subgraph: string;
  /** Kind of the subject; undefined for a type whose SDL names none. */
  readonly kind: SubjectKind | undefined;
}

/** The protections that hold from one moment to another. */
class View {
  private readonly live: readonly Protection[];
  private readonly until: number;
  private readonly byCaller = new Map<string, RequestProtections | undefined>();
  /** Callers who are spared the same protections have the same list. */
  private readonly byName = new Map<string, RequestProtections>();
  private readonly protections: readonly Protection[];
  private readonly publishers: Publishers;
  private readonly successions: Successions | undefined;
  private readonly resources: readonly ProtectableResource[];

  constructor(
    resources: readonly ProtectableResource[],
    { protections = [], publishers, successions }: GovernanceSnapshot,
    now: number,
  ) {
    [this.protections, this.publishers, this.successions] = [protections, publishers, successions];
    this.resources = resources.map((each) => ({
      ...each,
      owner: currentProvider(each.owner, each.code ?? '', successions ?? []),
    }));
    this.live = protections.filter(({ until }) => until > now);
    this.until = this.live.reduce((end, { until }) => Math.min(end, until), Infinity);
  }

  isOf({ protections, publishers, successions }: GovernanceSnapshot, now: number): boolean {
    return (
      this.protections === protections &&
      this.publishers === publishers &&
      this.successions === successions &&
      now < this.until
    );
  }

  under(department: string | undefined, scenario: string | undefined): RequestProtections | undefined {
    const caller = department === undefined || scenario === undefined ? '' : scenarioKey(department, scenario);
    if (!this.byCaller.has(caller)) this.byCaller.set(caller, this.build(caller));
    return this.byCaller.get(caller);
  }

  private build(caller: string): RequestProtections | undefined {
    const isSpared = ({ purposes }: Protection) =>
      purposes.some(({ department, scenario }) => scenarioKey(department, scenario) === caller);
    const withheld = caller === '' ? this.live : this.live.filter((protection) => !isSpared(protection));
    if (withheld.length === 0) return undefined;
    const name = withheld.map(({ id }) => id).join(' ');
    let known = this.byName.get(name);
    if (!known) this.byName.set(name, (known = this.list(name, withheld)));
    return known;
  }

  private list(name: string, withheld: readonly Protection[]): RequestProtections {
    const bySubgraph = new Map<string, SubgraphProtections | undefined>();
    return {
      name,
      of: (subgraph) => {
        if (!bySubgraph.has(subgraph)) bySubgraph.set(subgraph, this.listFor(subgraph, withheld));
        return bySubgraph.get(subgraph);
      },
    };
  }

  /** A subgraph gets the lists of the departments for which it may publish, and nobody else's. */
  private listFor(subgraph: string, withheld: readonly Protection[]): SubgraphProtections | undefined {
    const permitted = this.publishers.get(subgraph) ?? [];
    const resources = this.resources.filter((each) => each.subgraph === subgraph && permitted.includes(each.owner));
    const owners = new Set(resources.map(({ owner }) => owner));
    const own = withheld.filter(({ owner }) => owners.has(owner));
    if (own.length === 0) return undefined;
    const subjects = own.flatMap(({ owner, kind, identifier }) =>
      identifier === undefined ? [] : [{ owner, kind, identifier }],
    );
    // The subgraph knows its resources under the owner that its own schema states.
    const text = writeProtectedSubjects(subjects.flatMap((each) => namesFor(each, resources)));
    const byType = new Map(
      resources.map(({ type, owner, kind }) => [
        type,
        {
          kind,
          identifiers: new Set(
            subjects.filter((each) => each.owner === owner && each.kind === kind).map(({ identifier }) => identifier),
          ),
        },
      ]),
    );
    const unreadable = own.find(({ identifier }) => identifier === undefined)?.owner;
    return {
      text,
      digest: digestOfProtectedSubjects(text),
      ...(unreadable !== undefined && { unreadable }),
      withholds: (type, identifier) => {
        const known = byType.get(type);
        return known !== undefined && known.identifiers.has(normalise(known.kind, identifier));
      },
    };
  }
}

/** A subject under every name that the subgraph may have for its owner. */
const namesFor = <T extends { readonly owner: string }>(subject: T, resources: readonly ProtectableResource[]): T[] => {
  const own = resources.filter(({ owner }) => owner === subject.owner);
  return [...new Set(own.flatMap(({ owner, stated }) => [owner, stated]))].map((owner) => ({ ...subject, owner }));
};

const normalise = (kind: SubjectKind | undefined, identifier: string): string =>
  (kind === 'PERSON' ? normaliseIdentityNumber(identifier) : normaliseCreditCode(identifier)?.code) ?? identifier;
