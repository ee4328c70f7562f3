/** The one door to graphql-shield. Its ESM build fails on Node 23 and later, where `util.isUndefined` is gone, and its
 *  CommonJS build then lets `chain` and `race` deny everything without a word; so the function is put back first. */
import { createRequire } from 'node:module';
import type * as Shield from 'graphql-shield';

const load = createRequire(import.meta.url);
const util = load('node:util') as { isUndefined?: (value: unknown) => boolean };
util.isUndefined ??= (value) => value === undefined;

const shieldModule = load('graphql-shield') as typeof Shield;

export const { shield, rule, and, or, not, chain, race, allow, deny } = shieldModule;
export type ShieldRule = ReturnType<typeof shieldModule.or> | ReturnType<ReturnType<typeof shieldModule.rule>>;
