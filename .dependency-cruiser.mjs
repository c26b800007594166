// What may import what. Packages depend one way: cherenkit -> plugins -> core -> its foundation.

/** The packages below core, each with its sisters that it may import. */
const FOUNDATION = {
  errors: [],
  kernels: [],
  io: ['errors'],
  expression: ['errors'],
  tables: ['errors', 'expression'],
};
const BELOW_CORE = Object.keys(FOUNDATION).join('|');

/** The rooms of core, from the lowest: a room imports from those before it. The framework knows of the domain the array alone. */
const ROOMS = [
  'instrument',
  'framework',
  'event',
  'data-model',
  'source',
  'calibration',
  'image',
  'muon',
  'reconstruction',
  'selection',
  'output',
  'run',
];

const packageOf = (names) => `^packages/(${names})/`;

export default {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    ...Object.entries(FOUNDATION).map(([name, sisters]) => ({
      name: `${name}-is-foundation`,
      severity: 'error',
      from: { path: packageOf(name) },
      to: { path: '^packages/', pathNot: packageOf([name, ...sisters].join('|')) },
    })),
    {
      name: 'core-knows-no-plugin',
      severity: 'error',
      from: { path: packageOf('core') },
      to: { path: '^packages/', pathNot: packageOf(`core|${BELOW_CORE}`) },
    },
    {
      name: 'plugins-know-core-and-below',
      severity: 'error',
      from: { path: packageOf('plugin-[a-z0-9]+|testing') },
      to: { path: '^packages/', pathNot: ['^packages/$1/', packageOf(`core|${BELOW_CORE}`)] },
    },
    {
      name: 'kernels-import-nothing',
      severity: 'error',
      from: { path: packageOf('kernels') },
      to: { pathNot: packageOf('kernels') },
    },
    {
      name: 'node-in-folders-called-node',
      comment: 'Everything else runs in browsers, too.',
      severity: 'error',
      from: { path: '^packages/', pathNot: ['/node/', packageOf('cherenkit')] },
      to: { dependencyTypes: ['core'] },
    },
    ...ROOMS.map((room, index) => ({
      name: `${room}-imports-from-below`,
      severity: 'error',
      from: { path: `^packages/core/src/${room}/` },
      to: { path: `^packages/core/src/(${ROOMS.slice(index + 1).join('|') || '-'})/` },
    })),
    {
      name: 'packages-by-their-exports',
      severity: 'error',
      from: { path: '^packages/([^/]+)/' },
      to: { path: '^packages/[^/]+/src/', pathNot: '^packages/$1/' },
    },
    {
      name: 'internal-entries-for-the-command',
      comment: 'Plugins use what any plugin can use.',
      severity: 'error',
      from: { path: '^packages/', pathNot: packageOf('cherenkit|testing') },
      to: { path: '^packages/[^/]+/dist/internal\\.' },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-undeclared',
      comment: 'What a package imports is among its dependencies.',
      severity: 'error',
      from: { path: '^packages/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    tsPreCompilationDeps: 'specify',
    doNotFollow: { path: ['node_modules', '/dist/'] },
    combinedDependencies: false,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['node', 'import', 'types', 'default'] },
  },
};
