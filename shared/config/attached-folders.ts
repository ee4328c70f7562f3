import { join } from 'node:path';
import type { Config } from './config.js';
import { loadFolder } from './load-folder.js';

/** Folder of the evidence files of corrections, inside that of the loads, which gateways and worker share. */
export const correctionFolder = (config: Pick<Config, 'LOAD_FOLDER' | 'DATA_DIR'>): string =>
  join(loadFolder(config), 'correction-files');

/** Folder of the files of applications, beside it. */
export const applicationFolder = (config: Pick<Config, 'LOAD_FOLDER' | 'DATA_DIR'>): string =>
  join(loadFolder(config), 'application-files');
