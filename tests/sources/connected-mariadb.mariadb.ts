import { describeConnectedDatabase } from './support/connected-database.js';
import { createMariaDb } from './support/source-database.js';

describeConnectedDatabase(createMariaDb);
