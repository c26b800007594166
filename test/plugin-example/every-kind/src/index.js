import { definePlugin } from '@cherenkit/core';
import { BrightDataVolumeReducer } from './bright-data-volume-reducer.js';
import { CountImageParametrizer } from './count-image-parametrizer.js';
import { CountTool } from './count-tool.js';
import { DriftMonitoringSource } from './drift-monitoring-source.js';
import { LinesDataWriter } from './lines-data-writer.js';
import { MaxStereoCombiner } from './max-stereo-combiner.js';
import { MeanGainSelector } from './mean-gain-selector.js';
import { MultiplicityReconstructor } from './multiplicity-reconstructor.js';
import { NoteFileDisplay } from './note-file-display.js';
import { PeakImageExtractor } from './peak-image-extractor.js';
import { RowsTableExporter } from './rows-table-exporter.js';
import { ScaleImageModifier } from './scale-image-modifier.js';
import { SeveralEventSource } from './several-event-source.js';
import { TopImageCleaner } from './top-image-cleaner.js';
import { ZeroInvalidPixelHandler } from './zero-invalid-pixel-handler.js';

export default definePlugin({
  name: 'every-kind',
  apiVersion: 1,
  components: [
    BrightDataVolumeReducer,
    CountImageParametrizer,
    CountTool,
    DriftMonitoringSource,
    LinesDataWriter,
    MaxStereoCombiner,
    MeanGainSelector,
    MultiplicityReconstructor,
    NoteFileDisplay,
    PeakImageExtractor,
    RowsTableExporter,
    ScaleImageModifier,
    SeveralEventSource,
    TopImageCleaner,
    ZeroInvalidPixelHandler,
  ],
});
