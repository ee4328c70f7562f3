import { sdlOf } from '../subgraphs/schemas.js';

/** Items of the bench's own subgraphs, roots included. */
const OWN_ITEMS = 35;
const ITEMS_A_TYPE = 49;

/** The bench's SDL with so many further catalogued items that the graph has about `fields` of them. Nothing asks for
 *  them; a flat decision does not notice that they are there. */
export const sdlWithFields = (fields) => (name) => {
  const sdl = sdlOf(name);
  if (name !== 'licence') return sdl;
  const types = [];
  for (let left = fields - OWN_ITEMS; left > 0; left -= ITEMS_A_TYPE + 1) types.push(Math.min(ITEMS_A_TYPE, left));
  const roots = types.map((_, type) => `  register${type}: Register${type}\n`).join('');
  const share = ['UNCONDITIONAL', 'CONDITIONAL'];
  const definitions = types.map((count, type) => {
    const items = Array.from(
      { length: count },
      (_, item) => `  item${item}: String @share(type: ${share[item % 2]})\n`,
    );
    return `type Register${type} {\n${items.join('')}}\n`;
  });
  return `${sdl.replace('certificate(number: ID!): Certificate\n', (root) => root + roots)}\n${definitions.join('\n')}`;
};
