import { clauses } from '../clauses.js';
import type { Mistake } from '../yaml-document.js';
import type { Profile } from './profile.js';

type Path = readonly PropertyKey[];

/** Errors of a profile that its parts alone cannot show: clauses that do not exist or are another
 *  jurisdiction's, and values that contradict each other. */
export function checkProfile(profile: Profile): readonly Mistake[] {
  return [...ownClauses(profile), ...citedClauses(profile), ...contradictions(profile)];
}

function* ownClauses({ prefix, clauseTexts = {} }: Profile): Generator<Mistake> {
  for (const id of Object.keys(clauseTexts)) {
    const path = ['clauseTexts', id];
    if (!id.startsWith(`${prefix}-`)) yield { path, message: `must begin with ${prefix}-, the prefix of this profile` };
    else if (clauses().has(id)) yield { path, message: 'is in schema/clauses.tsv already; leave it out here' };
  }
}

function* citedClauses(profile: Profile): Generator<Mistake> {
  const own = profile.clauseTexts ?? {};
  for (const { id, path } of citations(profile)) {
    if (!id.startsWith(`${profile.prefix}-`))
      yield { path, message: `${id} is not a clause of ${profile.name.en}; its clauses begin with ${profile.prefix}-` };
    else if (!clauses().has(id) && !Object.hasOwn(own, id))
      yield { path, message: `there is no clause ${id}; ${nearest(id, [...clauses().keys(), ...Object.keys(own)])}` };
  }
}

/** Every clause id in a profile, with the path of its place. */
export function* citations(value: unknown, path: Path = []): Generator<{ readonly id: string; readonly path: Path }> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    if (path.at(-1) === 'clauses' && typeof item === 'string') yield { id: item, path: at };
    else yield* citations(item, at);
  }
}

/** The clauses that share the most letters with the one that was meant. */
function nearest(id: string, known: readonly string[]): string {
  for (let length = id.length - 1; length > id.indexOf('-'); length--) {
    const near = known.filter((other) => other.startsWith(id.slice(0, length)));
    if (near.length > 0) return `near it are ${near.slice(0, 8).join(', ')}`;
  }
  return 'write its words under clauseTexts, or see schema/clauses.tsv for those there are';
}

function* contradictions({ shareTypes, basis, libraries, unconditionalBase, exchange }: Profile): Generator<Mistake> {
  const names = shareTypes?.names;
  if (names && basis?.notShared && !names.NOT_SHARED)
    yield {
      path: ['basis', 'notShared'],
      message: 'needs shareTypes.names.NOT_SHARED, which this profile does not have',
    };
  const known = libraries?.foundational?.value;
  for (const [index, library] of (unconditionalBase?.value.libraries ?? []).entries()) {
    if (known && !Object.hasOwn(known, library))
      yield {
        path: ['unconditionalBase', 'value', 'libraries', index],
        message: `${library} is no foundational library of this profile; those are ${Object.keys(known).join(', ')}`,
      };
  }
  if (exchange?.bulkConsent && exchange.bulk?.value !== 'WITH_CONSENT')
    yield { path: ['exchange', 'bulkConsent'], message: 'goes with bulk: WITH_CONSENT only' };
}
