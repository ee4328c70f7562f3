import { LIBRARY_DEPARTMENTS } from './departments.js';
import { LIBRARY_GRANTS } from './grants.js';
import { LIBRARY_NAMES, readLibrary } from './library-files.js';

export { fillLibraries } from './fill-libraries.js';
export { LIBRARY_NAMES, loadLibraryRows, readLibrary } from './library-files.js';
export type { SampleRow } from './sample/rows.js';

/** Everything that the seed of governance publishes of the libraries. */
export const sampleLibraries = () => ({
  departments: LIBRARY_DEPARTMENTS,
  declarations: LIBRARY_NAMES.map(readLibrary),
  grants: LIBRARY_GRANTS,
});
