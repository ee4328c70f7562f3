import { join } from 'node:path';
import type { Config } from './config.js';

/** Folder of the files that are uploaded to be loaded, and of the reports. */
export const loadFolder = ({ LOAD_FOLDER, DATA_DIR }: Pick<Config, 'LOAD_FOLDER' | 'DATA_DIR'>): string =>
  LOAD_FOLDER ?? join(DATA_DIR, 'loads');
