import { writeFileSync } from 'node:fs';
import { conformance } from './table.js';

writeFileSync('tests/conformance/clauses.md', conformance().text);
