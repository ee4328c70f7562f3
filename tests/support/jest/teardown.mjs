import { stopTestServer } from '../test-database.ts';

/** Ends what the test files of a run have shared. */
export default stopTestServer;
