import { parse, print, visit } from 'graphql';

/** Tells whether two schemas are answered alike: what they say in words, and the order of their types, make no difference.
 *  Another version of this hub may build another schema of the same declaration; what is planned by one must not be answered
 *  by the other. */
export const isSameGraph = (one: string, other: string): boolean => one === other || plain(one) === plain(other);

function plain(sdl: string): string {
  const { definitions } = visit(parse(sdl, { noLocation: true }), {
    enter: (node) => ('description' in node && node.description ? { ...node, description: undefined } : undefined),
  });
  return definitions
    .map((definition) => print(definition))
    .sort()
    .join('\n');
}
