import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../shared/share/directive-definitions.js';
import type { SampleRows } from './sample/rows.js';

/** The declared libraries of the demo, their rows loaded when they are needed: name → module. */
const ROWS = {
  credit: () => import('./credit/rows.js'),
  economy: () => import('./economy/rows.js'),
  powers: () => import('./powers/rows.js'),
  cases: () => import('./cases/rows.js'),
  health: () => import('./health/rows.js'),
  'social-assistance': () => import('./social-assistance/rows.js'),
  'food-and-drug-safety': () => import('./food-and-drug-safety/rows.js'),
  'work-safety': () => import('./work-safety/rows.js'),
  price: () => import('./price/rows.js'),
  energy: () => import('./energy/rows.js'),
  'urban-rural-construction': () => import('./urban-rural-construction/rows.js'),
  'social-governance': () => import('./social-governance/rows.js'),
  ecology: () => import('./ecology/rows.js'),
  emergency: () => import('./emergency/rows.js'),
  'road-traffic': () => import('./road-traffic/rows.js'),
  'weather-and-water': () => import('./weather-and-water/rows.js'),
} as const;

export type LibraryName = keyof typeof ROWS;
export const LIBRARY_NAMES = Object.keys(ROWS) as readonly LibraryName[];

/** The declaration of a library, as a department would submit it. */
export const readLibrary = (name: LibraryName): string =>
  readFileSync(join(projectRoot(), 'subgraphs', 'libraries', name, 'declaration.yaml'), 'utf8');

/** Generated rows of a library: the same for the same number of residents. */
export const loadLibraryRows = async (name: LibraryName): Promise<SampleRows> => (await ROWS[name]()).rows;
