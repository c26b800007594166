/** A kind of component that a new plugin can have. */
export interface PluginKind {
  /** The class that its component extends, and the end of the component's name. */
  readonly className: string;
  /** What `npm start` does in the new package; names are filled in as in the templates. */
  readonly start: string;
}

const process = (input: string, output = 'example.h5'): string =>
  `cherenkit process -c example.yaml -i ${input} -o ${output} --overwrite`;

/** By the names that `cherenkit create-plugin` takes. Each has a folder below templates/kinds. */
export const PLUGIN_KINDS = {
  'event-source': { className: 'EventSource', start: process('example.jsonl') },
  'gain-selector': { className: 'GainSelector', start: process('toymodel:') },
  'image-extractor': { className: 'ImageExtractor', start: process('toymodel:') },
  'data-volume-reducer': { className: 'DataVolumeReducer', start: process('toymodel:') },
  'invalid-pixel-handler': { className: 'InvalidPixelHandler', start: process('"toymodel:?broken_pixels=5"') },
  'image-cleaner': { className: 'ImageCleaner', start: process('toymodel:') },
  'image-modifier': { className: 'ImageModifier', start: process('toymodel:') },
  'image-parametrizer': { className: 'ImageParametrizer', start: process('toymodel:') },
  reconstructor: { className: 'Reconstructor', start: process('toymodel:') },
  'stereo-combiner': { className: 'StereoCombiner', start: 'cherenkit config check example.yaml' },
  'data-writer': { className: 'DataWriter', start: process('toymodel:', 'example.csv') },
  tool: { className: 'Tool', start: 'cherenkit template-command -c example.yaml -i toymodel:' },
} as const satisfies Readonly<Record<string, PluginKind>>;

export type PluginKindName = keyof typeof PLUGIN_KINDS;
