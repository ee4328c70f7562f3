import type { Migrations } from '../../../shared/database/index.js';
import { Organisations } from './001-organisations.js';

export const migrations: Migrations = [{ name: '001-organisations', class: Organisations }];
