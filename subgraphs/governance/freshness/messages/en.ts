/** Every sentence that the room freshness says to a caller, in English. Braces hold what is put in. */
export const en = {
  'resource.unknown': 'No published data resource has the code {code}.',
  'resource.other': 'Resource {code} is provided by another department: only its provider acts on it.',
  'update.future': 'An update is reported when it has been made, not before.',
  'update.older': 'A later time is known already: {at}.',
  'exception.person': 'A person must be signed in: a system on its own behalf asks for no exception and decides none.',
  'exception.noWindow': 'The law in force knows no update by the quarter.',
  'exception.noInterval': 'The law in force knows no filing of updates that are not in real time.',
  'exception.cycle': 'Name a cycle, other than real time, for an interval, and none for the quarterly window.',
  'exception.known': 'Resource {code} has the exception {id} already. End that one first.',
  'exception.unknown': 'There is no exception {id}.',
  'exception.other': 'Exception {id} is another department’s.',
  'exception.decided': 'Exception {id} was decided or ended before.',
  'exception.samePerson': 'Who proposed it does not approve it.',
} as const;
