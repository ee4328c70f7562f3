import { writeFileSync } from 'node:fs';
import { conformance } from './table.js';

const { table, idType } = conformance();
writeFileSync('tests/conformance/clauses.md', table);
writeFileSync('tests/conformance/clause-id.ts', idType);
