/** Every sentence that the room loading says to a caller, in English. Braces hold what is put in. */
export const en = {
  'rows.empty': '`items` and `rows` must not be empty.',
  'rows.uneven': 'Row {row} has not a value for each of the {items} items.',
  'load.none': 'This hub keeps no tables for departments.',
  'load.notEntitled':
    'You may not load {subgraph}: it is for the data administrators of its department, and whom they name (`nameLoader`).',
  'load.type': '{subgraph}.{type} is no type whose rows the hub keeps ({from}), or is not published.',
  'load.tooMany': 'Your department has {most} loads that have not ended. Wait.',
  'load.keyReused': 'The key was used for {id}, which has other content or another mode. Choose another key.',
  'load.sha256': '`sha256` must be 64 hexadecimal digits, in small letters.',
  'load.bytes': '`bytes` must be the size of the file; it is not empty.',
  'load.mostRejected': '`mostRejected` must be a share of the rows, 0 to 100 percent.',
  'load.large': 'The file has {bytes} bytes; at most {limit} are taken{advice}.',
  'load.largeWorkbook': ' of a workbook. Save it as CSV',
  'load.inParts': '. Load it in parts',
  'loader.noPermit': 'Your department has no permit to publish the subgraph {subgraph}.',
  'loader.unknown': 'No active person or system of your department has this name.',
  'loader.unnamed': 'Your department has named nobody under this number, or has withdrawn it.',
} as const;
