import { describe, expect, it } from '@jest/globals';
import { writeCsv } from '../../portal/parts/write-sheet.js';

describe('a list of the portal as CSV', () => {
  it('has no cell that a spreadsheet would run as a formula', async () => {
    const formulas = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'];
    const text = await writeCsv([['Reason'], ...formulas.map((cell) => [cell])]).text();
    expect(text).toBe(`"Reason"\r\n${formulas.map((cell) => `"'${cell}"\r\n`).join('')}`);
  });

  it('says that it is UTF-8', async () => {
    const bytes = new Uint8Array(await writeCsv([['理由']]).arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  });

  it('keeps quotes, commas, lines and long numbers', async () => {
    const text = await writeCsv([['say "no", then\nleave', '330102196702128466']]).text();
    expect(text).toBe('"say ""no"", then\nleave","330102196702128466"\r\n');
  });
});
