import { say } from '../request/messages/index.js';

/** The error of a null at a field that is never null. */
export const toMissingValue = (path: (string | number)[]) => ({
  message: say('subgraph.noValue'),
  path,
  extensions: { code: 'SUBGRAPH_BAD_ANSWER' },
});

/** The error of a value that is not of its field's type. */
export const toWrongType = (path: (string | number)[]) => ({
  message: say('subgraph.wrongType'),
  path,
  extensions: { code: 'SUBGRAPH_BAD_ANSWER' },
});
