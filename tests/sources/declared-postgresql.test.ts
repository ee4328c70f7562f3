import { describeDeclaredDatabase } from './support/declared-database.js';
import { createPostgreSql } from './support/source-database.js';

describeDeclaredDatabase(createPostgreSql);
