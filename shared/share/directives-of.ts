import type { ConstDirectiveNode } from 'graphql';

/** Applications of a directive on one definition. */
export const directivesOf = (
  node: { readonly directives?: readonly ConstDirectiveNode[] } | null | undefined,
  name: string,
): readonly ConstDirectiveNode[] => (node?.directives ?? []).filter((directive) => directive.name.value === name);
