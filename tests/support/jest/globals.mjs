/**
 * What test files import as `@jest/globals`. A support module is loaded once and used by many test files, so each
 * name leads to what belongs to the file that runs when it is called.
 */
const current = (name) => globalThis[Symbol.for('sharehub.tests.running')][name];

const leadTo = (name) =>
  new Proxy(() => undefined, {
    apply: (_, self, args) => Reflect.apply(current(name), self, args),
    get: (_, member) => current(name)[member],
  });

export const afterAll = leadTo('afterAll');
export const afterEach = leadTo('afterEach');
export const beforeAll = leadTo('beforeAll');
export const beforeEach = leadTo('beforeEach');
export const describe = leadTo('describe');
export const expect = leadTo('expect');
export const it = leadTo('it');
export const jest = leadTo('jest');
export const test = leadTo('test');
