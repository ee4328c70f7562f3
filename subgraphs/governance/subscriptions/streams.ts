import type { Stream } from './delivery/stream.js';
import type { StreamName } from './delivery/stream-name.js';
import { usesOfProvider } from './evidence-push/uses-of-provider.js';
import { actsOfDepartment } from './webhook/acts-of-department.js';

/** Everything that departments can subscribe to. */
export const streams: Readonly<Record<StreamName, Stream>> = { uses: usesOfProvider, acts: actsOfDepartment };
