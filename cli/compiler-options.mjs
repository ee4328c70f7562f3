/** What SWC makes of the hub's TypeScript, as tsconfig.json says. */
export const compilerOptions = {
  swcrc: false,
  configFile: false,
  module: { type: 'nodenext' },
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    keepClassNames: true,
  },
};
