import type { Migrations } from '../../../shared/database/index.js';
import { Certificates } from './001-certificates.js';

export const migrations: Migrations = [{ name: '001-certificates', class: Certificates }];
