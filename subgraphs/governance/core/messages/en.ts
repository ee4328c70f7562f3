/** Every sentence that the core of governance says to a caller, in English. Braces hold what is put in. */
export const en = {
  'grounds.reason': '`reason` is empty. Say why.',
  'grounds.provisions': 'Name at most {most} provisions in `basis`.',
  'grounds.long': 'A text is longer than {most} characters.',
  'record.unavailable': 'The act cannot be recorded at present, so nothing was changed. Try again.',
  'text.empty': '`{name}` is empty.',
  'text.long': '`{name}` is longer than {most} characters.',
  'text.unseen': '`{name}` has control or invisible characters.',
  'file.mediaType': '`mediaType` must be one of {types}.',
  'file.sha256': '`sha256` must be 64 hexadecimal digits, in small letters.',
  'file.bytes': '`bytes` must be the size of the file, at most {most}.',
  'caller.moved': 'A reform of departments was carried out just now. Send it again.',
} as const;
