/** How often a test repeats what it does: a few times in `npm test`, many times in the long commands that set
 *  `TEST_ROUNDS=many`. */
export const rounds = (few: number, many: number): number => (process.env['TEST_ROUNDS'] === 'many' ? many : few);
