import { describeDeclaredDatabase } from './support/declared-database.js';
import { createMariaDb } from './support/source-database.js';

describeDeclaredDatabase(createMariaDb);
