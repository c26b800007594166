import {
  CameraCalibrator,
  DataVolumeReducer,
  GainSelector,
  ImageExtractor,
  InvalidPixelHandler,
  WaveformModifier,
} from './calibration/index.js';
import {
  ImageCleaner,
  ImageModifier,
  ImageParametrizer,
  ImageProcessor,
  ImageQualityQuery,
  QualityQuery,
  StereoQualityQuery,
} from './image/index.js';
import { MonitoringSource } from './monitoring/index.js';
import { MuonAnalysis } from './muon/index.js';
import { DataWriter, FileDisplay, TableExporter } from './output/index.js';
import { ProcessorTool, Tool } from './run/index.js';
import { Reconstructor, ShowerProcessor, StereoCombiner, TableReconstructor } from './reconstruction/index.js';
import { EventTypeFilter, FeatureGenerator, NoiseEventTypeFilter, SoftwareTrigger } from './selection/index.js';
import { EventSource } from './source/index.js';
import { definePlugin } from './framework/plugin/define-plugin.js';

/** The plugin of core: the kinds that other plugins implement, and the components that connect the steps. */
export const corePlugin = definePlugin({
  name: 'core',
  apiVersion: 1,
  kinds: [
    CameraCalibrator,
    DataVolumeReducer,
    DataWriter,
    EventSource,
    EventTypeFilter,
    FeatureGenerator,
    FileDisplay,
    GainSelector,
    ImageCleaner,
    ImageExtractor,
    ImageModifier,
    ImageParametrizer,
    ImageProcessor,
    InvalidPixelHandler,
    MonitoringSource,
    MuonAnalysis,
    QualityQuery,
    Reconstructor,
    ShowerProcessor,
    SoftwareTrigger,
    StereoCombiner,
    TableExporter,
    Tool,
    WaveformModifier,
  ],
  bases: [TableReconstructor],
  components: [
    CameraCalibrator,
    EventTypeFilter,
    FeatureGenerator,
    ImageProcessor,
    ImageQualityQuery,
    NoiseEventTypeFilter,
    ProcessorTool,
    QualityQuery,
    ShowerProcessor,
    SoftwareTrigger,
    StereoQualityQuery,
  ],
});
