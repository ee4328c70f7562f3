import type { Migrations } from '../../../shared/database/index.js';
import { Insurances } from './001-insurances.js';

export const migrations: Migrations = [{ name: '001-insurances', class: Insurances }];
