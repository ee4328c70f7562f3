import { findHostedChanges, parseDeclaration } from '../../../shared/declaration/index.js';
import { Refusal } from '../core/index.js';
import { say } from './messages/index.js';

/** Refuses a declaration whose hosted types would not fit the rows that the hub keeps for the one in force.
 *  @param current  text of the declaration in force */
export function findUnfitRows(declaration: string, current: string | null | undefined): Refusal | undefined {
  const next = parseDeclaration(declaration).declaration;
  const before = current == null ? undefined : parseDeclaration(current).declaration;
  const changes = next && before ? findHostedChanges(before, next) : [];
  if (changes.length === 0) return undefined;
  const message = say('declaration.rows');
  return Refusal.because('DECLARATION_UNFIT', message, undefined, changes);
}
