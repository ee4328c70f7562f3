import type { Migrations } from '../../../shared/database/index.js';
import { Residents } from './001-residents.js';

export const migrations: Migrations = [{ name: '001-residents', class: Residents }];
