// Rules for imports. Packages depend in one direction: cherenkit -> plugins -> core -> foundation packages.

/** Packages below core, and the other foundation packages that each may import. */
const FOUNDATION = {
  errors: [],
  kernels: [],
  io: ['errors'],
  expression: ['errors', 'kernels'],
  tables: ['errors', 'expression'],
  'plugin-fits': ['errors', 'io', 'tables'],
  'instrument-ctao': [],
};
const BELOW_CORE = Object.keys(FOUNDATION).join('|');

/** Folders of core, lowest first: a folder may import from those before it. `instrument` is the only domain folder below `framework`. */
const LAYERS = [
  'instrument',
  'framework',
  'event',
  'data-model',
  'source',
  'calibration',
  'monitoring',
  'image',
  'muon',
  'reconstruction',
  'selection',
  'output',
  'run',
];

const packageOf = (names) => `^packages/(${names})/`;

const DRAWING_FOLDERS = '^packages/(?:plugin-irf/src/display|plugin-ml/src/report)/';

export default {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    ...Object.entries(FOUNDATION).map(([name, imports]) => ({
      name: `${name}-is-foundation`,
      severity: 'error',
      from: { path: packageOf(name) },
      to: { path: '^packages/', pathNot: packageOf([name, ...imports].join('|')) },
    })),
    {
      name: 'core-imports-no-plugin',
      severity: 'error',
      from: { path: packageOf('core') },
      to: { path: '^packages/', pathNot: packageOf(`core|${BELOW_CORE}`) },
    },
    {
      name: 'plugins-import-core-and-below',
      severity: 'error',
      from: {
        path: packageOf('plugin-[a-z0-9]+|display|testing'),
        pathNot: packageOf(
          'plugin-display|plugin-impact|plugin-irf|plugin-ml|plugin-monitoring|plugin-onnx|plugin-production|plugin-zfits',
        ),
      },
      to: { path: '^packages/', pathNot: ['^packages/$1/', packageOf(`core|${BELOW_CORE}`)] },
    },
    {
      name: 'plugin-display-draws-with-display',
      severity: 'error',
      from: { path: packageOf('plugin-display') },
      to: { path: '^packages/', pathNot: packageOf(`plugin-display|display|viewer|core|${BELOW_CORE}`) },
    },
    {
      name: 'irf-and-ml-read-hdf5',
      severity: 'error',
      from: { path: packageOf('plugin-irf|plugin-ml'), pathNot: DRAWING_FOLDERS },
      to: { path: '^packages/', pathNot: ['^packages/$1/', packageOf(`plugin-hdf5|core|${BELOW_CORE}`)] },
    },
    {
      name: 'irf-and-ml-draw-with-display',
      severity: 'error',
      from: { path: DRAWING_FOLDERS },
      to: { path: '^packages/', pathNot: packageOf(`plugin-irf|plugin-ml|display|core|${BELOW_CORE}`) },
    },
    {
      name: 'monitoring-reads-hdf5',
      severity: 'error',
      from: { path: packageOf('plugin-monitoring') },
      to: { path: '^packages/', pathNot: packageOf(`plugin-monitoring|plugin-hdf5|core|${BELOW_CORE}`) },
    },
    {
      name: 'zfits-reads-hdf5',
      severity: 'error',
      from: { path: packageOf('plugin-zfits') },
      to: { path: '^packages/', pathNot: packageOf(`plugin-zfits|plugin-hdf5|core|${BELOW_CORE}`) },
    },
    {
      name: 'impact-reads-hdf5-and-selects-images-as-hillas',
      severity: 'error',
      from: { path: packageOf('plugin-impact') },
      to: { path: '^packages/', pathNot: packageOf(`plugin-impact|plugin-hdf5|plugin-hillas|core|${BELOW_CORE}`) },
    },
    {
      name: 'production-reads-hdf5',
      severity: 'error',
      from: { path: packageOf('plugin-production') },
      to: { path: '^packages/', pathNot: packageOf(`plugin-production|plugin-hdf5|core|${BELOW_CORE}`) },
    },
    {
      name: 'onnx-runs-graphs-of-ml',
      severity: 'error',
      from: { path: packageOf('plugin-onnx') },
      to: { path: '^packages/', pathNot: packageOf(`plugin-onnx|plugin-ml|core|${BELOW_CORE}`) },
    },
    {
      name: 'kernels-import-nothing',
      severity: 'error',
      from: { path: packageOf('kernels') },
      to: { pathNot: packageOf('kernels') },
    },
    {
      name: 'node-modules-only-in-node-folders',
      comment: 'All other code must run in browsers.',
      severity: 'error',
      from: { path: '^packages/', pathNot: ['/node/', packageOf('cherenkit')] },
      to: { dependencyTypes: ['core'] },
    },
    ...LAYERS.map((layer, index) => ({
      name: `${layer}-imports-from-below`,
      severity: 'error',
      from: { path: `^packages/core/src/${layer}/` },
      to: { path: `^packages/core/src/(${LAYERS.slice(index + 1).join('|') || '-'})/` },
    })),
    {
      name: 'packages-through-their-exports',
      severity: 'error',
      from: { path: '^packages/([^/]+)/' },
      to: { path: '^packages/[^/]+/src/', pathNot: '^packages/$1/' },
    },
    {
      name: 'internal-entries-for-the-command',
      comment: 'Built-in plugins use only what third-party plugins can use.',
      severity: 'error',
      from: { path: '^packages/', pathNot: packageOf('cherenkit|testing') },
      to: { path: '^packages/[^/]+/dist/internal\\.' },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-undeclared',
      comment: 'Imported packages must be declared as dependencies.',
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
