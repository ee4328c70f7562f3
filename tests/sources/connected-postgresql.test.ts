import { describeConnectedDatabase } from './support/connected-database.js';
import { createPostgreSql } from './support/source-database.js';

describeConnectedDatabase(createPostgreSql);
