import type { DeclarationMistake } from './declaration-problem.js';
import type { Declaration, DeclaredShare, DeclaredType } from './declaration-schema.js';

/** Begins the code of a resource that a draft has no code for. */
export const CODE_PLACEHOLDER = '000000/';

/** Finds what a draft only proposes. A person confirms each share type, since nothing is opened or closed by a program.
 *  @source share-rules section 1, rule 1 */
export function findProposals({ types, extends: others }: Declaration): DeclarationMistake[] {
  const mistakes: DeclarationMistake[] = [];
  const check = (share: DeclaredShare | undefined, path: readonly string[]) => {
    if (share?.proposed)
      mistakes.push({
        code: 'SHARE_NOT_CONFIRMED',
        path: [...path, 'share', 'proposed'],
        message: `${share.type} is proposed, and nobody has confirmed it. Decide, then delete \`proposed: true\`.`,
      });
  };
  for (const [name, type] of Object.entries(types)) {
    const path = ['types', name];
    if (type.resource.code.startsWith(CODE_PLACEHOLDER))
      mistakes.push({
        code: 'RESOURCE_CODE_MISSING',
        path: [...path, 'resource', 'code'],
        message: `${type.resource.code} only holds the place of the resource's code. Write its own.`,
      });
    check(type.share, path);
    for (const [item, { share }] of Object.entries(type.items)) check(share, [...path, 'items', item]);
  }
  const parts: Readonly<Record<string, Readonly<Record<string, Pick<DeclaredType, 'relations'>>>>> = {
    types,
    extends: others,
  };
  for (const [part, all] of Object.entries(parts))
    for (const [name, { relations }] of Object.entries(all))
      for (const [field, { share }] of Object.entries(relations)) check(share, [part, name, 'relations', field]);
  return mistakes;
}
