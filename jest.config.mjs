const swc = (module) => [
  '@swc/jest',
  {
    swcrc: false,
    sourceMaps: 'inline',
    module: { type: module },
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      keepClassNames: true,
    },
  },
];
// CommonJS packages that require() ESM-only ones: Jest on Node 20 has no require(esm).
const esmOnly = ['content-disposition', 'cookie'];
const common = {
  setupFiles: ['<rootDir>/test/support/same-chance.ts'],
  testEnvironment: 'node',
  rootDir: import.meta.dirname,
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    // Its ESM build imports JSON without an attribute, which Jest complains about in every file.
    '^libphonenumber-js$': '<rootDir>/node_modules/libphonenumber-js/min/index.cjs',
  },
  transform: { '^.+\\.ts$': swc('es6'), [`/node_modules/(${esmOnly.join('|')})/.+\\.js$`]: swc('commonjs') },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
};
const project = (displayName, testMatch, own = {}) => ({ ...common, displayName, testMatch, ...own });
export default {
  // Generous, because a loaded machine is slow; what hangs is ended by scripts/test.mjs.
  testTimeout: 30_000,
  // Who is still alive after this has a leak, and scripts/test.mjs counts it as a failure. The longest timer a closed
  // connection leaves behind is 6 s (BullMQ, when Redis went away first).
  workerGracefulExitTimeout: 10_000,
  // No file of tests gives back the modules it loaded (they are ES modules in a context of their own): a worker that has
  // run sixty files spends its time looking for memory, and then nothing answers in time.
  workerIdleMemoryLimit: '1GB',
  openHandlesTimeout: 10_000,
  projects: [
    project('unit', ['<rootDir>/src/**/*.spec.ts', '<rootDir>/scripts/**/*.spec.ts']),
    project('architecture', ['<rootDir>/test/architecture/**/*.spec.ts']),
    project('medium', ['<rootDir>/test/medium/**/*.spec.ts'], {
      globalSetup: '<rootDir>/test/support/medium-cluster.mjs',
      globalTeardown: '<rootDir>/test/support/medium-cluster-stop.mjs',
    }),
    project('e2e', ['<rootDir>/test/e2e/**/*.spec.ts']),
    project('browser', ['<rootDir>/test/browser/**/*.spec.ts']),
  ],
};
