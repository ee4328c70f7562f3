/** Every sentence that the room evidence says to a caller, in English. Braces hold what is put in. */
export const en = {
  'filter.figure': 'Name either `item` or `resource` in the filter.',
  'person.number':
    'A person is named by a citizen identity number: 18 characters with a right check character, or the old 15 digits.',
  'person.noKeys': 'Governance was started without the keys of subjects.',
  'department.unknown': 'There is no department {department}.',
  'scenario.unknown': 'Department {department} has no scenario "{scenario}".',
  'grant.unknown': 'Department {department} has no grant {grant}.',
  'seal.unknown': 'There is no seal {id}.',
  'seal.basis': 'Name in `basis` the provision that allows it.',
  'seal.order': '`until` must be later than `from`.',
  'seal.future': '`until` must lie in the future.',
  'seal.long': '`until` must be at most three years from now.',
  'filter.one': 'Name one of `resource`, `object` and `actor`.',
  'filter.actor': 'Name the `department` or the `person` of `actor`.',
} as const;
