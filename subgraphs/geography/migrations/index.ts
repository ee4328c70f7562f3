import type { Migrations } from '../../../shared/database/index.js';
import { Geography } from './001-geography.js';

export const migrations: Migrations = [{ name: '001-geography', class: Geography }];
