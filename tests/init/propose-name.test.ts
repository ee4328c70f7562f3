import { readFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { proposeTypeName } from '../../cli/init/propose-name.js';
import { EXAMPLE } from '../../cli/init/sources/example-table.js';

it('names a type after one record, whatever its table is called', async () => {
  const names = ['pupils', 'companies', 'boxes', 'classes', 'status', 'address', 'analysis', 'news'];
  expect(await Promise.all(names.map((name) => proposeTypeName(name, '')))).toEqual([
    ...['Pupil', 'Company', 'Box', 'Class', 'Status', 'Address', 'Analysis', 'News'],
  ]);
});

it('calls the example what no type of governance is called, so that the draft can be published', async () => {
  const name = await proposeTypeName(EXAMPLE.name, EXAMPLE.comment ?? '');
  expect(await readFile('schema/subgraphs/governance.graphql', 'utf8')).not.toMatch(
    new RegExp(`^type ${name}\\b`, 'm'),
  );
});
