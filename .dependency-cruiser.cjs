// The arrows of the architecture, as data: a module may import itself, the ground, and what is listed here. Nothing else.
const ground = ['platform', 'access'];
const arrows = {
  platform: [],
  access: ['platform'],
  notify: ground,
  programmes: ground,
  peers: [...ground, 'programmes'],
  shifts: [...ground, 'programmes', 'peers', 'notify'],
  supervision: [...ground, 'programmes', 'shifts', 'notify'],
  // What peers hold, what programmes ask, and who stands behind them, put together; nobody imports it.
  eligibility: [...ground, 'programmes', 'peers', 'supervision', 'notify'],
  wellness: [...ground, 'programmes', 'peers', 'supervision', 'notify'],
  requests: [...ground, 'programmes', 'shifts', 'notify'],
  dispatch: [...ground, 'programmes', 'requests', 'peers', 'shifts', 'supervision', 'wellness', 'notify'],
  // programmes: what a contact came to is a code of the catalogue. notify: a follow-up falls due a day later. shifts: only who is here then is reminded.
  encounters: [...ground, 'programmes', 'dispatch', 'requests', 'shifts', 'supervision', 'notify'],
  preparedness: [...ground, 'dispatch', 'shifts', 'peers'],
  reporting: ground,
  live: ground,
};
const modules = Object.keys(arrows);
// These put the whole together and may see every module; nobody imports them but each other.
const roots = ['demo'];
const purePlatform = '^src/platform/(errors|time)\\.ts$';
const anyOf = (names) => `^src/(${names.join('|')})/`;

const forbidden = [
  { name: 'no-cycle', from: {}, to: { circular: true } },
  { name: 'no-unresolved-import', from: {}, to: { couldNotResolve: true } },
  {
    name: 'production-dependencies-only',
    comment: 'What runs in production is a dependency, not a development dependency.',
    from: { path: '^src/', pathNot: ['^src/web/', '\\.spec\\.ts$'] },
    to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
  },
  ...modules.map((name) => ({
    name: `arrows-of-${name}`,
    comment: `${name} may import only: ${[name, ...arrows[name]].join(', ')}`,
    from: { path: `^src/${name}/` },
    to: { path: '^src/', pathNot: anyOf([name, ...arrows[name]]) },
  })),
  {
    name: 'known-module',
    comment: 'A new folder in src needs its row of arrows first.',
    from: { path: '^src/[^/]+/', pathNot: anyOf([...modules, ...roots, 'web']) },
    to: {},
  },
  {
    name: 'no-foreign-store',
    comment: "A store is imported only inside its own module: ask its service. The platform's stores are ground for all.",
    from: { path: '^src/([^/]+)/' },
    to: { path: '\\.store\\.ts$', pathNot: ['^src/$1/', '^src/platform/'] },
  },
  {
    name: 'no-store-at-the-root',
    from: { path: '^src/[^/]+\\.ts$' },
    to: { path: '\\.store\\.ts$' },
  },
  {
    name: 'pure-domain',
    comment: 'domain/ decides: it sees other domain/ folders, and of platform types only.',
    from: { path: '^src/[^/]+/domain/', pathNot: '\\.spec\\.ts$' },
    to: { path: '^src/', pathNot: ['^src/[^/]+/domain/', '^src/platform/'] },
  },
  {
    name: 'pure-domain-platform-types',
    comment: 'Values only from the pure files of platform: the names of refusals, and arithmetic with given times.',
    from: { path: '^src/[^/]+/domain/', pathNot: '\\.spec\\.ts$' },
    to: { path: '^src/platform/', pathNot: purePlatform, dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'pure-domain-packages',
    comment: 'No framework, no database, no node built-ins. luxon is zone arithmetic without a clock of its own.',
    from: { path: ['^src/[^/]+/domain/', purePlatform], pathNot: '\\.spec\\.ts$' },
    to: { dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'core'], pathNot: 'node_modules/(@types/)?(luxon|libphonenumber-js)/' },
  },
  {
    name: 'web-imports-contracts-only',
    from: { path: '^src/web/' },
    to: { path: '^src/', pathNot: ['^src/web/', '^src/[^/]+/[a-z.-]*contract\\.ts$'] },
  },
  {
    name: 'web-imports-types-only',
    comment: 'A value import would pull the server into the page.',
    from: { path: '^src/web/' },
    to: { path: '^src/[^/]+/[a-z.-]*contract\\.ts$', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'server-does-not-import-web',
    from: { path: '^src/', pathNot: '^src/web/' },
    to: { path: '^src/web/' },
  },
  {
    name: 'nobody-imports-live-or-demo',
    comment: 'Pages see the shape of what the demo answers, as of every module, and nothing else.',
    from: { path: '^src/[^/]+/', pathNot: '^src/(live|demo|web)/' },
    to: { path: '^src/(live|demo)/' },
  },
  {
    name: 'source-does-not-import-tests',
    from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
    to: { path: ['^test/', '\\.spec\\.ts$'] },
  },
];

module.exports = {
  forbidden: forbidden.map((rule) => ({ severity: 'error', ...rule })),
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: 'specify',
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
