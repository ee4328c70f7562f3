import type { Migrations } from '../../../shared/database/index.js';
import { Governance } from './001-governance.js';

export const migrations: Migrations = [{ name: '001-governance', class: Governance }];
