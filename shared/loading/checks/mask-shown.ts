/** The value of a cell as a report of errors shows it: enough to find it in the file, too little to read it elsewhere. */
export function maskShown(value: string): string {
  const characters = [...value];
  if (characters.length === 0) return '';
  if (characters.length <= 2) return '*'.repeat(characters.length);
  const kept = characters.length < 8 ? 1 : 3;
  const tail = characters.length < 8 ? 0 : 2;
  const hidden = Math.min(characters.length - kept - tail, 20);
  return `${characters.slice(0, kept).join('')}${'*'.repeat(hidden)}${characters.slice(characters.length - tail || characters.length).join('')}`;
}
