import { describe, expect, it } from '@jest/globals';
import { parseDeclaration } from '../../shared/declaration/index.js';
import { PUPILS } from './support/pupil-service.js';

/** Problems of the declaration with a part replaced. */
function problemsWith(part: string, other: string): string[] {
  expect(PUPILS).toContain(part);
  const { problems = [] } = parseDeclaration(PUPILS.replace(part, other));
  return problems.map(({ code, path, message }) => `${code} ${path}: ${message}`);
}

describe('a declaration of a service', () => {
  it('is read', () => {
    expect(parseDeclaration(PUPILS).problems).toBeUndefined();
  });

  it.each([
    ['success: status', '', /SERVICE_UNFIT types.School.from: must say `success`.*`status`/],
    [
      "calls: [{ by: [code], path: '/school/{code}' }]",
      '',
      /SERVICE_UNFIT types.School.from: must say by which `calls`/,
    ],
    [
      "path: '/school/{code}'",
      "path: '/school/{nobody}'",
      /ITEM_UNKNOWN types.School.from.calls\[0\].path: School has no item nobody/,
    ],
    [
      "path: '/school/{code}'",
      "path: '/school/{name}'",
      /SERVICE_UNFIT types.School.from.calls\[0\].path: {name} must stand in `by` or `narrow`/,
    ],
    [
      "path: '/school/{code}'",
      'path: /school',
      /SERVICE_UNFIT types.School.from.calls\[0\]: is by code, which is neither/,
    ],
    ["path: '/school/{code}'", "path: '/school/{code'", /SERVICE_UNFIT types.School.from.calls\[0\].path: has a brace/],
    [
      "path: '/school/{code}'",
      "path: 'https://10.0.0.1/{code}'",
      /SERVICE_UNFIT types.School.from.calls\[0\].path: must be a path below the address/,
    ],
    [
      "path: '/school/{code}'",
      "path: '/../{code}'",
      /SERVICE_UNFIT types.School.from.calls\[0\].path: must be a path below the address/,
    ],
    [
      "path: '/school/{code}'",
      "path: '//10.0.0.1/{code}'",
      /SERVICE_UNFIT types.School.from.calls\[0\].path: must be a path below the address/,
    ],
    [
      "path: '/school/{code}'",
      "path: '/school/{code}', query: { p: '{$page}' }",
      /SERVICE_UNFIT types.School.from.calls\[0\].query: {\$page} belongs to `pages`/,
    ],
    ['by: [code]', 'by: [nobody]', /ITEM_UNKNOWN types.School.from.calls\[0\].by\[0\]: School has no item nobody/],
    [
      'by: [code], ',
      'by: [code], body: { a: 1 }, ',
      /SERVICE_UNFIT types.School.from.calls\[0\].body: belongs to `method: POST`/,
    ],
    ['by: [code], ', 'by: [code], most: 5000, ', /DECLARATION_MALFORMED types.School.from.calls\[0\].most/],
    ['keys: [[code]]', 'keys: [[code], [name]]', /SERVICE_UNFIT types.School.keys\[1\]: is no key that a call asks by/],
    [
      'lookups: { school: [code] }',
      'lookups: { school: [code] }\n    lists: { schools: [] }',
      /SERVICE_UNFIT types.School.lists.schools: is a list, and no call reads one/,
    ],
    ['narrow: [division, schoolCode]', 'narrow: [division]', /{schoolCode} must stand in/],
    [
      'lists: { pupils: [division, schoolCode] }',
      'lists: { pupils: [division, schoolCode, grade] }',
      /SERVICE_UNFIT types.Pupil.lists.pupils: is narrowed by items/,
    ],
    [
      "        - { by: [schoolCode], path: /schools, query: { code: '{schoolCode}' }, rows: /data/list }\n",
      '',
      /SERVICE_UNFIT types.School.relations.pupils.by: is asked of Pupil, which has no call by schoolCode/,
    ],
    ['pages: { by: number, size: 3, total: /data/total, most: 4 }', '', /is a list: say how it is read/],
    ['pages: { by: number, size: 3, total: /data/total, most: 4 }', 'pages: { by: cursor }', /needs {\$cursor}/],
    [
      'headers: { x-app: sharehub }',
      'headers: { Authorization: Bearer x }',
      /SERVICE_UNFIT types.Pupil.from.headers: Authorization is set by the hub/,
    ],
    [
      'headers: { x-app: sharehub }',
      'headers: { Host: 10.0.0.1 }',
      /SERVICE_UNFIT types.Pupil.from.headers: Host is set by the hub/,
    ],
    [
      'headers: { x-app: sharehub }',
      'headers: { x-app: "a\\r\\nHost: b" }',
      /DECLARATION_MALFORMED types.Pupil.from.headers/,
    ],
    [
      'service: edu-gate\n      success: status',
      'hosted: {}\n      success: status',
      /SERVICE_UNFIT types.School.from.success: belongs to a `service`/,
    ],
    ['at: /person/name', 'at: person.name', /DECLARATION_MALFORMED types.Pupil.items.name.at: must be a path such as/],
  ])('with %j as %j is refused', (part, other, message) => {
    expect(problemsWith(part, other)).toContainEqual(expect.stringMatching(message));
  });
});
