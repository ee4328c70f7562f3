/** The one door to graphql-shield. Its ESM build fails on Node 23 and later, where `util.isUndefined` is gone, and its
 *  CommonJS build then lets `chain` and `race` deny everything without a word; so the function is put back first. */
import { createRequire } from 'node:module';

const load = createRequire(import.meta.url);
const util = load('node:util') as { isUndefined?: (value: unknown) => boolean };
util.isUndefined ??= (value) => value === undefined;

type Shield = typeof import('graphql-shield');
const shieldModule = load('graphql-shield') as Shield;

// Named by their module, so that the packed kit can say what they are.
export const shield: Shield['shield'] = shieldModule.shield;
export const rule: Shield['rule'] = shieldModule.rule;
export const and: Shield['and'] = shieldModule.and;
export const or: Shield['or'] = shieldModule.or;
export const not: Shield['not'] = shieldModule.not;
export const chain: Shield['chain'] = shieldModule.chain;
export const race: Shield['race'] = shieldModule.race;
export const allow: Shield['allow'] = shieldModule.allow;
export const deny: Shield['deny'] = shieldModule.deny;
export type ShieldRule = ReturnType<Shield['or']> | ReturnType<ReturnType<Shield['rule']>>;
