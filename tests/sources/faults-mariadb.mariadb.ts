import { describeSourceFaults } from './support/source-faults.js';
import { createMariaDb } from './support/source-database.js';

describeSourceFaults(createMariaDb);
