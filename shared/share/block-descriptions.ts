import { visit, type ASTNode } from 'graphql';

/** Definitions whose descriptions are blocks, as the kit prints all of them. */
export const asBlocks = <T extends ASTNode>(node: T): T =>
  visit<T>(node, {
    enter: (each) =>
      'description' in each && each.description
        ? { ...each, description: { ...each.description, block: true } }
        : undefined,
  });
