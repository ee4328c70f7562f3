/** A thing that went from one department to another when departments were reformed. */
export interface Succession {
  readonly kind: 'DEPARTMENT' | 'RESOURCE' | 'SCENARIO' | 'SYSTEM' | 'PERSON';
  /** Code of the resource or scenario, client id, subject; of a department its own code. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

/** All of them, in the order in which they happened. Schemas state the provider of their time; the register decides whose a
 *  resource is now. */
export type Successions = readonly Succession[];

/** The entry in which a subgraph's interface stands: what belongs to no resource. */
export const interfaceCode = (subgraph: string, provider: string): string => `interface/${subgraph}/${provider}`;

/** Department that provides a resource now.
 *  @param stated    the provider that its schema states
 *  @param resource  code of its catalogue entry */
export function currentProvider(stated: string, resource: string, successions: Successions): string {
  let provider = stated;
  for (const { kind, id, from, to } of successions)
    if (from === provider && (kind === 'DEPARTMENT' || (kind === 'RESOURCE' && id === resource))) provider = to;
  return provider;
}

/** Department that provided a resource first, by which its items are identified: a grant made before a reform is good for
 *  them after it, whichever of the departments their schema names.
 *  @param provider  any department that provided it */
export function firstProvider(provider: string, resource: string, successions: Successions): string {
  let first = provider;
  for (const { kind, id, from, to } of successions.toReversed())
    if (kind === 'RESOURCE' && id === resource && to === first) first = from;
  return first;
}

/** Department that has taken over from another one as a whole; the same where it goes on. */
export function currentDepartment(code: string, successions: Successions): string {
  let department = code;
  for (const { kind, from, to } of successions) if (kind === 'DEPARTMENT' && from === department) department = to;
  return department;
}

/** The type of a coordinate, or of a type by itself. */
export const typeAt = (at: string): string => at.split('.', 1)[0]!;
