/** Every sentence that the room lists says to a caller, in English. Braces hold what is put in. */
export const en = {
  'import.empty': 'The list has no line, so it was not taken in.',
  'import.repeated': 'the key {key} was there before',
  'import.notJson': 'it is no JSON',
  'import.line': 'Line {number} cannot be taken in: {why}. Nothing was.',
  'list.unknown': 'There is no version "{id}" of this list.',
  'import.at': '{path} {message}',
} as const;
