/** Kind of component that a new plugin can provide. */
export interface PluginKind {
  /** Base class of the component, and suffix of its name. */
  readonly className: string;
  /** Command of `npm start` in the new package; placeholders are replaced as in the templates. */
  readonly start: string;
  /** Command shown in the README for using the plugin elsewhere. Default: `process`, with an HDF5 output. */
  readonly usage?: string;
}

/** Default of `usage`. */
export const PROCESS_USAGE = 'cherenkit process -c example.yaml -i FILE -o OUT.h5';

const processCommand = (input: string, output = 'example.h5'): string =>
  `cherenkit process -c example.yaml -i ${input} -o ${output} --overwrite`;

/** Kinds by the names accepted by `cherenkit create-plugin`. Each has a folder in templates/kinds. */
export const PLUGIN_KINDS = {
  'event-source': { className: 'EventSource', start: processCommand('example.jsonl') },
  'gain-selector': { className: 'GainSelector', start: processCommand('toymodel:') },
  'image-extractor': { className: 'ImageExtractor', start: processCommand('toymodel:') },
  'data-volume-reducer': { className: 'DataVolumeReducer', start: processCommand('toymodel:') },
  'invalid-pixel-handler': { className: 'InvalidPixelHandler', start: processCommand('"toymodel:?broken_pixels=5"') },
  'monitoring-source': { className: 'MonitoringSource', start: processCommand('toymodel:') },
  'image-cleaner': { className: 'ImageCleaner', start: processCommand('toymodel:') },
  'image-modifier': { className: 'ImageModifier', start: processCommand('toymodel:') },
  'image-parametrizer': { className: 'ImageParametrizer', start: processCommand('toymodel:') },
  reconstructor: { className: 'Reconstructor', start: processCommand('toymodel:') },
  'stereo-combiner': { className: 'StereoCombiner', start: 'cherenkit config check example.yaml' },
  'data-writer': {
    className: 'DataWriter',
    start: processCommand('toymodel:', 'example.csv'),
    usage: PROCESS_USAGE.replace('.h5', '.csv'),
  },
  tool: {
    className: 'Tool',
    start: 'cherenkit template-command -c example.yaml -i toymodel:',
    usage: 'cherenkit template-command -c example.yaml -i FILE',
  },
} as const satisfies Readonly<Record<string, PluginKind>>;

export type PluginKindName = keyof typeof PLUGIN_KINDS;
