import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { runInit } from '../../cli/init/run-init.js';
import type { DatabaseServer } from '../../shared/database/index.js';
import { parseDeclaration } from '../../shared/declaration/index.js';
import type { ConnectedServices } from '../../shared/services/connected-services.js';
import { serviceRows } from '../../subgraphs/declared/services/service-rows.js';
import { DeclaredProcess } from '../declaration/support/declared-process.js';
import { describedClinic } from '../init/support/described-service.js';
import { openTestServer } from '../support/test-database.js';
import { openServices, registered } from './support/open-services.js';
import { ServiceServer } from './support/service-server.js';

const ROWS = [1, 2, 3].map((n) => ({
  patientId: `P${n}`,
  person: { sfzh: `11010120120101001${n}`, xm: `张${n}` },
  xzqh: n < 3 ? '330102' : '330106',
  bornOn: '2012-01-01',
  fee: 12.5,
  cardNumber: 9007199254740,
  level: 'A',
}));
const byId = (id: unknown) => ROWS.find(({ patientId }) => patientId === id);

let folder: string;
let server: DatabaseServer;
let service: ServiceServer;
let services: ConnectedServices;
let process: DeclaredProcess;
let declaration: string;
const faults: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sharehub-openapi-draft-'));
  server = await openTestServer();
  service = await ServiceServer.start();
  services = openServices(faults);
  await services.register([await registered(service.address)]);
  process = await DeclaredProcess.start(server, { sources: [serviceRows(services)] });
  const from = join(folder, 'openapi.yaml');
  await writeFile(from, stringify(describedClinic(service.address), { aliasDuplicateObjects: false }));
  const choice = { tables: [], keys: new Map<string, readonly string[]>() };
  await runInit({ name: 'clinic', into: folder, from, department: 'education', source: 'edu-gate', ...choice });
  declaration = (await readFile(join(folder, 'clinic', 'clinic.yaml'), 'utf8'))
    .replaceAll(', proposed: true', '')
    .replace('000000/', '301009/');
});
afterAll(async () => {
  await process?.stop();
  await services?.stop();
  await service?.stop();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

it('serves a draft of an OpenAPI description once its proposals are confirmed', async () => {
  expect(parseDeclaration(declaration).problems).toBeUndefined();
  await process.publish(declaration);
  await process.declared.follow();
  const ask = process.ask(declaration);
  service.answer({
    patients: ({ path, query, body }) => {
      if (path === '/patients/query')
        return { code: 0, msg: '', data: body.ids.flatMap((id: string) => byId(id) ?? []) };
      if (path === '/patients/byIdCard')
        return { code: 0, msg: '', data: ROWS.find(({ person }) => person.sfzh === query['sfzh']) ?? null };
      const rows = ROWS.filter(({ xzqh }) => xzqh.startsWith(query['xzqh'] ?? ''));
      const [page, size] = [Number(query['page']), Number(query['pageSize'])];
      return { code: 0, msg: '', data: { records: rows.slice((page - 1) * size, page * size), total: rows.length } };
    },
  });
  const { data, errors } = await ask(
    '{ one: patient(patientId: "P1") { idNumber name bornOn fee cardNumber level } none: patient(patientId: "P9") { name } }',
  );
  expect({ data, errors }).toEqual({
    data: {
      one: {
        ...{ idNumber: '110101201201010011', name: '张1', bornOn: '2012-01-01' },
        ...{ fee: '12.5', cardNumber: '9007199254740', level: 'A' },
      },
      none: null,
    },
    errors: [],
  });
  expect(service.calls).toMatchObject([
    { method: 'POST', path: '/patients/query', headers: { 'x-app-key': 'geheim' }, body: { ids: ['P1', 'P9'] } },
  ]);
  const listed = await ask('{ patients(division: "330102", first: 10) { nodes { patientId } } }');
  expect(listed).toMatchObject({
    data: { patients: { nodes: [{ patientId: 'P1' }, { patientId: 'P2' }] } },
    errors: [],
  });
  expect(service.calls[1]!.query).toEqual({ xzqh: '330102', page: '1', pageSize: '50' });
});

it('refuses its rows when the service says by its code that it failed', async () => {
  service.answer({ patients: () => ({ code: 500, msg: 'down', data: null }) });
  const { data, errors } = await process.ask(declaration)('{ patient(patientId: "P2") { name } }');
  expect(data).toEqual({ patient: null });
  expect(errors).toMatchObject([{ extensions: { code: 'SOURCE_UNAVAILABLE' } }]);
  expect(faults).toContain('ANSWER_FAILED');
});
