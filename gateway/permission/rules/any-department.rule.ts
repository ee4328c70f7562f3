import { rule } from '../../../shared/share/shield.js';
import { Denial, type Question } from '../decision.js';

/** An unconditional item is given to every authenticated department. @source share-rules section 2; QZ-5.2d */
export const anyDepartment = rule('any-department', { cache: 'no_cache' })(
  (_parent, _args, { item, department }: Question) =>
    department !== undefined ||
    new Denial('UNAUTHENTICATED', item, `${item.title} (${item.coordinate}) is given to departments; sign in first.`),
);

/** The anonymous caller of a permissive gateway is let through; only for trying the engine. */
export const anyone = rule('anyone', { cache: 'no_cache' })(() => true);
