/** The error of a null at a field that is never null. */
export const toMissingValue = (path: (string | number)[]) => ({
  message: 'A subgraph gave no value for a field that always has one.',
  path,
  extensions: { code: 'SUBGRAPH_BAD_ANSWER' },
});

/** The error of a value that is not of its field's type. */
export const toWrongType = (path: (string | number)[]) => ({
  message: 'A subgraph gave a value that is not of the field’s type.',
  path,
  extensions: { code: 'SUBGRAPH_BAD_ANSWER' },
});
