// Made from the manifests of the built-in plugins by scripts/write-configuration-types.mjs.

/** A value for all telescopes, or rules of which the last one that matches a telescope wins. */
type PerTelescope<T> =
  T | readonly (readonly ['type', glob: string, value: T] | readonly ['id', telId: number, value: T])[];

/** A word in upper or lower case. */
type AnyCase<T extends string> = T | Lowercase<T> | Uppercase<T>;

/** Components of kind AngularResolutionMakerBase; plugins may have others. */
type AngularResolutionMakerBaseName = 'AngularResolution2dMaker' | (string & {});

/** Components of kind BackgroundRateMakerBase; plugins may have others. */
type BackgroundRateMakerBaseName = 'BackgroundRate2dMaker' | 'BackgroundRate3dMaker' | (string & {});

/** Components of kind BaseAggregator; plugins may have others. */
type BaseAggregatorName = 'HistogramAggregator' | 'PlainAggregator' | 'SigmaClippingAggregator' | (string & {});

/** Components of kind BaseChunking; plugins may have others. */
type BaseChunkingName = 'SizeChunking' | 'TimeChunking' | (string & {});

/** Components of kind CutOptimizerBase; plugins may have others. */
type CutOptimizerBaseName =
  'PercentileCuts' | 'PointSourceSensitivityGhOptimizer' | 'PointSourceSensitivityOptimizer' | (string & {});

/** Components of kind DataVolumeReducer; plugins may have others. */
type DataVolumeReducerName = 'NullDataVolumeReducer' | 'TailCutsDataVolumeReducer' | (string & {});

/** Components of kind DataWriter; plugins may have others. */
type DataWriterName = 'HDF5DataWriter' | 'SimTelEventWriter' | (string & {});

/** Components of kind EffectiveAreaMakerBase; plugins may have others. */
type EffectiveAreaMakerBaseName =
  'EffectiveArea2dMaker' | 'EffectiveArea3dMaker' | 'EffectiveArea3dPolarMaker' | (string & {});

/** Components of kind EnergyBiasResolutionMakerBase; plugins may have others. */
type EnergyBiasResolutionMakerBaseName = 'EnergyBiasResolution2dMaker' | (string & {});

/** Components of kind EnergyDispersionMakerBase; plugins may have others. */
type EnergyDispersionMakerBaseName =
  'EnergyDispersion2dMaker' | 'EnergyDispersion3dMaker' | 'EnergyDispersion3dPolarMaker' | (string & {});

/** Components of kind Estimator; plugins may have others. */
type EstimatorName =
  | 'ExtraTreesClassifier'
  | 'ExtraTreesRegressor'
  | 'HistGradientBoostingClassifier'
  | 'HistGradientBoostingRegressor'
  | 'RandomForestClassifier'
  | 'RandomForestRegressor'
  | (string & {});

/** Components of kind EventSource; plugins may have others. */
type EventSourceName =
  | 'HDF5EventSource'
  | 'LSTEventSource'
  | 'NectarCAMEventSource'
  | 'ProtozfitsDL0EventSource'
  | 'ProtozfitsDL0TelescopeEventSource'
  | 'SST1MEventSource'
  | 'SimTelEventSource'
  | 'ToyModelEventSource'
  | (string & {});

/** Components of kind GainSelector; plugins may have others. */
type GainSelectorName = 'ManualGainSelector' | 'ThresholdGainSelector' | (string & {});

/** Components of kind GraphRunner; plugins may have others. */
type GraphRunnerName = 'NoGraphRunner' | (string & {});

/** Components of kind ImageCleaner; plugins may have others. */
type ImageCleanerName =
  | 'FACTImageCleaner'
  | 'MARSImageCleaner'
  | 'NSBImageCleaner'
  | 'TailcutsImageCleaner'
  | 'TimeConstrainedImageCleaner'
  | (string & {});

/** Components of kind ImageExtractor; plugins may have others. */
type ImageExtractorName =
  | 'BaselineSubtractedNeighborPeakWindowSum'
  | 'FixedWindowSum'
  | 'FlashCamExtractor'
  | 'FullWaveformSum'
  | 'GlobalPeakWindowSum'
  | 'LocalPeakWindowSum'
  | 'NeighborPeakWindowSum'
  | 'SlidingWindowMaxSum'
  | 'TwoPassWindowSum'
  | 'VarianceExtractor'
  | (string & {});

/** Components of kind ImageModifier; plugins may have others. */
type ImageModifierName = 'NoiseImageModifier' | (string & {});

/** Components of kind ImageParametrizer; plugins may have others. */
type ImageParametrizerName = 'HillasParametrizer' | (string & {});

/** Components of kind InvalidPixelHandler; plugins may have others. */
type InvalidPixelHandlerName = 'NeighborAverage' | (string & {});

/** Components of kind MonitoringSource; plugins may have others. */
type MonitoringSourceName = 'HDF5MonitoringSource' | (string & {});

/** Components of kind MuonAnalysis; plugins may have others. */
type MuonAnalysisName = 'MuonProcessor' | (string & {});

/** Components of kind PSFMakerBase; plugins may have others. */
type PSFMakerBaseName = 'PSF3DMaker' | (string & {});

/** Components of kind Reconstructor; plugins may have others. */
type ReconstructorName =
  | 'DispReconstructor'
  | 'EnergyRegressor'
  | 'HillasIntersection'
  | 'HillasReconstructor'
  | 'ImPACTReconstructor'
  | 'ParticleClassifier'
  | (string & {});

/** Components of kind SensitivityMakerBase; plugins may have others. */
type SensitivityMakerBaseName = 'Sensitivity2dMaker' | (string & {});

/** Components of kind StereoCombiner; plugins may have others. */
type StereoCombinerName = 'StereoDispCombiner' | 'StereoMeanCombiner' | (string & {});

/** Components of kind WaveformModifier; plugins may have others. */
type WaveformModifierName = 'NoiseWaveformModifier' | (string & {});

/** Traits that AngularResolution2dMaker declares. */
interface AngularResolution2dMakerTraits {
  /** Lower edge of the first bin in the angle to the pointing. (quantity in deg, such as "1 deg", at least 0; default 0) */
  readonly fov_offset_min?: number | string | undefined;
  /** Upper edge of the last bin in the angle to the pointing. (quantity in deg, such as "1 deg", at least 0; default 5) */
  readonly fov_offset_max?: number | string | undefined;
  /** Number of bins in the angle to the pointing. (integer, at least 1; default 1) */
  readonly fov_offset_n_bins?: number | undefined;
}

/** Traits that AngularResolutionMakerBase declares. */
interface AngularResolutionMakerBaseTraits {
  /** Lower edge of the first bin in reconstructed energy. (quantity in TeV, such as "1 TeV"; default 0.015) */
  readonly reco_energy_min?: number | string | undefined;
  /** Upper edge of the last bin in reconstructed energy. (quantity in TeV, such as "1 TeV"; default 150) */
  readonly reco_energy_max?: number | string | undefined;
  /** Least number of bins in reconstructed energy per decade. (integer, at least 1; default 5) */
  readonly reco_energy_n_bins_per_decade?: number | undefined;
  /** Use bins in reconstructed instead of true energy. (true or false; default false) */
  readonly use_reco_energy?: boolean | undefined;
  /** Fractions of the events within the angles. (list of (number, 0 to 1); default [0.25,0.5,0.68,0.95]) */
  readonly quantiles?: readonly number[] | undefined;
}

/** Traits that ApplyModels declares. */
interface ApplyModelsTraits {
  /** The input, an HDF5 file with image parameters and showers. (path; default "") */
  readonly input_url?: string | undefined;
  /** The output: a copy of the input with the predictions. (path; default "") */
  readonly output_path?: string | undefined;
  /** Models, ONNX files, in the order in which they are applied: models may use predictions of those before them. (list of (path); default []) */
  readonly reconstructor_paths?: readonly string[] | undefined;
  /** Number of array events that are in memory at once. Has no effect on the results. (integer, at least 1; default 10000) */
  readonly chunk_size?: number | undefined;
  /** Replace an existing output file. (true or false; default false) */
  readonly overwrite?: boolean | undefined;
  /** Leave out telescopes of types for which a model has no estimator, with a warning, as ctapipe does. (true or false; default false) */
  readonly skip_missing_models?: boolean | undefined;
  /** Component that evaluates models that are no tree ensembles. (name of a component of kind GraphRunner; default "NoGraphRunner") */
  readonly graph_runner?: GraphRunnerName | undefined;
  /** Number of threads of ctapipe; has no effect on results, and is not used. (integer, at least -1, or null; default null) */
  readonly n_jobs?: number | null | undefined;
  /** Accepted for ctapipe. (true or false; default true) */
  readonly progress_bar?: boolean | undefined;
}

/** Traits that BackgroundRate2dMaker declares. */
interface BackgroundRate2dMakerTraits {
  /** Lower edge of the first bin in the angle to the pointing. (quantity in deg, such as "1 deg", at least 0; default 0) */
  readonly fov_offset_min?: number | string | undefined;
  /** Upper edge of the last bin in the angle to the pointing. (quantity in deg, such as "1 deg", at least 0; default 5) */
  readonly fov_offset_max?: number | string | undefined;
  /** Number of bins in the angle to the pointing. (integer, at least 1; default 1) */
  readonly fov_offset_n_bins?: number | undefined;
}

/** Traits that BackgroundRate3dMaker declares. */
interface BackgroundRate3dMakerTraits {
  /** Largest longitude and latitude; the least ones are its negative. (quantity in deg, such as "1 deg", 0.01 to 80; default 5) */
  readonly fov_lon_lat_max?: number | string | undefined;
  /** Number of bins in longitude, and in latitude. (integer, at least 1; default 10) */
  readonly fov_lon_lat_n_bins?: number | undefined;
}

/** Traits that BaseAggregator declares. */
interface BaseAggregatorTraits {
  /** How events are divided into chunks. (name of a component of kind BaseChunking; default "SizeChunking") */
  readonly chunking_type?: BaseChunkingName | undefined;
}

/** Traits that BaseChunking declares. */
interface BaseChunkingTraits {
  /** Make one chunk of all events, if there are fewer than the size of a chunk, instead of refusing them. (true or false; default false) */
  readonly allow_undersized_tables?: boolean | undefined;
  /** Events after the last whole chunk: make a chunk of full size that overlaps with the one before, a smaller chunk, or none. (overlap or truncate or skip; default "overlap") */
  readonly last_chunk_policy?: 'overlap' | 'truncate' | 'skip' | undefined;
}

/** Traits that BaselineSubtractedNeighborPeakWindowSum declares. */
interface BaselineSubtractedNeighborPeakWindowSumTraits {
  /** First sample of the baseline. (integer; default 0) */
  readonly baseline_start?: number | undefined;
  /** First sample after the baseline. (integer; default 10) */
  readonly baseline_end?: number | undefined;
}

/** Traits that CameraCalibrator declares. */
interface CameraCalibratorTraits {
  /** The data volume reducer, which selects the pixels whose waveforms are kept. (name of a component of kind DataVolumeReducer; per telescope; default "NullDataVolumeReducer") */
  readonly data_volume_reducer_type?: PerTelescope<DataVolumeReducerName> | undefined;
  /** The image extractor, which extracts charge and peak time from the waveforms. (name of a component of kind ImageExtractor; per telescope; default "NeighborPeakWindowSum") */
  readonly image_extractor_type?: PerTelescope<ImageExtractorName> | undefined;
  /** The handler of invalid pixels, which replaces their charges and peak times. (name of a component of kind InvalidPixelHandler, or null; per telescope; default "NeighborAverage") */
  readonly invalid_pixel_handler_type?: PerTelescope<InvalidPixelHandlerName | null> | undefined;
  /** Align the pixel waveforms by whole samples before the charge is extracted. (true or false; per telescope; default false) */
  readonly apply_waveform_time_shift?: PerTelescope<boolean> | undefined;
  /** Subtract the time shifts from the peak times; if waveforms are aligned, only the fraction of a sample that remains. (true or false; per telescope; default true) */
  readonly apply_peak_time_shift?: PerTelescope<boolean> | undefined;
}

/** Traits that CameraCoefficientsCalculator declares. */
interface CameraCoefficientsCalculatorTraits {
  /** Squared excess noise factor of the photosensors: 1 + (relative standard deviation of the charge of one photo-electron)^2. (number, at least 1; per telescope; default 1.222) */
  readonly squared_excess_noise?: PerTelescope<number> | undefined;
  /** Relative standard deviation of the light from flash to flash, which is subtracted from the variance of the charges. (number, at least 0; per telescope; default 0) */
  readonly flash_spread?: PerTelescope<number> | undefined;
  /** Number of samples whose sum is the charge of the calibration events. (integer, at least 1; per telescope; default 7) */
  readonly window_width?: PerTelescope<number> | undefined;
  /** Make the charges of flat fields equal in all pixels, instead of using the gain of each pixel alone, whose uncertainty is larger. (true or false; per telescope; default true) */
  readonly uniform_light?: PerTelescope<boolean> | undefined;
  /** Lowest and highest conversion factor of a usable pixel, relative to the median of the camera. ([number, number]; default [0.25,4]) */
  readonly relative_factor_range?: readonly [number, number] | undefined;
  /** Fraction of unusable pixels from which on the coefficients are not valid. (number; default 0.1) */
  readonly faulty_pixels_fraction?: number | undefined;
}

/** Traits that CameraCoefficientsTool declares. */
interface CameraCoefficientsToolTraits {
  /** The output, an HDF5 file with monitoring data. (path; default "") */
  readonly output_path?: string | undefined;
  /** Ids of the telescopes to use; default: all. (list of integers, or "1,2,5-9", or null; default null) */
  readonly allowed_tels?: number | readonly number[] | string | null | undefined;
  /** Compute the shifts of peak times, for which statistics of the peak times of flat-field events are required. (true or false; default true) */
  readonly time_shifts?: boolean | undefined;
}

/** Traits that CheckTool declares. */
interface CheckToolTraits {
  /** Files to check. @LIST reads their paths from a file, one per line. (list of (path); default []) */
  readonly input_files?: readonly string[] | undefined;
  /** Copy what can be read of one damaged file to this new file, and list what is lost. (path, or null; default null) */
  readonly salvage_output?: string | null | undefined;
}

/** Traits that Contact declares. */
interface ContactTraits {
  /** Name of the contact person. (string; default "unknown") */
  readonly name?: string | undefined;
  /** Email address of the contact person. (string; default "unknown") */
  readonly email?: string | undefined;
  /** Organization of the contact person. (string; default "unknown") */
  readonly organization?: string | undefined;
}

/** Traits that CreateDL3Tool declares. */
interface CreateDL3ToolTraits {
  /** DL2 files of observed or simulated events. Events of the same observation block form one event list. (list of (path); default []) */
  readonly input_files?: readonly string[] | undefined;
  /** File of cuts, of optimize-event-selection. (path, or null; default null) */
  readonly cuts_file?: string | null | undefined;
  /** File of responses, of compute-irf. (path, or null; default null) */
  readonly irf_file?: string | null | undefined;
  /** Existing directory of the output files, dl3_OBS.fits.gz. (path; default ".") */
  readonly output_dir?: string | undefined;
  /** Replace existing output files. (true or false; default false) */
  readonly overwrite?: boolean | undefined;
  /** Number of events to read at once. (integer, at least 1; default 100000) */
  readonly chunk_size?: number | undefined;
  /** Right ascension of the pointing of simulated events. Default: 0 deg. (quantity in deg, such as "1 deg", or null; default null) */
  readonly pointing_ra?: number | string | null | undefined;
  /** Declination of the pointing of simulated events. Default: 0 deg. (quantity in deg, such as "1 deg", -90 to 90, or null; default null) */
  readonly pointing_dec?: number | string | null | undefined;
  /** Duration of each observation. Default: from its first to its last event. (quantity in s, such as "1 s", more than 0 and at most 1000000000, or null; default null) */
  readonly on_time?: number | string | null | undefined;
  /** Fraction of the time in which no event can be recorded. Default: 0. (number, at least 0 and less than 1, or null; default null) */
  readonly dead_time_fraction?: number | null | undefined;
  /** Name of the target. Default: unknown. (string, or null; default null) */
  readonly object?: string | null | undefined;
  /** Right ascension of the target. (quantity in deg, such as "1 deg", or null; default null) */
  readonly object_ra?: number | string | null | undefined;
  /** Declination of the target. (quantity in deg, such as "1 deg", -90 to 90, or null; default null) */
  readonly object_dec?: number | string | null | undefined;
  /** Organisation that provides the data. Default: unknown. (string, or null; default null) */
  readonly origin?: string | null | undefined;
  /** Name of the observatory. Default: name of the array. (string, or null; default null) */
  readonly telescope?: string | null | undefined;
  /** Name of the instrument. Default: name of the array. (string, or null; default null) */
  readonly instrument?: string | null | undefined;
}

/** Traits that CrossValidator declares. */
interface CrossValidatorTraits {
  /** Number of folds: each is predicted by a model that is trained on the others. 0: no cross-validation. (integer, 0 to 100; default 5) */
  readonly n_cross_validations?: number | undefined;
  /** HDF5 file of the predictions of all events by models that were not trained on them. (path, or null; default null) */
  readonly output_path?: string | null | undefined;
  /** Seed of the division into folds. (integer, at least 0; default 1337) */
  readonly rng_seed?: number | undefined;
  /** Keep all telescopes of an array event in the same fold (events), or divide telescope events as ctapipe does (rows). (events or rows; default "events") */
  readonly group_by?: 'events' | 'rows' | undefined;
}

/** Traits that DL2EventLoader declares. */
interface DL2EventLoaderTraits {
  /** Method of TableLoader that reads the events. (read_subarray_events_chunked; default "read_subarray_events_chunked") */
  readonly event_reader_function?: 'read_subarray_events_chunked' | undefined;
  /** Whether the energies of the simulated showers are those of the power law of the settings, as in ctapipe, or those of the histograms in the file. (power_law or histogram; default "power_law") */
  readonly simulated_energies?: 'power_law' | 'histogram' | undefined;
  /** Options of that method, such as its traits. (mapping; default {}) */
  readonly event_reader_kwargs?: Readonly<Record<string, unknown>> | undefined;
}

/** Traits that DL2EventPreprocessor declares. */
interface DL2EventPreprocessorTraits {
  /** Prefix of the column of the reconstructed energy. (string; default "RandomForestRegressor") */
  readonly energy_reconstructor?: string | undefined;
  /** Prefix of the columns of the reconstructed direction. (string; default "HillasReconstructor") */
  readonly geometry_reconstructor?: string | undefined;
  /** Prefix of the column of the predicted gammaness. (string; default "RandomForestClassifier") */
  readonly gammaness_classifier?: string | undefined;
  /** Compute angles to the source and to the pointing, and the multiplicity. (true or false; default true) */
  readonly apply_derived_columns?: boolean | undefined;
  /** Accept pointings that differ between runs, or are not given in altitude and azimuth. (true or false; default false) */
  readonly allow_unsupported_pointing_frames?: boolean | undefined;
  /** New names of columns by their names in the file. null: those of the reconstructors. (mapping, or null; default null) */
  readonly columns_to_rename?: Readonly<Record<string, unknown>> | null | undefined;
}

/** Traits that DL2EventQualityQuery declares. */
interface DL2EventQualityQueryTraits {
  /** (name, expression) pairs over the columns of the events; all must evaluate to True. (list of ([string, expression]); default [["valid classifier","RandomForestClassifier_is_valid"],["valid geom reco","HillasReconstructor_is_valid"],["valid energy reco","RandomForestRegressor_is_valid"]]) */
  readonly quality_criteria?: readonly (readonly [string, string])[] | undefined;
}

/** Traits that DataWriter declares. */
interface DataWriterTraits {
  /** The output file. (path; default "events.dl1.h5") */
  readonly output_path?: string | undefined;
  /** Replace the output file if it exists. (true or false; default false) */
  readonly overwrite?: boolean | undefined;
  /** Write raw waveforms. (true or false; default false) */
  readonly write_r0_waveforms?: boolean | undefined;
  /** Write calibrated waveforms. (true or false; default false) */
  readonly write_r1_waveforms?: boolean | undefined;
  /** Write images and peak times. (true or false; default false) */
  readonly write_dl1_images?: boolean | undefined;
  /** Write image parameters. (true or false; default true) */
  readonly write_dl1_parameters?: boolean | undefined;
  /** Find muons and write their rings. (true or false; default false) */
  readonly write_muon_parameters?: boolean | undefined;
  /** Write reconstructed showers. (true or false; default false) */
  readonly write_dl2?: boolean | undefined;
}

/** Traits that DefaultFoVOffsetBins declares. */
interface DefaultFoVOffsetBinsTraits {
  /** Lower edge of the first bin in the angle to the pointing. (quantity in deg, such as "1 deg", at least 0; default 0) */
  readonly fov_offset_min?: number | string | undefined;
  /** Upper edge of the last bin in the angle to the pointing. (quantity in deg, such as "1 deg", at least 0; default 5) */
  readonly fov_offset_max?: number | string | undefined;
  /** Number of bins in the angle to the pointing. (integer, at least 1; default 1) */
  readonly fov_offset_n_bins?: number | undefined;
}

/** Traits that DefaultFoVPhiBins declares. */
interface DefaultFoVPhiBinsTraits {
  /** Number of bins in the position angle. (integer, at least 1; default 4) */
  readonly fov_phi_n_bins?: number | undefined;
}

/** Traits that DefaultRecoEnergyBins declares. */
interface DefaultRecoEnergyBinsTraits {
  /** Lower edge of the first bin in reconstructed energy. (quantity in TeV, such as "1 TeV"; default 0.015) */
  readonly reco_energy_min?: number | string | undefined;
  /** Upper edge of the last bin in reconstructed energy. (quantity in TeV, such as "1 TeV"; default 150) */
  readonly reco_energy_max?: number | string | undefined;
  /** Least number of bins in reconstructed energy per decade. (integer, at least 1; default 5) */
  readonly reco_energy_n_bins_per_decade?: number | undefined;
}

/** Traits that DefaultTrueEnergyBins declares. */
interface DefaultTrueEnergyBinsTraits {
  /** Lower edge of the first bin in true energy. (quantity in TeV, such as "1 TeV"; default 0.015) */
  readonly true_energy_min?: number | string | undefined;
  /** Upper edge of the last bin in true energy. (quantity in TeV, such as "1 TeV"; default 150) */
  readonly true_energy_max?: number | string | undefined;
  /** Least number of bins in true energy per decade. (integer, at least 1; default 10) */
  readonly true_energy_n_bins_per_decade?: number | undefined;
}

/** Traits that DiffTool declares. */
interface DiffToolTraits {
  /** The two files to compare. (list of (path); default []) */
  readonly input_files?: readonly string[] | undefined;
  /** Tolerance of floats, relative to the larger of the value and the median magnitude of its column. (number, at least 0; default 0) */
  readonly rtol?: number | undefined;
  /** Ignore what says how a file was made: configurations, plugins, merged files, records of runs. Merged shards then equal a single run. (true or false; default false) */
  readonly ignore_provenance?: boolean | undefined;
  /** Print JSON: the number of equal tables, and the differences. (true or false; default false) */
  readonly json?: boolean | undefined;
}

/** Traits that DispReconstructor declares. */
interface DispReconstructorTraits {
  /** The estimator of absolute values to train. (name of a component of kind Estimator, or null; default "HistGradientBoostingRegressor") */
  readonly norm_cls?: EstimatorName | null | undefined;
  /** Parameters of the estimator of absolute values. (mapping; default {}) */
  readonly norm_config?: Readonly<Record<string, unknown>> | undefined;
  /** The estimator of signs to train. (name of a component of kind Estimator, or null; default "HistGradientBoostingClassifier") */
  readonly sign_cls?: EstimatorName | null | undefined;
  /** Parameters of the estimator of signs. (mapping; default {}) */
  readonly sign_config?: Readonly<Record<string, unknown>> | undefined;
  /** Train the natural logarithm of the absolute value. (true or false; default false) */
  readonly log_target?: boolean | undefined;
}

/** Traits that DisplayTool declares. */
interface DisplayToolTraits {
  /** Id of the event. None: the first event with images. (integer, or null; default null) */
  readonly event?: number | null | undefined;
  /** Telescope. None: all telescopes, the ground and the sky. (integer, at least 0, or null; default null) */
  readonly tel?: number | null | undefined;
  /** The picture: a name that ends with .svg, .png or .html. (path; default "") */
  readonly output_path?: string | undefined;
  /** Replace an existing output file. (true or false; default false) */
  readonly overwrite?: boolean | undefined;
  /** Print the images as text, for terminals without graphics. (true or false; default false) */
  readonly terminal?: boolean | undefined;
  /** Colour map of the images. (string; default "inferno") */
  readonly cmap?: string | undefined;
  /** Scale of the colours. (lin or log or symlog; default "lin") */
  readonly norm?: 'lin' | 'log' | 'symlog' | undefined;
  /** Colours of texts and backgrounds. (light or dark; default "light") */
  readonly theme?: 'light' | 'dark' | undefined;
  /** Show the surroundings of the images instead of whole cameras. (true or false; default false) */
  readonly zoom?: boolean | undefined;
  /** Dots of a PNG per pixel of the picture. (number, 0.1 to 10; default 2) */
  readonly scale?: number | undefined;
  /** Number of waveforms drawn with --tel. (integer, 0 to 20; default 3) */
  readonly waveforms?: number | undefined;
  /** Process all events and write a report of them, a page (.html). (true or false; default false) */
  readonly all?: boolean | undefined;
  /** Number of events whose pictures a report contains. (integer, 0 to 1000; default 60) */
  readonly max_pictures?: number | undefined;
}

/** Traits that DumpInstrumentTool declares. */
interface DumpInstrumentToolTraits {
  /** Format of the output files; service: the directory of CTAO's service data. (fits or ecsv or hdf5 or service; default "fits") */
  readonly format?: 'fits' | 'ecsv' | 'hdf5' | 'service' | undefined;
  /** Directory of the output files; created if it does not exist. (path; default ".") */
  readonly outdir?: string | undefined;
  /** Replace existing files. (true or false; default false) */
  readonly overwrite?: boolean | undefined;
}

/** Traits that EffectiveArea2dMaker declares. */
interface EffectiveArea2dMakerTraits {
  /** Lower edge of the first bin in the angle to the pointing. (quantity in deg, such as "1 deg", at least 0; default 0) */
  readonly fov_offset_min?: number | string | undefined;
  /** Upper edge of the last bin in the angle to the pointing. (quantity in deg, such as "1 deg", at least 0; default 5) */
  readonly fov_offset_max?: number | string | undefined;
  /** Number of bins in the angle to the pointing. (integer, at least 1; default 1) */
  readonly fov_offset_n_bins?: number | undefined;
}

/** Traits that EffectiveArea3dMaker declares. */
interface EffectiveArea3dMakerTraits {
  /** Largest longitude and latitude; the least ones are its negative. (quantity in deg, such as "1 deg", 0.01 to 80; default 5) */
  readonly fov_lon_lat_max?: number | string | undefined;
  /** Number of bins in longitude, and in latitude. (integer, at least 1; default 10) */
  readonly fov_lon_lat_n_bins?: number | undefined;
}

/** Traits that EffectiveArea3dPolarMaker declares. */
interface EffectiveArea3dPolarMakerTraits {
  /** Lower edge of the first bin in the angle to the pointing. (quantity in deg, such as "1 deg", at least 0; default 0) */
  readonly fov_offset_min?: number | string | undefined;
  /** Upper edge of the last bin in the angle to the pointing. (quantity in deg, such as "1 deg", at least 0; default 5) */
  readonly fov_offset_max?: number | string | undefined;
  /** Number of bins in the angle to the pointing. (integer, at least 1; default 1) */
  readonly fov_offset_n_bins?: number | undefined;
  /** Number of bins in the position angle. (integer, at least 1; default 4) */
  readonly fov_phi_n_bins?: number | undefined;
}

/** Traits that EnergyBiasResolution2dMaker declares. */
interface EnergyBiasResolution2dMakerTraits {
  /** Lower edge of the first bin in the angle to the pointing. (quantity in deg, such as "1 deg", at least 0; default 0) */
  readonly fov_offset_min?: number | string | undefined;
  /** Upper edge of the last bin in the angle to the pointing. (quantity in deg, such as "1 deg", at least 0; default 5) */
  readonly fov_offset_max?: number | string | undefined;
  /** Number of bins in the angle to the pointing. (integer, at least 1; default 1) */
  readonly fov_offset_n_bins?: number | undefined;
}

/** Traits that EnergyDispersion2dMaker declares. */
interface EnergyDispersion2dMakerTraits {
  /** Lower edge of the first bin in the angle to the pointing. (quantity in deg, such as "1 deg", at least 0; default 0) */
  readonly fov_offset_min?: number | string | undefined;
  /** Upper edge of the last bin in the angle to the pointing. (quantity in deg, such as "1 deg", at least 0; default 5) */
  readonly fov_offset_max?: number | string | undefined;
  /** Number of bins in the angle to the pointing. (integer, at least 1; default 1) */
  readonly fov_offset_n_bins?: number | undefined;
}

/** Traits that EnergyDispersion3dMaker declares. */
interface EnergyDispersion3dMakerTraits {
  /** Largest longitude and latitude; the least ones are its negative. (quantity in deg, such as "1 deg", 0.01 to 80; default 5) */
  readonly fov_lon_lat_max?: number | string | undefined;
  /** Number of bins in longitude, and in latitude. (integer, at least 1; default 10) */
  readonly fov_lon_lat_n_bins?: number | undefined;
}

/** Traits that EnergyDispersion3dPolarMaker declares. */
interface EnergyDispersion3dPolarMakerTraits {
  /** Lower edge of the first bin in the angle to the pointing. (quantity in deg, such as "1 deg", at least 0; default 0) */
  readonly fov_offset_min?: number | string | undefined;
  /** Upper edge of the last bin in the angle to the pointing. (quantity in deg, such as "1 deg", at least 0; default 5) */
  readonly fov_offset_max?: number | string | undefined;
  /** Number of bins in the angle to the pointing. (integer, at least 1; default 1) */
  readonly fov_offset_n_bins?: number | undefined;
  /** Number of bins in the position angle. (integer, at least 1; default 4) */
  readonly fov_phi_n_bins?: number | undefined;
}

/** Traits that EnergyDispersionMakerBase declares. */
interface EnergyDispersionMakerBaseTraits {
  /** Least ratio of reconstructed and true energy. (number, at least 0; default 0.2) */
  readonly energy_migration_min?: number | undefined;
  /** Largest ratio of reconstructed and true energy. (number, at least 0; default 5) */
  readonly energy_migration_max?: number | undefined;
  /** Number of bins of this ratio. (integer, at least 1; default 30) */
  readonly energy_migration_n_bins?: number | undefined;
  /** Whether the bins of this ratio have equal widths or equal ratios. (linear or logarithmic; default "logarithmic") */
  readonly energy_migration_binning?: AnyCase<'linear' | 'logarithmic'> | undefined;
}

/** Traits that EnergyRegressor declares. */
interface EnergyRegressorTraits {
  /** The estimator to train. (name of a component of kind Estimator, or null; default "HistGradientBoostingRegressor") */
  readonly model_cls?: EstimatorName | null | undefined;
  /** Parameters of the estimator to train. (mapping; default {}) */
  readonly model_config?: Readonly<Record<string, unknown>> | undefined;
  /** Train the natural logarithm of the energy. (true or false; default false) */
  readonly log_target?: boolean | undefined;
}

/** Traits that EventPreprocessor declares. */
interface EventPreprocessorTraits {
  /** Prefix of the column of the reconstructed energy. (string; default "RandomForestRegressor") */
  readonly energy_reconstructor?: string | undefined;
  /** Prefix of the columns of the reconstructed direction. (string; default "HillasReconstructor") */
  readonly geometry_reconstructor?: string | undefined;
  /** Prefix of the column of the predicted gammaness. (string; default "RandomForestClassifier") */
  readonly gammaness_reconstructor?: string | undefined;
  /** Features, criteria and columns: custom for those of the configuration, or dl2_irf for those of instrument responses. (custom or dl2_irf; default "custom") */
  readonly feature_set?: AnyCase<'custom' | 'dl2_irf'> | undefined;
  /** Columns to keep, with those of FeatureGenerator. Only for the feature set custom. (list of (string); default []) */
  readonly features?: readonly string[] | undefined;
}

/** Traits that EventSelectionOptimizer declares. */
interface EventSelectionOptimizerTraits {
  /** DL2 file of gammas. (path, or null; default null) */
  readonly gamma_file?: string | null | undefined;
  /** Spectrum to which gammas are weighted. (CRAB_HEGRA or IRFDOC_ELECTRON_SPECTRUM or IRFDOC_PROTON_SPECTRUM; default "CRAB_HEGRA") */
  readonly gamma_target_spectrum?: 'CRAB_HEGRA' | 'IRFDOC_ELECTRON_SPECTRUM' | 'IRFDOC_PROTON_SPECTRUM' | undefined;
  /** DL2 file of protons. (path, or null; default null) */
  readonly proton_file?: string | null | undefined;
  /** Spectrum to which protons are weighted. (CRAB_HEGRA or IRFDOC_ELECTRON_SPECTRUM or IRFDOC_PROTON_SPECTRUM; default "IRFDOC_PROTON_SPECTRUM") */
  readonly proton_target_spectrum?: 'CRAB_HEGRA' | 'IRFDOC_ELECTRON_SPECTRUM' | 'IRFDOC_PROTON_SPECTRUM' | undefined;
  /** DL2 file of electrons. (path, or null; default null) */
  readonly electron_file?: string | null | undefined;
  /** Spectrum to which electrons are weighted. (CRAB_HEGRA or IRFDOC_ELECTRON_SPECTRUM or IRFDOC_PROTON_SPECTRUM; default "IRFDOC_ELECTRON_SPECTRUM") */
  readonly electron_target_spectrum?: 'CRAB_HEGRA' | 'IRFDOC_ELECTRON_SPECTRUM' | 'IRFDOC_PROTON_SPECTRUM' | undefined;
  /** Number of events to read at once. (integer, at least 1; default 100000) */
  readonly chunk_size?: number | undefined;
  /** Observation time to which events are weighted, for the sensitivity and the background rate. (quantity in h, such as "1 h", more than 0; default 50) */
  readonly obs_time?: number | string | undefined;
  /** Replace existing output files. (true or false; default false) */
  readonly overwrite?: boolean | undefined;
  /** Output file of the cuts. (path; default "./Selection_Cuts.fits") */
  readonly output_path?: string | undefined;
  /** Component that finds the cuts. (name of a component of kind CutOptimizerBase; default "PointSourceSensitivityOptimizer") */
  readonly optimization_algorithm?: CutOptimizerBaseName | undefined;
}

/** Traits that EventSource declares. */
interface EventSourceTraits {
  /** The input: a path or a URL. (path; default "") */
  readonly input_url?: string | undefined;
  /** Stop after this many events. (integer, at least 1, or null; default null) */
  readonly max_events?: number | null | undefined;
  /** Telescopes to read, such as 1,2,5-9. Default: all. (list of integers, at least 0, or "1,2,5-9", or null; default null) */
  readonly allowed_tels?: number | readonly number[] | string | null | undefined;
  /** Accept truncated input; keep the events before the truncation. (true or false; default false) */
  readonly allow_truncated?: boolean | undefined;
}

/** Traits that EventTimeCalculator declares. */
interface EventTimeCalculatorTraits {
  /** Source of the times: the counters of a module (dragon), or the central time stamping (ucts). (ucts or dragon; per telescope; default "dragon") */
  readonly timestamp?: PerTelescope<'ucts' | 'dragon'> | undefined;
  /** Time of the reference event, TAI since 1970. Default: that of the first event. (integer in ns, or null; per telescope; default null) */
  readonly dragon_reference_time?: PerTelescope<number | string | null> | undefined;
  /** Counter of the reference event. (integer in ns, or null; per telescope; default null) */
  readonly dragon_reference_counter?: PerTelescope<number | string | null> | undefined;
  /** Module whose counters are used. Default: the first one that works. (integer, at least 0, or null; per telescope; default null) */
  readonly dragon_module_id?: PerTelescope<number | null> | undefined;
  /** File of the run summary of the night (ECSV), with the reference of each run. Values of other traits replace those of the file. (path, or null; per telescope; default null) */
  readonly run_summary_path?: PerTelescope<string | null> | undefined;
  /** Take the reference from the first event, if none is given. That is right for the first file of a run only. (true or false; default true) */
  readonly extract_reference?: boolean | undefined;
}

/** Traits that EventTypeFilter declares. */
interface EventTypeFilterTraits {
  /** Event types to keep, as names or numbers. null: all. (list of (FLATFIELD or SINGLE_PE or PEDESTAL or DARK_PEDESTAL or ELECTRONIC_PEDESTAL or SKY_PEDESTAL or OTHER_CALIBRATION or MUON or HARDWARE_STEREO or RANDOM_MONO or DAQ or SUBARRAY or LONG_EVENT or UNKNOWN), or null; default null) */
  readonly allowed_types?:
    | readonly (
        | AnyCase<
            | 'FLATFIELD'
            | 'SINGLE_PE'
            | 'PEDESTAL'
            | 'DARK_PEDESTAL'
            | 'ELECTRONIC_PEDESTAL'
            | 'SKY_PEDESTAL'
            | 'OTHER_CALIBRATION'
            | 'MUON'
            | 'HARDWARE_STEREO'
            | 'RANDOM_MONO'
            | 'DAQ'
            | 'SUBARRAY'
            | 'LONG_EVENT'
            | 'UNKNOWN'
          >
        | 0
        | 1
        | 2
        | 3
        | 4
        | 5
        | 15
        | 16
        | 17
        | 18
        | 24
        | 32
        | 33
        | 255
      )[]
    | null
    | undefined;
}

/** Traits that EventWeighter declares. */
interface EventWeighterTraits {
  /** Spectrum to which events are weighted. (CRAB_HEGRA or IRFDOC_ELECTRON_SPECTRUM or IRFDOC_PROTON_SPECTRUM; default "CRAB_HEGRA") */
  readonly target_spectrum_name?: 'CRAB_HEGRA' | 'IRFDOC_ELECTRON_SPECTRUM' | 'IRFDOC_PROTON_SPECTRUM' | undefined;
  /** Whether the simulated spectrum is a flux per solid angle. (true or false; default true) */
  readonly is_diffuse?: boolean | undefined;
  /** Column of the energies. (string; default "true_energy") */
  readonly energy_column?: string | undefined;
  /** Column of the weights. (string; default "weight") */
  readonly weight_column?: string | undefined;
}

/** Traits that ExportTool declares. */
interface ExportToolTraits {
  /** The HDF5 file. (list of (path); default []) */
  readonly input_files?: readonly string[] | undefined;
  /** Paths of tables with the same columns, whose rows are written one after the other; * stands for any text. (list of (string); default []) */
  readonly table?: readonly string[] | undefined;
  /** Names of the columns to write. Empty: all. (list of (string); default []) */
  readonly columns?: readonly string[] | undefined;
  /** Format: csv, parquet, or that of a plugin. None: by the suffix of the output. (string, or null; default null) */
  readonly format?: string | null | undefined;
  /** The output file; - writes CSV to standard output. (path; default "") */
  readonly output_path?: string | undefined;
  /** Replace an existing output file. (true or false; default false) */
  readonly overwrite?: boolean | undefined;
  /** Rows that are in memory at once; a row group of Parquet, a record batch of Arrow. (integer, at least 1; default 10000) */
  readonly chunk_rows?: number | undefined;
}

/** Traits that FACTImageCleaner declares. */
interface FACTImageCleanerTraits {
  /** Limit of the difference in peak time between neighbours. (number in ns; per telescope; default 5) */
  readonly time_limit_ns?: PerTelescope<number> | undefined;
}

/** Traits that FeatureGenerator declares. */
interface FeatureGeneratorTraits {
  /** (name, expression) pairs, which may use columns, features before them, `np`, `u` and `subarray`. Columns with a unit are quantities. (list of ([string, expression]); default []) */
  readonly features?: readonly (readonly [string, string])[] | undefined;
}

/** Traits that FileInfoTool declares. */
interface FileInfoToolTraits {
  /** Files. @LIST reads their paths from a file, one per line. (list of (path); default []) */
  readonly input_files?: readonly string[] | undefined;
  /** Print one line per attribute, with its whole name. (true or false; default false) */
  readonly flat?: boolean | undefined;
  /** Print JSON. (true or false; default false) */
  readonly json?: boolean | undefined;
  /** Table with a row per file and a column per attribute. (path, or null; default null) */
  readonly output_table?: string | null | undefined;
  /** Format of the table. None: by its suffix; CSV for other suffixes. (csv or ecsv or fits, or null; default null) */
  readonly table_format?: 'csv' | 'ecsv' | 'fits' | null | undefined;
  /** Replace an existing output table. (true or false; default false) */
  readonly overwrite?: boolean | undefined;
}

/** Traits that FixedWindowSum declares. */
interface FixedWindowSumTraits {
  /** Number of samples in the window before peak_index. (integer; per telescope; default 0) */
  readonly window_shift?: PerTelescope<number> | undefined;
  /** Sample around which the window is placed. (integer; per telescope; default 0) */
  readonly peak_index?: PerTelescope<number> | undefined;
}

/** Traits that FlashCamExtractor declares. */
interface FlashCamExtractorTraits {
  /** Factor by which the sampling rate is increased. (integer, at least 1; per telescope; default 4) */
  readonly upsampling?: PerTelescope<number> | undefined;
  /** Width of the integration window, in upsampled samples. (integer, at least 1; per telescope; default 7) */
  readonly window_width?: PerTelescope<number> | undefined;
  /** Number of upsampled samples in the integration window before the peak. (integer; per telescope; default 3) */
  readonly window_shift?: PerTelescope<number> | undefined;
  /** Weight of the pixel's own waveform relative to that of a neighbour; 0 uses the neighbours only. (integer, at least 0; per telescope; default 0) */
  readonly local_weight?: PerTelescope<number> | undefined;
  /** Standard deviation of the arrival times of the light in a pixel, for the correction of the charge. (number in ns, at least 0; per telescope; default 2) */
  readonly effective_time_profile_std?: PerTelescope<number> | undefined;
  /** Scale at which a pixel's contribution to its neighbours' sums is damped; 0 disables damping. (number; per telescope; default 5) */
  readonly neighbour_sum_clipping?: PerTelescope<number> | undefined;
  /** Extract the time of the leading edge instead of that of the peak. (true or false; per telescope; default true) */
  readonly leading_edge_timing?: PerTelescope<boolean> | undefined;
  /** Samples of the leading edge above this fraction of its maximum contribute to the time. (number, 0 to 1; per telescope; default 0.05) */
  readonly leading_edge_rel_descend_limit?: PerTelescope<number> | undefined;
}

/** Traits that GhPercentileCutCalculator declares. */
interface GhPercentileCutCalculatorTraits {
  /** Least number of events in a bin for a cut of its own. (integer, at least 1; default 10) */
  readonly min_counts?: number | undefined;
  /** Standard deviation of a Gaussian that smooths the cuts, in bins. null: no smoothing. (number, or null; default null) */
  readonly smoothing?: number | null | undefined;
  /** Percentage of the events to keep in each bin. (integer, 0 to 100; default 68) */
  readonly target_percentile?: number | undefined;
}

/** Traits that GlobalPeakWindowSum declares. */
interface GlobalPeakWindowSumTraits {
  /** Fraction of the pixels to average, those with the largest samples; 1 averages the whole camera. (number, 0 to 1; per telescope; default 1) */
  readonly pixel_fraction?: PerTelescope<number> | undefined;
}

/** Traits that HDF5DataWriter declares. */
interface HDF5DataWriterTraits {
  /** Compression level from 0 (none) to 9 (smallest file). (integer, 0 to 9; default 5) */
  readonly compression_level?: number | undefined;
  /** Compression of table chunks. (blosc:zstd or zlib; default "blosc:zstd") */
  readonly compression_type?: AnyCase<'blosc:zstd' | 'zlib'> | undefined;
  /** Version of ctapipe's data model: ctapipe 0.31 and later open v7.6.0, 0.28 and later open v7.1.0. (v7.1.0 or v7.6.0; default "v7.6.0") */
  readonly data_model_version?: 'v7.1.0' | 'v7.6.0' | undefined;
  /** Additional attributes of the file, prefixed by CONTEXT. Spaces in a key separate levels. (mapping; default {}) */
  readonly context_metadata?: Readonly<Record<string, unknown>> | undefined;
  /** Store calibrated waveforms as fixed-point integers. (true or false; default false) */
  readonly transform_waveform?: boolean | undefined;
  /** Integer type of fixed-point waveforms. (int8 or uint8 or int16 or uint16 or int32 or uint32; default "int32") */
  readonly waveform_dtype?: 'int8' | 'uint8' | 'int16' | 'uint16' | 'int32' | 'uint32' | undefined;
  /** Offset added to fixed-point waveforms. (integer; default 0) */
  readonly waveform_offset?: number | undefined;
  /** Scale of fixed-point waveforms: steps per unit. (number; default 1000) */
  readonly waveform_scale?: number | undefined;
  /** Store images as fixed-point integers. (true or false; default false) */
  readonly transform_image?: boolean | undefined;
  /** Integer type of fixed-point images. (int8 or uint8 or int16 or uint16 or int32 or uint32; default "int32") */
  readonly image_dtype?: 'int8' | 'uint8' | 'int16' | 'uint16' | 'int32' | 'uint32' | undefined;
  /** Offset added to fixed-point images. (integer; default 0) */
  readonly image_offset?: number | undefined;
  /** Scale of fixed-point images: steps per photoelectron. (number; default 10) */
  readonly image_scale?: number | undefined;
  /** Store peak times as fixed-point integers. (true or false; default false) */
  readonly transform_peak_time?: boolean | undefined;
  /** Integer type of fixed-point peak times. (int8 or uint8 or int16 or uint16 or int32 or uint32; default "int16") */
  readonly peak_time_dtype?: 'int8' | 'uint8' | 'int16' | 'uint16' | 'int32' | 'uint32' | undefined;
  /** Offset added to fixed-point peak times. (integer; default 0) */
  readonly peak_time_offset?: number | undefined;
  /** Scale of fixed-point peak times: steps per nanosecond. (number; default 100) */
  readonly peak_time_scale?: number | undefined;
}

/** Traits that HDF5EventSource declares. */
interface HDF5EventSourceTraits {
  /** Focal length that converts camera coordinates to angles: effective (from ray tracing) or equivalent (nominal). (EFFECTIVE or EQUIVALENT; default "EFFECTIVE") */
  readonly focal_length_choice?: AnyCase<'EFFECTIVE' | 'EQUIVALENT'> | undefined;
}

/** Traits that HDF5Merger declares. */
interface HDF5MergerTraits {
  /** Merged file. (path; default "") */
  readonly output_path?: string | undefined;
  /** Replace an existing output file. (true or false; default false) */
  readonly overwrite?: boolean | undefined;
  /** Append to the output file, if it exists. (true or false; default false) */
  readonly append?: boolean | undefined;
  /** What the files contain: events of different observation blocks, parts of one observation block, or monitoring data to attach to the first file. (events-multiple-obs or events-single-ob or monitoring-only; default "events-multiple-obs") */
  readonly merge_strategy?: 'events-multiple-obs' | 'events-single-ob' | 'monitoring-only' | undefined;
  /** Include tables of telescopes. (true or false; default true) */
  readonly telescope_events?: boolean | undefined;
  /** Include simulated truth. (true or false; default true) */
  readonly simulation?: boolean | undefined;
  /** Include true images. (true or false; default true) */
  readonly true_images?: boolean | undefined;
  /** Include parameters of true images. (true or false; default true) */
  readonly true_parameters?: boolean | undefined;
  /** Include raw waveforms. (true or false; default true) */
  readonly r0_waveforms?: boolean | undefined;
  /** Include calibrated waveforms. (true or false; default true) */
  readonly r1_waveforms?: boolean | undefined;
  /** Include images. (true or false; default true) */
  readonly dl1_images?: boolean | undefined;
  /** Include image parameters. (true or false; default true) */
  readonly dl1_parameters?: boolean | undefined;
  /** Include muon parameters. (true or false; default true) */
  readonly dl1_muon?: boolean | undefined;
  /** Include stereo results. (true or false; default true) */
  readonly dl2_subarray?: boolean | undefined;
  /** Include results of telescopes. (true or false; default true) */
  readonly dl2_telescope?: boolean | undefined;
  /** Include monitoring data. (true or false; default true) */
  readonly monitoring?: boolean | undefined;
  /** Include statistics of quality criteria. (true or false; default true) */
  readonly processing_statistics?: boolean | undefined;
  /** Paths of tables to leave out; * stands for any text, as in /my_plugin/*. (list of (string); default []) */
  readonly exclude?: readonly string[] | undefined;
}

/** Traits that HDF5MonitoringSource declares. */
interface HDF5MonitoringSourceTraits {
  /** HDF5 files with monitoring data. Rows of all files are used; those of later files take precedence at equal times. (list of (path); default []) */
  readonly input_files?: readonly string[] | undefined;
  /** Tolerance for events before and after the times of the monitoring data. (quantity in s, such as "1 s", at least 0; default 1) */
  readonly timestamp_tolerance?: number | string | undefined;
  /** Time after which calibration coefficients are no longer used. None: they are used until the next ones. (quantity in s, such as "1 s", more than 0, or null; default null) */
  readonly coefficients_lifetime?: number | string | null | undefined;
}

/** Traits that HillasGeometryReconstructor declares. */
interface HillasGeometryReconstructorTraits {
  /** Error estimate: the spread of the pairwise intersections of the image axes, which is 0 for two images and gives no error of the height; or the uncertainties of the images, propagated to direction, core and height. (spread or propagated; default "spread") */
  readonly error_estimate?: AnyCase<'spread' | 'propagated'> | undefined;
}

/** Traits that HillasIntersection declares. */
interface HillasIntersectionTraits {
  /** Weight of an intersection, which is multiplied by the sine of the angle between the axes. (harmonic-mean-intensity; default "harmonic-mean-intensity") */
  readonly weighting?: AnyCase<'harmonic-mean-intensity'> | undefined;
  /** Rotate the axis of each image into the frame of the intersection. Required for telescopes with different pointings and for parameters in the camera frame; otherwise psi is used unchanged. (true or false; default false) */
  readonly correct_psi?: boolean | undefined;
}

/** Traits that HistogramAggregator declares. */
interface HistogramAggregatorTraits {
  /** Axis of the values: class_name Regular with bins, start and stop, or class_name Variable with edges; name; and underflow and overflow, to store the values outside. (mapping; default {}) */
  readonly axis_definition?: Readonly<Record<string, unknown>> | undefined;
  /** Names of the other axes. (list of (string), or null; default ["channel","pixel"]) */
  readonly axis_names?: readonly string[] | null | undefined;
}

/** Traits that ImPACTReconstructor declares. */
interface ImPACTReconstructorTraits {
  /** Folder of the image templates: CAMERA.templates.h5, or those of ctapipe, CAMERA.template.gz. (path; default ".") */
  readonly root_dir?: string | undefined;
  /** Use the time gradient along the images as well. Requires templates with time gradients. (true or false; default false) */
  readonly use_time_gradient?: boolean | undefined;
  /** File of image templates; overrides `root_dir` and the name of the camera. (path, or null; per telescope; default null) */
  readonly template_path?: PerTelescope<string | null> | undefined;
  /** File of time gradients for image templates of ctapipe in `template_path`. (path, or null; per telescope; default null) */
  readonly time_template_path?: PerTelescope<string | null> | undefined;
  /** Standard deviation of the charge of a pixel without light. None: that of the templates, else by the size of the telescope. (number in pe, more than 0, or null; per telescope; default null) */
  readonly pedestal_width?: PerTelescope<number | null> | undefined;
  /** Lowest factor between the depth of the maximum and that which follows from the geometry of the images. (number, more than 0 and at most 1; default 0.8) */
  readonly depth_scale_min?: number | undefined;
  /** Highest factor between the depth of the maximum and that which follows from the geometry of the images. (number, at least 1; default 1.2) */
  readonly depth_scale_max?: number | undefined;
  /** Standard deviation of the charge of a single photo-electron. None: that of the templates, else 0.5. (number in pe, at least 0, or null; per telescope; default null) */
  readonly spe_width?: PerTelescope<number | null> | undefined;
}

/** Traits that ImageParameterQuery declares. */
interface ImageParameterQueryTraits {
  /** Pairs of a name and an expression; all expressions must evaluate to True. `dl1_params` are the parameters of the image. (list of ([string, expression]); default [["min_pixels","dl1_params.morphology.n_pixels > 100"],["min_intensity","dl1_params.hillas.intensity > 500"]]) */
  readonly quality_criteria?: readonly (readonly [string, string])[] | undefined;
}

/** Traits that ImageProcessor declares. */
interface ImageProcessorTraits {
  /** The image cleaner, which selects the pixels with Cherenkov light. (name of a component of kind ImageCleaner; per telescope; default "TailcutsImageCleaner") */
  readonly image_cleaner_type?: PerTelescope<ImageCleanerName> | undefined;
  /** The image parametrizer, which computes the parameters of cleaned images. (name of a component of kind ImageParametrizer; default "HillasParametrizer") */
  readonly image_parametrizer_type?: ImageParametrizerName | undefined;
  /** The image modifier, used before cleaning where `apply_image_modifier` is set. (name of a component of kind ImageModifier; default "NoiseImageModifier") */
  readonly image_modifier_type?: ImageModifierName | undefined;
  /** Compute parameters in the telescope frame (angles) instead of the camera frame (lengths). (true or false; default true) */
  readonly use_telescope_frame?: boolean | undefined;
  /** Modify the images before they are cleaned, to add noise or widen the point spread function. (true or false; per telescope; default false) */
  readonly apply_image_modifier?: PerTelescope<boolean> | undefined;
}

/** Traits that ImageQualityQuery declares. */
interface ImageQualityQueryTraits {
  /** (name, expression) pairs; all must evaluate to True. `image` is the array of the charges after cleaning. (list of ([string, expression]); default [["size_greater_0","image.sum() > 0"],["at_least_2_pixels","image.size > 1"]]) */
  readonly quality_criteria?: readonly (readonly [string, string])[] | undefined;
}

/** Traits that IndexDL3Tool declares. */
interface IndexDL3ToolTraits {
  /** DL3 files. (list of (path); default []) */
  readonly input_files?: readonly string[] | undefined;
  /** Directory of the index files; the DL3 files must be in or below it. (path; default ".") */
  readonly output_dir?: string | undefined;
  /** Replace existing index files. (true or false; default false) */
  readonly overwrite?: boolean | undefined;
}

/** Traits that Instrument declares. */
interface InstrumentTraits {
  /** Site of the instrument, for example CTA-North. (string; default "Other") */
  readonly site?: string | undefined;
  /** Class of the instrument. (Array or Subarray or Telescope or Camera or Optics or Mirror or Photo-sensor or Module or Part or Other; default "Other") */
  readonly class_?:
    | 'Array'
    | 'Subarray'
    | 'Telescope'
    | 'Camera'
    | 'Optics'
    | 'Mirror'
    | 'Photo-sensor'
    | 'Module'
    | 'Part'
    | 'Other'
    | undefined;
  /** Type of the instrument. (string; default "unspecified") */
  readonly type_?: string | undefined;
  /** Subtype of the instrument. (string; default "unspecified") */
  readonly subtype?: string | undefined;
  /** Version of the instrument. (string; default "unspecified") */
  readonly version?: string | undefined;
  /** Identifier of the instrument. If unspecified, the name of the array is stored. (string; default "unspecified") */
  readonly id_?: string | undefined;
}

/** Traits that IrfTool declares. */
interface IrfToolTraits {
  /** Make the background rate, from protons and electrons. (true or false; default true) */
  readonly do_background?: boolean | undefined;
  /** Refuse bins of energy outside the range in which the cuts are valid, instead of a warning. (true or false; default false) */
  readonly range_check_error?: boolean | undefined;
  /** File of cuts, of optimize-event-selection. (path, or null; default null) */
  readonly cuts_file?: string | null | undefined;
  /** DL2 file of gammas. (path, or null; default null) */
  readonly gamma_file?: string | null | undefined;
  /** Spectrum to which gammas are weighted. (CRAB_HEGRA or IRFDOC_ELECTRON_SPECTRUM or IRFDOC_PROTON_SPECTRUM; default "CRAB_HEGRA") */
  readonly gamma_target_spectrum?: 'CRAB_HEGRA' | 'IRFDOC_ELECTRON_SPECTRUM' | 'IRFDOC_PROTON_SPECTRUM' | undefined;
  /** DL2 file of protons. (path, or null; default null) */
  readonly proton_file?: string | null | undefined;
  /** Spectrum to which protons are weighted. (CRAB_HEGRA or IRFDOC_ELECTRON_SPECTRUM or IRFDOC_PROTON_SPECTRUM; default "IRFDOC_PROTON_SPECTRUM") */
  readonly proton_target_spectrum?: 'CRAB_HEGRA' | 'IRFDOC_ELECTRON_SPECTRUM' | 'IRFDOC_PROTON_SPECTRUM' | undefined;
  /** DL2 file of electrons. (path, or null; default null) */
  readonly electron_file?: string | null | undefined;
  /** Spectrum to which electrons are weighted. (CRAB_HEGRA or IRFDOC_ELECTRON_SPECTRUM or IRFDOC_PROTON_SPECTRUM; default "IRFDOC_ELECTRON_SPECTRUM") */
  readonly electron_target_spectrum?: 'CRAB_HEGRA' | 'IRFDOC_ELECTRON_SPECTRUM' | 'IRFDOC_PROTON_SPECTRUM' | undefined;
  /** Number of events to read at once. (integer, at least 1; default 100000) */
  readonly chunk_size?: number | undefined;
  /** Observation time to which events are weighted, for the sensitivity and the background rate. (quantity in h, such as "1 h", more than 0; default 50) */
  readonly obs_time?: number | string | undefined;
  /** Replace existing output files. (true or false; default false) */
  readonly overwrite?: boolean | undefined;
  /** Output file of the responses. (path, or null; default null) */
  readonly output_path?: string | null | undefined;
  /** Output file of benchmarks: resolutions and sensitivity. (path, or null; default null) */
  readonly benchmarks_output_path?: string | null | undefined;
  /** Component that makes the energy dispersion. (name of a component of kind EnergyDispersionMakerBase; default "EnergyDispersion2dMaker") */
  readonly energy_dispersion_maker_name?: EnergyDispersionMakerBaseName | undefined;
  /** Component that makes the effective area. (name of a component of kind EffectiveAreaMakerBase; default "EffectiveArea2dMaker") */
  readonly effective_area_maker_name?: EffectiveAreaMakerBaseName | undefined;
  /** Component that makes the point spread function. (name of a component of kind PSFMakerBase; default "PSF3DMaker") */
  readonly psf_maker_name?: PSFMakerBaseName | undefined;
  /** Component that makes the background rate. (name of a component of kind BackgroundRateMakerBase; default "BackgroundRate2dMaker") */
  readonly background_maker_name?: BackgroundRateMakerBaseName | undefined;
  /** Component that makes the bias and the resolution of the energy. (name of a component of kind EnergyBiasResolutionMakerBase; default "EnergyBiasResolution2dMaker") */
  readonly energy_bias_resolution_maker_name?: EnergyBiasResolutionMakerBaseName | undefined;
  /** Component that makes the angular resolution. (name of a component of kind AngularResolutionMakerBase; default "AngularResolution2dMaker") */
  readonly angular_resolution_maker_name?: AngularResolutionMakerBaseName | undefined;
  /** Component that makes the sensitivity. (name of a component of kind SensitivityMakerBase; default "Sensitivity2dMaker") */
  readonly sensitivity_maker_name?: SensitivityMakerBaseName | undefined;
  /** Apply the cut on the direction to the gammas: point-like responses with the table RAD_MAX. (true or false; default false) */
  readonly spatial_selection_applied?: boolean | undefined;
}

/** Traits that LSTEventSource declares. */
interface LSTEventSourceTraits {
  /** Smallest sum of the samples of a pixel in flat-field events, ADC counts. (number; default 3000) */
  readonly min_flatfield_adc?: number | undefined;
  /** Largest sum of the samples of a pixel in flat-field events, ADC counts. (number; default 12000) */
  readonly max_flatfield_adc?: number | undefined;
  /** Fraction of the pixels that are between min_flatfield_adc and max_flatfield_adc in flat-field events. (number, 0 to 1; default 0.8) */
  readonly min_flatfield_pixel_fraction?: number | undefined;
  /** Device whose trigger type is used if there are both: central time stamping or trigger interface board. (ucts or tib; default "ucts") */
  readonly default_trigger_type?: 'ucts' | 'tib' | undefined;
  /** Whether to recognize flat-field events by their charges. If unset, only in runs before 2022. (true or false, or null; default null) */
  readonly use_flatfield_heuristic?: boolean | null | undefined;
  /** Calibrate flat-field and pedestal events as well. (true or false; default true) */
  readonly calibrate_flatfields_and_pedestals?: boolean | undefined;
  /** Apply the corrections of LSTR0Corrections. (true or false; default true) */
  readonly apply_drs4_corrections?: boolean | undefined;
  /** Read times and types of triggers. (true or false; default true) */
  readonly trigger_information?: boolean | undefined;
  /** Read the pointing from the logs of PointingSource. (true or false; default true) */
  readonly pointing_information?: boolean | undefined;
  /** File with the ids of the pedestal events that were taken among others (HDF5). (path, or null; default null) */
  readonly pedestal_ids_path?: string | null | undefined;
  /** Longitude of the origin of the ground frame, degrees, east positive. (number; default -17.890879) */
  readonly reference_position_lon?: number | undefined;
  /** Latitude of the origin of the ground frame, degrees. (number; default 28.761579) */
  readonly reference_position_lat?: number | undefined;
  /** Height of the origin of the ground frame. (number in m; default 2199) */
  readonly reference_position_height?: number | undefined;
  /** Added to the times of events, for runs with a wrong clock. (number in s, or null; default null) */
  readonly event_time_correction_s?: number | null | undefined;
}

/** Traits that LSTR0Corrections declares. */
interface LSTR0CorrectionsTraits {
  /** ADC counts that are subtracted from each sample. (number; per telescope; default 0) */
  readonly offset?: PerTelescope<number> | undefined;
  /** First sample to keep, of 40; null: the first one. (integer, 0 to 39, or null; per telescope; default 3) */
  readonly r1_sample_start?: PerTelescope<number | null> | undefined;
  /** Sample after the last one to keep, of 40; null: all. (integer, 1 to 40, or null; per telescope; default 39) */
  readonly r1_sample_end?: PerTelescope<number | null> | undefined;
  /** File of the DRS4 baseline and of the heights of spikes (FITS or HDF5). (path, or null; per telescope; default null) */
  readonly drs4_pedestal_path?: PerTelescope<string | null> | undefined;
  /** File of the time lapse of the baseline (FITS). Default: that of LST-1. (path, or null; per telescope; default null) */
  readonly drs4_timelapse_path?: PerTelescope<string | null> | undefined;
  /** File of the conversion to p.e. (FITS or HDF5). (path, or null; default null) */
  readonly calibration_path?: string | null | undefined;
  /** File of the time shifts of the DRS4 cells (FITS or HDF5). (path, or null; per telescope; default null) */
  readonly drs4_time_calibration_path?: PerTelescope<string | null> | undefined;
  /** Factor for the charges of the high gain channel. (number; per telescope; default 1) */
  readonly calib_scale_high_gain?: PerTelescope<number> | undefined;
  /** Factor for the charges of the low gain channel. (number; per telescope; default 1) */
  readonly calib_scale_low_gain?: PerTelescope<number> | undefined;
  /** Select one gain channel per pixel. (true or false; default true) */
  readonly select_gain?: boolean | undefined;
  /** Subtract the DRS4 baseline. (true or false; default true) */
  readonly apply_drs4_pedestal_correction?: boolean | undefined;
  /** Correct for the time since the last read-out. (true or false; default true) */
  readonly apply_timelapse_correction?: boolean | undefined;
  /** Remove the spikes of the previous read-out. (true or false; default true) */
  readonly apply_spike_correction?: boolean | undefined;
  /** Apply the times of the calibration file. (true or false; default true) */
  readonly add_calibration_timeshift?: boolean | undefined;
  /** The low gain is selected if a sample of the high gain exceeds it, ADC counts. (number; default 3500) */
  readonly gain_selection_threshold?: number | undefined;
  /** How spikes are removed. (subtraction or interpolation; default "subtraction") */
  readonly spike_correction_method?: 'subtraction' | 'interpolation' | undefined;
}

/** Traits that MLQualityQuery declares. */
interface MLQualityQueryTraits {
  /** (name, expression) pairs over columns; all must be true. (list of ([string, expression]); default [["> 50 phe","hillas_intensity > 50"],["Positive width","hillas_width > 0"],["> 3 pixels","morphology_n_pixels > 3"],["valid stereo reco","HillasReconstructor_is_valid"]]) */
  readonly quality_criteria?: readonly (readonly [string, string])[] | undefined;
}

/** Traits that MakeTemplatesTool declares. */
interface MakeTemplatesToolTraits {
  /** Directory of the output files, CAMERA.templates.h5; created if it does not exist. (path; default ".") */
  readonly outdir?: string | undefined;
  /** Replace existing files. (true or false; default false) */
  readonly overwrite?: boolean | undefined;
  /** Lowest energy of templates. (quantity in TeV, such as "1 TeV", more than 0; default 0.02) */
  readonly energy_min?: number | string | undefined;
  /** Highest energy of templates. (quantity in TeV, such as "1 TeV", more than 0; default 20) */
  readonly energy_max?: number | string | undefined;
  /** Number of energies of templates per decade. (integer, 1 to 100; default 3) */
  readonly energies_per_decade?: number | undefined;
  /** Impact distances of templates, m. Images move with the impact distance: steps above 10 m spoil the direction. (list of (number in m, at least 0); default [0,10,20,30,40,50,60,70,80,90,100,110,120,130,140,150,160,170,180,190,200,225,250,275,300,350,400,450,500]) */
  readonly impacts?: readonly number[] | undefined;
  /** Images contribute to templates within this difference of the impact distances, and at least to those next to it. (quantity in m, such as "1 m", more than 0; default 20) */
  readonly impact_window?: number | string | undefined;
  /** Depths of the maximum, relative to that expected of the energy, at which templates are made, g/cm2. (list of (number in g.cm**-2); default [-150,-100,-50,0,50,100,150,200]) */
  readonly depth_differences?: readonly number[] | undefined;
  /** Distance of the nodes of a template; at most half a pixel. (quantity in deg, such as "1 deg", at least 0.01; default 0.05) */
  readonly node_distance?: number | string | undefined;
  /** Number of images of a template, at least. (number, at least 0; default 5) */
  readonly min_images?: number | undefined;
}

/** Traits that ManualGainSelector declares. */
interface ManualGainSelectorTraits {
  /** Gain channel to select. (HIGH or LOW; per telescope; default "HIGH") */
  readonly channel?: PerTelescope<AnyCase<'HIGH' | 'LOW'>> | undefined;
}

/** Traits that MedianOutlierDetector declares. */
interface MedianOutlierDetectorTraits {
  /** Lowest and highest deviation from the median of the camera, as a multiple of the median. ([number, number]; default [-1,1]) */
  readonly median_range_factors?: readonly [number, number] | undefined;
}

/** Traits that MergeTool declares. */
interface MergeToolTraits {
  /** Files to merge, in this order. @LIST reads their paths from a file, one per line, @- from standard input. (list of (path); default []) */
  readonly input_files?: readonly string[] | undefined;
  /** Directory of further files to merge, sorted by name. (path, or null; default null) */
  readonly input_dir?: string | null | undefined;
  /** Pattern of the names of files in the input directory. (string; default "*.h5") */
  readonly file_pattern?: string | undefined;
  /** Merge the outputs of a production, of which each shard has to be there once, in the order of this manifest. Given files are outputs of its shards, or merges of them. (path, or null; default null) */
  readonly manifest?: string | null | undefined;
  /** Numbers of the shards of the production to merge: FIRST-LAST, or a single number. Default: all. (string, or null; default null) */
  readonly shards?: string | null | undefined;
  /** Leave out files that cannot be merged, with a warning, instead of refusing the merge. (true or false; default false) */
  readonly skip_broken_files?: boolean | undefined;
}

/** Traits that ModelReconstructor declares. */
interface ModelReconstructorTraits {
  /** Name of the results. None: that of the model, or of the class of its estimator. (string, or null; default null) */
  readonly prefix?: string | null | undefined;
  /** Columns and generated features of which a model is trained. (list of (string); default []) */
  readonly features?: readonly string[] | undefined;
  /** The model, an ONNX file. Its features, criteria and combiner replace those of the configuration. (path, or null; default null) */
  readonly load_path?: string | null | undefined;
  /** Component that evaluates models that are no tree ensembles. (name of a component of kind GraphRunner; default "NoGraphRunner") */
  readonly graph_runner?: GraphRunnerName | undefined;
  /** Number of threads of ctapipe; has no effect on results, and is not used. (integer, at least -1, or null; default null) */
  readonly n_jobs?: number | null | undefined;
}

/** Traits that ModelShowTool declares. */
interface ModelShowToolTraits {
  /** Model files. (list of (path); default []) */
  readonly input_files?: readonly string[] | undefined;
  /** Print the descriptions as JSON, one per file, by the names of the files. (true or false; default false) */
  readonly json?: boolean | undefined;
}

/** Traits that MultiFiles declares. */
interface MultiFilesTraits {
  /** DL0: read the files of all data handlers (SDH0001, SDH0002, ...) in parallel. (true or false; default true) */
  readonly all_source_ids?: boolean | undefined;
  /** DL0: read the following chunks as well. NectarCAM: read all files of the run, if the input is the first one. (true or false; default true) */
  readonly all_chunks?: boolean | undefined;
  /** DL0: convention of the file names. (acada_dpps_icd or acada_rel1 or lst; default "acada_dpps_icd") */
  readonly filename_convention?: 'acada_dpps_icd' | 'acada_rel1' | 'lst' | undefined;
  /** DL0: files of a run may have different times in their names. (true or false; default true) */
  readonly ignore_timestamp?: boolean | undefined;
  /** LST: read all streams, if the input is one of stream 1. (true or false; default true) */
  readonly all_streams?: boolean | undefined;
  /** LST: read the following subruns as well. (true or false; default false) */
  readonly all_subruns?: boolean | undefined;
  /** Has no effect: messages are read without a protobuf library. (true or false; default false) */
  readonly pure_protobuf?: boolean | undefined;
  /** LST: last subrun to read. Default: all. (integer, at least 0, or null; default null) */
  readonly last_subrun?: number | null | undefined;
}

/** Traits that MuonIntensityFitter declares. */
interface MuonIntensityFitterTraits {
  /** Standard deviation of the charge of a single photo-electron. (number in pe, at least 0; per telescope; default 0.5) */
  readonly spe_width?: PerTelescope<number> | undefined;
  /** Shortest detected wavelength of Cherenkov light. (number in m; per telescope; default 3e-7) */
  readonly min_lambda_m?: PerTelescope<number> | undefined;
  /** Longest detected wavelength of Cherenkov light. (number in m; per telescope; default 6e-7) */
  readonly max_lambda_m?: PerTelescope<number> | undefined;
  /** Radius of the central hole of the mirror, assumed to be round; 0 for none. (number in m, at least 0; per telescope; default [["type","*",0],["type","LST_*",0.74],["type","MST_*",0.59],["type","SST_1M_*",0.38]]) */
  readonly hole_radius_m?: PerTelescope<number> | undefined;
  /** Number of points per pixel at which the light along the ring is computed. (integer, at least 1; per telescope; default 3) */
  readonly oversampling?: PerTelescope<number> | undefined;
}

/** Traits that MuonProcessor declares. */
interface MuonProcessorTraits {
  /** Charge above which a sector of a ring counts as lit. (number in pe; per telescope; default 30) */
  readonly completeness_threshold?: PerTelescope<number> | undefined;
  /** Width of the band around the ring for the intensity ratio, in pixel widths. (number; per telescope; default 1.5) */
  readonly ratio_width?: PerTelescope<number> | undefined;
  /** Standard deviation of the charge of a pixel without light. (number in pe; per telescope; default 1.1) */
  readonly pedestal?: PerTelescope<number> | undefined;
  /** Half-width of the band of the ring, in units of its radius. (number; per telescope; default 0.25) */
  readonly ring_integration_width?: PerTelescope<number> | undefined;
  /** Width of the two adjacent bands, in units of the radius of the ring. (number; per telescope; default 0.2) */
  readonly outer_ring_width?: PerTelescope<number> | undefined;
}

/** Traits that MuonRingFitter declares. */
interface MuonRingFitterTraits {
  /** Closed-form fit (kundu_chaudhuri); iterative fit without weights (taubin); or iterative fit weighted with the charges that starts from the closed-form result. (kundu_chaudhuri or taubin or kundu_chaudhuri_taubin; default "kundu_chaudhuri_taubin") */
  readonly fit_method?: AnyCase<'kundu_chaudhuri' | 'taubin' | 'kundu_chaudhuri_taubin'> | undefined;
}

/** Traits that NSBImageCleaner declares. */
interface NSBImageCleanerTraits {
  /** Limit of the difference in peak time between neighbours; none disables this step. (number in ns, or null; per telescope; default 2) */
  readonly time_limit?: PerTelescope<number | null> | undefined;
  /** Number of neighbours within time_limit that a pixel needs. (integer, at least 0; per telescope; default 1) */
  readonly time_num_neighbors?: PerTelescope<number> | undefined;
  /** Number of brightest pixels whose charges are averaged. (integer, at least 0; per telescope; default 3) */
  readonly bright_cleaning_n_pixels?: PerTelescope<number> | undefined;
  /** Pixels below this fraction of the mean of the brightest pixels are removed. (number; per telescope; default 0.03) */
  readonly bright_cleaning_fraction?: PerTelescope<number> | undefined;
  /** Minimum mean of the brightest pixels for the removal of dim pixels; none disables this step. (number in pe, or null; per telescope; default 267) */
  readonly bright_cleaning_threshold?: PerTelescope<number | null> | undefined;
  /** Keep only the largest island. (true or false; per telescope; default false) */
  readonly largest_island_only?: PerTelescope<boolean> | undefined;
  /** Picture threshold in standard deviations of the pedestal of a pixel; picture_threshold_pe is its lower limit. (number; per telescope; default 2.5) */
  readonly pedestal_factor?: PerTelescope<number> | undefined;
}

/** Traits that NectarCAMEventSource declares. */
interface NectarCAMEventSourceTraits {
  /** Baseline of raw waveforms, ADC counts. It is not used, as in ctapipe_io_nectarcam. (integer; default 250) */
  readonly baseline?: number | undefined;
  /** Read times and types of triggers. (true or false; default true) */
  readonly trigger_information?: boolean | undefined;
  /** Device whose trigger type is used if there are both: central time stamping or trigger interface board. (ucts or tib; default "ucts") */
  readonly default_trigger_type?: 'ucts' | 'tib' | undefined;
  /** Calibrate flat-field and pedestal events as well. (true or false; default true) */
  readonly calibrate_flatfields_and_pedestals?: boolean | undefined;
  /** Leave out events without data, which have the id 0. (true or false; default true) */
  readonly skip_empty_events?: boolean | undefined;
  /** Log the number of events without data. (true or false; default false) */
  readonly show_empty_stats?: boolean | undefined;
}

/** Traits that NectarCAMR0Corrections declares. */
interface NectarCAMR0CorrectionsTraits {
  /** File of the pedestal, the conversion to p.e. and the flat field (HDF5). (path, or null; default null) */
  readonly calibration_path?: string | null | undefined;
  /** Factor for the charges of the high gain channel. (number; per telescope; default 1) */
  readonly calib_scale_high_gain?: PerTelescope<number> | undefined;
  /** Factor for the charges of the low gain channel. (number; per telescope; default 1) */
  readonly calib_scale_low_gain?: PerTelescope<number> | undefined;
  /** Select one gain channel per pixel. (true or false; default false) */
  readonly select_gain?: boolean | undefined;
  /** The low gain is selected if a sample of the high gain exceeds it, ADC counts. (number; default 3500) */
  readonly gain_selection_threshold?: number | undefined;
  /** Apply the flat field. (true or false; default true) */
  readonly apply_flatfield?: boolean | undefined;
}

/** Traits that NeighborPeakWindowSum declares. */
interface NeighborPeakWindowSumTraits {
  /** Weight of the pixel's own waveform relative to that of a neighbour; 0 uses the neighbours only. (integer, at least 0; per telescope; default 0) */
  readonly local_weight?: PerTelescope<number> | undefined;
}

/** Traits that NoiseEventTypeFilter declares. */
interface NoiseEventTypeFilterTraits {
  /** Types of the events whose waveforms contain noise only. (list of (FLATFIELD or SINGLE_PE or PEDESTAL or DARK_PEDESTAL or ELECTRONIC_PEDESTAL or SKY_PEDESTAL or OTHER_CALIBRATION or MUON or HARDWARE_STEREO or RANDOM_MONO or DAQ or SUBARRAY or LONG_EVENT or UNKNOWN), or null; default [5]) */
  readonly allowed_types?:
    | readonly (
        | AnyCase<
            | 'FLATFIELD'
            | 'SINGLE_PE'
            | 'PEDESTAL'
            | 'DARK_PEDESTAL'
            | 'ELECTRONIC_PEDESTAL'
            | 'SKY_PEDESTAL'
            | 'OTHER_CALIBRATION'
            | 'MUON'
            | 'HARDWARE_STEREO'
            | 'RANDOM_MONO'
            | 'DAQ'
            | 'SUBARRAY'
            | 'LONG_EVENT'
            | 'UNKNOWN'
          >
        | 0
        | 1
        | 2
        | 3
        | 4
        | 5
        | 15
        | 16
        | 17
        | 18
        | 24
        | 32
        | 33
        | 255
      )[]
    | null
    | undefined;
}

/** Traits that NoiseImageModifier declares. */
interface NoiseImageModifierTraits {
  /** Expected fraction of the light that moves to neighbouring pixels. (number, 0 to 1; per telescope; default 0) */
  readonly psf_smear_factor?: PerTelescope<number> | undefined;
  /** Charge above which a pixel counts as bright; the others are dim. (number in pe; per telescope; default 0) */
  readonly noise_transition_charge?: PerTelescope<number> | undefined;
  /** Offset added to dim pixels, if noise is added. (number in pe; per telescope; default 0) */
  readonly noise_bias_dim_pixels?: PerTelescope<number> | undefined;
  /** Mean noise of dim pixels. (number in pe, at least 0; per telescope; default 0) */
  readonly noise_level_dim_pixels?: PerTelescope<number> | undefined;
  /** Mean noise of bright pixels. (number in pe, at least 0; per telescope; default 0) */
  readonly noise_level_bright_pixels?: PerTelescope<number> | undefined;
  /** Subtract the mean noise from the image. (true or false; per telescope; default true) */
  readonly noise_correct_bias?: PerTelescope<boolean> | undefined;
  /** Seed of the random number generator. (integer, at least 0; default 1337) */
  readonly rng_seed?: number | undefined;
}

/** Traits that NoiseWaveformModifier declares. */
interface NoiseWaveformModifierTraits {
  /** File with night-sky background events of the same telescopes. (path, or null; default null) */
  readonly nsb_file?: string | null | undefined;
  /** Number of noise events to add to each waveform. (integer, at least 0; default 1) */
  readonly nsb_level?: number | undefined;
  /** Number of different noise sums per pixel. (integer, at least 1; default 100) */
  readonly n_noise_realizations?: number | undefined;
  /** Draw noise events independently for each pixel; otherwise one draw for the whole camera. (true or false; default true) */
  readonly sample_pixels_independently?: boolean | undefined;
  /** Seed of the random number generator. (integer, at least 0; default 1) */
  readonly rng_seed?: number | undefined;
}

/** Traits that PSF3DMaker declares. */
interface PSF3DMakerTraits {
  /** Lower edge of the first bin in the angle to the pointing. (quantity in deg, such as "1 deg", at least 0; default 0) */
  readonly fov_offset_min?: number | string | undefined;
  /** Upper edge of the last bin in the angle to the pointing. (quantity in deg, such as "1 deg", at least 0; default 5) */
  readonly fov_offset_max?: number | string | undefined;
  /** Number of bins in the angle to the pointing. (integer, at least 1; default 1) */
  readonly fov_offset_n_bins?: number | undefined;
  /** Least angle to the source. (quantity in deg, such as "1 deg", at least 0; default 0) */
  readonly source_offset_min?: number | string | undefined;
  /** Largest angle to the source. (quantity in deg, such as "1 deg", at least 0; default 1) */
  readonly source_offset_max?: number | string | undefined;
  /** Number of bins in the angle to the source. (integer, at least 1; default 100) */
  readonly source_offset_n_bins?: number | undefined;
}

/** Traits that ParticleClassifier declares. */
interface ParticleClassifierTraits {
  /** The estimator to train. (name of a component of kind Estimator, or null; default "HistGradientBoostingClassifier") */
  readonly model_cls?: EstimatorName | null | undefined;
  /** Parameters of the estimator to train. (mapping; default {}) */
  readonly model_config?: Readonly<Record<string, unknown>> | undefined;
  /** Particle id of the signal, whose score is near 1, as in sim_telarray: 0 for gamma rays. (integer; default 0) */
  readonly positive_class?: number | undefined;
  /** Accepted for ctapipe, which does not use it. (integer; default -1) */
  readonly invalid_class?: number | undefined;
}

/** Traits that PixelStatisticsCalculator declares. */
interface PixelStatisticsCalculatorTraits {
  /** The aggregator, which computes the statistics. (name of a component of kind BaseAggregator; per telescope; default "SigmaClippingAggregator") */
  readonly stats_aggregator_type?: PerTelescope<BaseAggregatorName> | undefined;
  /** Outlier detectors, as {name: RangeOutlierDetector, apply_to: mean, config: {validity_range: [1, 200]}}: apply_to is a column of the statistics. (list of (mapping), or null; default null) */
  readonly outlier_detector_list?: readonly Readonly<Record<string, unknown>>[] | null | undefined;
  /** Fraction of outliers from which on a chunk is not valid. (number, or null; default 0.1) */
  readonly faulty_pixels_fraction?: number | null | undefined;
}

/** Traits that PixelStatisticsCalculatorTool declares. */
interface PixelStatisticsCalculatorToolTraits {
  /** The output, an HDF5 file with monitoring data. (path; default "monitoring.h5") */
  readonly output_path?: string | undefined;
  /** Column of the tables of images of which statistics are computed: image or peak_time. (string; default "image") */
  readonly input_column_name?: string | undefined;
  /** Ids of the telescopes to use; default: all. (list of integers, or "1,2,5-9", or null; default null) */
  readonly allowed_tels?: number | readonly number[] | string | null | undefined;
  /** Types of the events to use; default: those of calibration events, or all if there are none. (list of (FLATFIELD or SINGLE_PE or PEDESTAL or DARK_PEDESTAL or ELECTRONIC_PEDESTAL or SKY_PEDESTAL or OTHER_CALIBRATION or MUON or HARDWARE_STEREO or RANDOM_MONO or DAQ or SUBARRAY or LONG_EVENT or UNKNOWN), or null; default null) */
  readonly event_types?:
    | readonly (
        | AnyCase<
            | 'FLATFIELD'
            | 'SINGLE_PE'
            | 'PEDESTAL'
            | 'DARK_PEDESTAL'
            | 'ELECTRONIC_PEDESTAL'
            | 'SKY_PEDESTAL'
            | 'OTHER_CALIBRATION'
            | 'MUON'
            | 'HARDWARE_STEREO'
            | 'RANDOM_MONO'
            | 'DAQ'
            | 'SUBARRAY'
            | 'LONG_EVENT'
            | 'UNKNOWN'
          >
        | 0
        | 1
        | 2
        | 3
        | 4
        | 5
        | 15
        | 16
        | 17
        | 18
        | 24
        | 32
        | 33
        | 255
      )[]
    | null
    | undefined;
}

/** Traits that PlanTool declares. */
interface PlanToolTraits {
  /** Inputs of cherenkit process: files, URLs, directories, quoted patterns. @LIST reads them from a file, one per line. (list of (path); default []) */
  readonly inputs?: readonly string[] | undefined;
  /** Pattern of the names of files in directories. (string; default "*") */
  readonly file_pattern?: string | undefined;
  /** The manifest, JSON. Its directory is created. (path; default "") */
  readonly output_path?: string | undefined;
  /** Replace an existing manifest. (true or false; default false) */
  readonly overwrite?: boolean | undefined;
  /** Directory of the outputs of the shards, which is created. Default: that of the manifest. (path, or null; default null) */
  readonly output_dir?: string | null | undefined;
  /** Number of events per shard; short inputs are joined. The events of all inputs are counted, which reads them. (integer, at least 1, or null; default null) */
  readonly target_events?: number | null | undefined;
  /** Bytes of input per shard; short inputs are joined. Only the events of inputs that are divided are counted. (integer, at least 1, or null; default null) */
  readonly target_bytes?: number | null | undefined;
  /** Expected wall time of a shard, by the reports of earlier runs; short inputs are joined. (number in s, more than 0, or null; default null) */
  readonly target_seconds?: number | null | undefined;
  /** Reports of earlier runs, of cherenkit process --report: files, directories, quoted patterns. The manifest proposes memory and time of shards by them. (list of (path); default []) */
  readonly reports?: readonly string[] | undefined;
  /** What the digests of inputs cover: size, beginning and end of each file, or its whole content, which reads it. (ends or content; default "ends") */
  readonly digest?: 'ends' | 'content' | undefined;
}

/** Traits that PointSourceSensitivityGhOptimizer declares. */
interface PointSourceSensitivityGhOptimizerTraits {
  /** Efficiency of the cut on gammaness with which the first cuts on the direction are made. (number, 0 to 1; default 0.4) */
  readonly initial_gh_cut_efficency?: number | undefined;
}

/** Traits that PointSourceSensitivityOptimizer declares. */
interface PointSourceSensitivityOptimizerTraits {
  /** Smallest cut on the angle to the source. null: no limit. (quantity in deg, such as "1 deg", or null; default null) */
  readonly theta_min_angle?: number | string | null | undefined;
  /** Largest cut on the angle to the source. null: no limit. (quantity in deg, such as "1 deg", or null; default 0.5) */
  readonly theta_max_angle?: number | string | null | undefined;
  /** Largest efficiency of the cut on the angle to the source. (number, 0 to 1; default 0.8) */
  readonly max_theta_cut_efficiency?: number | undefined;
  /** Step of the efficiencies on trial. (number, at least 0.001; default 0.1) */
  readonly theta_cut_efficiency_step?: number | undefined;
  /** Least numbers of telescopes on trial. (list of (integer, at least 0); default [2,3,4,5,6,7,8,9,10]) */
  readonly multiplicity_cuts?: readonly number[] | undefined;
}

/** Traits that PointSourceSensitivityOptimizerBase declares. */
interface PointSourceSensitivityOptimizerBaseTraits {
  /** Largest efficiency of the cut on gammaness. (number, 0 to 1; default 0.8) */
  readonly max_gh_cut_efficiency?: number | undefined;
  /** Step of the efficiencies on trial. (number, at least 0.001; default 0.1) */
  readonly gh_cut_efficiency_step?: number | undefined;
  /** Ratio of the sizes of the on and the off region. (number, at least 0.000001; default 0.2) */
  readonly alpha?: number | undefined;
  /** Least angle to the pointing of events of the background. (quantity in deg, such as "1 deg", at least 0; default 0) */
  readonly min_background_fov_offset?: number | string | undefined;
  /** Largest angle to the pointing of events of the background. (quantity in deg, such as "1 deg", at least 0; default 5) */
  readonly max_background_fov_offset?: number | string | undefined;
}

/** Traits that PointingSource declares. */
interface PointingSourceTraits {
  /** Log of the positions of the drive, DrivePosition_log_YYYYMMDD.txt. The two other logs are read as well if they are beside it. (path, or null; per telescope; default null) */
  readonly drive_report_path?: PerTelescope<string | null> | undefined;
  /** Log of the corrections by the bending model. Default: BendingModelCorrection_log_YYYYMMDD.txt beside the log of the drive. (path, or null; per telescope; default null) */
  readonly bending_model_corrections_path?: PerTelescope<string | null> | undefined;
  /** Log of the targets. Default: Target_log_YYYYMMDD.txt beside the log of the drive. (path, or null; per telescope; default null) */
  readonly target_log_path?: PerTelescope<string | null> | undefined;
}

/** Traits that ProcessorTool declares. */
interface ProcessorToolTraits {
  /** The data writer. (name of a component of kind DataWriter; default "HDF5DataWriter") */
  readonly data_writer_type?: DataWriterName | undefined;
  /** Add night-sky background noise to the calibrated waveforms. (true or false; default false) */
  readonly add_nsb_in_waveforms?: boolean | undefined;
  /** The waveform modifier, used where `add_nsb_in_waveforms` is set. (name of a component of kind WaveformModifier; default "NoiseWaveformModifier") */
  readonly waveform_modifier_type?: WaveformModifierName | undefined;
  /** The muon analysis. (name of a component of kind MuonAnalysis; default "MuonProcessor") */
  readonly muon_processor_type?: MuonAnalysisName | undefined;
  /** Monitoring sources, which add calibration coefficients, pixel statistics and pointings to each event, in this order: data of later sources replace those of earlier ones. (list of (name of a component of kind MonitoringSource); default []) */
  readonly monitoring_source_list?: readonly MonitoringSourceName[] | undefined;
  /** The event source. Default: the one that recognises the input. (name of a component of kind EventSource, or null; default null) */
  readonly event_source_type?: EventSourceName | null | undefined;
  /** Compute images and image parameters even if the input has them or no output needs them. (true or false; default false) */
  readonly force_recompute_dl1?: boolean | undefined;
  /** Reconstruct showers even if they are not written. (true or false; default false) */
  readonly force_recompute_dl2?: boolean | undefined;
  /** End with an error if two events of the input have the same ids, instead of a warning. (true or false; default false) */
  readonly refuse_duplicates?: boolean | undefined;
}

/** Traits that ProtozfitsDL0EventSource declares. */
interface ProtozfitsDL0EventSourceTraits {
  /** Number of the subarray, for the description of the telescopes: 1 is LST-1, 2 are the four LSTs. (integer, at least 0; default 1) */
  readonly subarray_id?: number | undefined;
  /** Warn of triggers without data of their telescopes. (true or false; default true) */
  readonly warn_missing?: boolean | undefined;
  /** Fill the samples of pixels that are not stored with NaN instead of 0. (true or false; default false) */
  readonly dvr_fill_nan?: boolean | undefined;
}

/** Traits that ProtozfitsDL0TelescopeEventSource declares. */
interface ProtozfitsDL0TelescopeEventSourceTraits {
  /** Number of the subarray, for the description of the telescopes: 1 is LST-1, 2 are the four LSTs. (integer, at least 0; default 1) */
  readonly subarray_id?: number | undefined;
  /** Number of first samples to leave out. (integer, at least 0; default 0) */
  readonly ignore_samples_start?: number | undefined;
  /** Number of last samples to leave out. (integer, at least 0; default 0) */
  readonly ignore_samples_end?: number | undefined;
  /** Fill the samples of pixels that are not stored with NaN instead of 0. (true or false; default false) */
  readonly dvr_fill_nan?: boolean | undefined;
}

/** Traits that QualityQuery declares. */
interface QualityQueryTraits {
  /** (name, expression) pairs; all must evaluate to True. (list of ([string, expression]); default []) */
  readonly quality_criteria?: readonly (readonly [string, string])[] | undefined;
}

/** Traits that RadialEventWeighter declares. */
interface RadialEventWeighterTraits {
  /** Lower edge of the first bin in the angle to the pointing. (quantity in deg, such as "1 deg", at least 0; default 0) */
  readonly fov_offset_min?: number | string | undefined;
  /** Upper edge of the last bin in the angle to the pointing. (quantity in deg, such as "1 deg", at least 0; default 5) */
  readonly fov_offset_max?: number | string | undefined;
  /** Number of bins in the angle to the pointing. (integer, at least 1; default 1) */
  readonly fov_offset_n_bins?: number | undefined;
  /** Column of the angles to the pointing. (string; default "true_fov_offset") */
  readonly fov_offset_column?: string | undefined;
}

/** Traits that RangeOutlierDetector declares. */
interface RangeOutlierDetectorTraits {
  /** Lowest and highest value. ([number, number]; default [1,2]) */
  readonly validity_range?: readonly [number, number] | undefined;
}

/** Traits that RingQuery declares. */
interface RingQueryTraits {
  /** Pairs of a name and an expression; all expressions must evaluate to True. `ring` is the fitted circle, `parameters` are the parameters of the ring, `mask` selects the pixels near it. (list of ([string, expression]); default [["radius_not_nan","np.isfinite(ring.radius.value)"],["min_pixels","np.count_nonzero(mask) > 50"],["ring_containment","parameters.containment > 0.5"]]) */
  readonly quality_criteria?: readonly (readonly [string, string])[] | undefined;
}

/** Traits that SST1MEventSource declares. */
interface SST1MEventSourceTraits {
  /** Input with a telescope that has the camera of the data, such as a simulation or an output file of one. (path, or null; default null) */
  readonly instrument_url?: string | null | undefined;
  /** Focal length of the telescope of instrument_url for camera coordinates. (EFFECTIVE or EQUIVALENT; default "EQUIVALENT") */
  readonly focal_length_choice?: AnyCase<'EFFECTIVE' | 'EQUIVALENT'> | undefined;
  /** Longitude of the telescope, degrees, east positive. (number; default 0) */
  readonly reference_position_lon?: number | undefined;
  /** Latitude of the telescope, degrees. (number; default 0) */
  readonly reference_position_lat?: number | undefined;
  /** Height of the telescope. (number in m; default 0) */
  readonly reference_position_height?: number | undefined;
  /** Read the direction of the target from the header. (true or false; default true) */
  readonly pointing_information?: boolean | undefined;
  /** Right ascension of the pointing, degrees. Default: that of the header. (number, or null; default null) */
  readonly pointing_ra?: number | null | undefined;
  /** Declination of the pointing, degrees. Default: that of the header. (number, or null; default null) */
  readonly pointing_dec?: number | null | undefined;
}

/** Traits that Sensitivity2dMaker declares. */
interface Sensitivity2dMakerTraits {
  /** Lower edge of the first bin in the angle to the pointing. (quantity in deg, such as "1 deg", at least 0; default 0) */
  readonly fov_offset_min?: number | string | undefined;
  /** Upper edge of the last bin in the angle to the pointing. (quantity in deg, such as "1 deg", at least 0; default 5) */
  readonly fov_offset_max?: number | string | undefined;
  /** Number of bins in the angle to the pointing. (integer, at least 1; default 1) */
  readonly fov_offset_n_bins?: number | undefined;
}

/** Traits that SensitivityMakerBase declares. */
interface SensitivityMakerBaseTraits {
  /** Ratio of the sizes of the on and the off region. (number, at least 0.000001; default 0.2) */
  readonly alpha?: number | undefined;
}

/** Traits that ShowerProcessor declares. */
interface ShowerProcessorTraits {
  /** The reconstructors, in the order in which they are applied. (list of (name of a component of kind Reconstructor); default ["HillasReconstructor"]) */
  readonly reconstructor_types?: readonly ReconstructorName[] | undefined;
}

/** Traits that SigmaClippingAggregator declares. */
interface SigmaClippingAggregatorTraits {
  /** Number of standard deviations beyond which values are left out. (integer, at least 1; default 4) */
  readonly max_sigma?: number | undefined;
  /** Number of times that outliers are left out, at most. (integer, at least 1; default 5) */
  readonly iterations?: number | undefined;
}

/** Traits that SimTelEventSource declares. */
interface SimTelEventSourceTraits {
  /** Skip calibration events. (true or false; default true) */
  readonly skip_calibration_events?: boolean | undefined;
  /** Focal length that converts camera coordinates to angles: effective (from ray tracing) or equivalent (nominal). (EFFECTIVE or EQUIVALENT; default "EFFECTIVE") */
  readonly focal_length_choice?: AnyCase<'EFFECTIVE' | 'EQUIVALENT'> | undefined;
  /** Gain selector component. (name of a component of kind GainSelector; per telescope; default "ThresholdGainSelector") */
  readonly gain_selector_type?: PerTelescope<GainSelectorName> | undefined;
  /** Whether to select gain channels. If unset, only in shower events, not in calibration events. (true or false, or null; default null) */
  readonly select_gain?: boolean | null | undefined;
  /** Factor applied to the calibration coefficients (p.e. per ADC count) of the file. (number; default 1) */
  readonly calib_scale?: number | undefined;
  /** Offset added to each calibrated sample, to simulate a miscalibration. (number in pe; default 0) */
  readonly calib_shift?: number | undefined;
  /** Skip the calibration: R1 waveforms remain in ADC counts. (true or false; default false) */
  readonly skip_r1_calibration?: boolean | undefined;
  /** Atmosphere profile to load: TABLE, FIVELAYER, NONE, or AUTO: the table if stored, otherwise the five layers. (AUTO or TABLE or FIVELAYER or NONE; default "AUTO") */
  readonly atmosphere_profile_choice?: AnyCase<'AUTO' | 'TABLE' | 'FIVELAYER' | 'NONE'> | undefined;
  /** Observation id to use instead of the run number of the file, for files of one run. (integer, 0 to 9007199254740991, or null; default null) */
  readonly override_obs_id?: number | null | undefined;
  /** Offset added to the run number of the file. Ignored if override_obs_id is set. (integer, -2147483647 to 9007197107257344, or null; default null) */
  readonly obs_id_offset?: number | null | undefined;
}

/** Traits that SimTelEventWriter declares. */
interface SimTelEventWriterTraits {
  /** Output file: .simtel, or compressed .simtel.zst or .simtel.gz. (path) */
  readonly output_path?: string | undefined;
  /** No effect: the file contains raw data only. (true or false; default false) */
  readonly write_dl1_parameters?: boolean | undefined;
}

/** Traits that SimpleEventWeighter declares. */
interface SimpleEventWeighterTraits {
  /** Radius of the cone over which a diffuse simulated spectrum is integrated. (quantity in deg, such as "1 deg", at least 0; default 10) */
  readonly fov_offset_max?: number | string | undefined;
}

/** Traits that SimulateTool declares. */
interface SimulateToolTraits {
  /** Data writer. (name of a component of kind DataWriter; default "SimTelEventWriter") */
  readonly data_writer_type?: DataWriterName | undefined;
}

/** Traits that SizeChunking declares. */
interface SizeChunkingTraits {
  /** Number of events per chunk; default: all events. (integer, at least 1, or null; default null) */
  readonly chunk_size?: number | null | undefined;
  /** Number of events between the starts of consecutive chunks in the second pass, around faulty chunks; default: no second pass. (integer, at least 0, or null; default null) */
  readonly chunk_shift?: number | null | undefined;
}

/** Traits that SlidingWindowMaxSum declares. */
interface SlidingWindowMaxSumTraits {
  /** Width of the integration window, in samples. (integer, at least 1; per telescope; default 7) */
  readonly window_width?: PerTelescope<number> | undefined;
  /** Correct for the part of the pulse outside the window. (true or false; per telescope; default true) */
  readonly apply_integration_correction?: PerTelescope<boolean> | undefined;
}

/** Traits that SoftwareTrigger declares. */
interface SoftwareTriggerTraits {
  /** Minimum number of telescopes; events with fewer are rejected. (integer; default 1) */
  readonly min_telescopes?: number | undefined;
  /** Minimum number of telescopes of a type; if an event has fewer, they are removed from it. (integer; per telescope; default 0) */
  readonly min_telescopes_of_type?: PerTelescope<number> | undefined;
  /** Trigger types to keep: telescopes with another type are removed from the event. Default: no selection. (list of (FLATFIELD or SINGLE_PE or PEDESTAL or DARK_PEDESTAL or ELECTRONIC_PEDESTAL or SKY_PEDESTAL or OTHER_CALIBRATION or MUON or HARDWARE_STEREO or RANDOM_MONO or DAQ or SUBARRAY or LONG_EVENT or UNKNOWN), or null; default null) */
  readonly allowed_telescope_event_types?:
    | readonly (
        | AnyCase<
            | 'FLATFIELD'
            | 'SINGLE_PE'
            | 'PEDESTAL'
            | 'DARK_PEDESTAL'
            | 'ELECTRONIC_PEDESTAL'
            | 'SKY_PEDESTAL'
            | 'OTHER_CALIBRATION'
            | 'MUON'
            | 'HARDWARE_STEREO'
            | 'RANDOM_MONO'
            | 'DAQ'
            | 'SUBARRAY'
            | 'LONG_EVENT'
            | 'UNKNOWN'
          >
        | 0
        | 1
        | 2
        | 3
        | 4
        | 5
        | 15
        | 16
        | 17
        | 18
        | 24
        | 32
        | 33
        | 255
      )[]
    | null
    | undefined;
}

/** Traits that StdOutlierDetector declares. */
interface StdOutlierDetectorTraits {
  /** Lowest and highest deviation from the median of the camera, as a multiple of the standard deviation over the camera. ([number, number]; default [-1,1]) */
  readonly std_range_factors?: readonly [number, number] | undefined;
}

/** Traits that StereoCombiner declares. */
interface StereoCombinerTraits {
  /** Name of the predictions to combine; overridden by the name of the parent reconstructor. (string; default "") */
  readonly prefix?: string | undefined;
  /** The property to combine; overridden by the property of the parent reconstructor. (ENERGY or GEOMETRY or PARTICLE_TYPE; default "ENERGY") */
  readonly property?: AnyCase<'ENERGY' | 'GEOMETRY' | 'PARTICLE_TYPE'> | undefined;
}

/** Traits that StereoDispCombiner declares. */
interface StereoDispCombinerTraits {
  /** Number of images whose signs are resolved together. (integer, 2 to 6; default 2) */
  readonly n_tel_combinations?: number | undefined;
  /** Use only this number of images, those with the largest weights. None: all. (integer, at least 1, or null; default null) */
  readonly n_best_tels?: number | null | undefined;
  /** Use only pairs of images whose axes enclose at least this angle, if there are any. None: all. (number in deg, 0 to 90, or null; default null) */
  readonly min_ang_diff?: number | null | undefined;
  /** Weight of the prediction of a telescope: equal weights; intensity; intensity * length / width; or (intensity * (1 - width / length))**2 * (1 - leakage_intensity_width_2)**4, which suppresses truncated images. (none or intensity or aspect-weighted-intensity or containment-weighted-intensity; default "none") */
  readonly weights?:
    AnyCase<'none' | 'intensity' | 'aspect-weighted-intensity' | 'containment-weighted-intensity'> | undefined;
}

/** Traits that StereoMeanCombiner declares. */
interface StereoMeanCombinerTraits {
  /** Weight of the prediction of a telescope: equal weights; intensity; intensity * length / width; or (intensity * (1 - width / length))**2 * (1 - leakage_intensity_width_2)**4, which suppresses truncated images. (none or intensity or aspect-weighted-intensity or containment-weighted-intensity; default "none") */
  readonly weights?:
    AnyCase<'none' | 'intensity' | 'aspect-weighted-intensity' | 'containment-weighted-intensity'> | undefined;
  /** Average the logarithms of energies; the uncertainty is then a factor. (true or false; default false) */
  readonly log_target?: boolean | undefined;
}

/** Traits that StereoQualityQuery declares. */
interface StereoQualityQueryTraits {
  /** (name, expression) pairs; all must evaluate to True. `parameters` are the parameters of an image. (list of ([string, expression]); default [["> 50 phe","parameters.hillas.intensity > 50"],["Positive width","parameters.hillas.width.value > 0"],["> 3 pixels","parameters.morphology.n_pixels > 3"]]) */
  readonly quality_criteria?: readonly (readonly [string, string])[] | undefined;
}

/** Traits that TableLoader declares. */
interface TableLoaderTraits {
  /** The HDF5 file. (path; default "") */
  readonly input_url?: string | undefined;
  /** Load images. (true or false; default false) */
  readonly dl1_images?: boolean | undefined;
  /** Load image parameters. (true or false; default true) */
  readonly dl1_parameters?: boolean | undefined;
  /** Load parameters of muon rings. (true or false; default false) */
  readonly dl1_muons?: boolean | undefined;
  /** Load reconstructed showers. (true or false; default true) */
  readonly dl2?: boolean | undefined;
  /** Load simulated showers. (true or false; default true) */
  readonly simulated?: boolean | undefined;
  /** Load simulated images. (true or false; default false) */
  readonly true_images?: boolean | undefined;
  /** Load parameters of simulated images. (true or false; default true) */
  readonly true_parameters?: boolean | undefined;
  /** Add the description of the telescope to each telescope event. (true or false; default false) */
  readonly instrument?: boolean | undefined;
  /** Add the observation block to each event. (true or false; default false) */
  readonly observation_info?: boolean | undefined;
  /** Add the pointing of the telescope to each telescope event. (true or false; default true) */
  readonly pointing?: boolean | undefined;
  /** Focal length of the camera frames in the description of the array: effective (from ray tracing) or equivalent (nominal). (EFFECTIVE or EQUIVALENT; default "EFFECTIVE") */
  readonly focal_length_choice?: AnyCase<'EFFECTIVE' | 'EQUIVALENT'> | undefined;
}

/** Traits that TableReconstructor declares. */
interface TableReconstructorTraits {
  /** The stereo combiner, which combines the predictions of the telescopes. (name of a component of kind StereoCombiner; default "StereoMeanCombiner") */
  readonly stereo_combiner_cls?: StereoCombinerName | undefined;
}

/** Traits that TablesTool declares. */
interface TablesToolTraits {
  /** The file and, to show a table, its path; of a group, its tables are listed. (list of (string); default []) */
  readonly inputs?: readonly string[] | undefined;
  /** Number of rows to show. (integer, at least 0; default 10) */
  readonly rows?: number | undefined;
  /** Show the statistics of all columns, which reads the whole table. (true or false; default true) */
  readonly statistics?: boolean | undefined;
}

/** Traits that TailCutsDataVolumeReducer declares. */
interface TailCutsDataVolumeReducerTraits {
  /** Image extractor for the charges on which the selection is based. (name of a component of kind ImageExtractor; per telescope; default "NeighborPeakWindowSum") */
  readonly image_extractor_type?: PerTelescope<ImageExtractorName> | undefined;
  /** Number of rows of pixels to add around the selected pixels. (integer, at least 0; per telescope; default 1) */
  readonly n_end_dilates?: PerTelescope<number> | undefined;
  /** Add all pixels at or above the boundary threshold that are connected to the selected pixels. (true or false; per telescope; default true) */
  readonly do_boundary_dilation?: PerTelescope<boolean> | undefined;
}

/** Traits that TailcutsImageCleaner declares. */
interface TailcutsImageCleanerTraits {
  /** Picture threshold: minimum charge of a picture pixel. (number in pe; per telescope; default 10) */
  readonly picture_threshold_pe?: PerTelescope<number> | undefined;
  /** Boundary threshold: minimum charge of a pixel that is kept if it touches a picture pixel. (number in pe; per telescope; default 5) */
  readonly boundary_threshold_pe?: PerTelescope<number> | undefined;
  /** Number of picture neighbours that a picture pixel needs; ignored if isolated pixels are kept. (integer, at least 0; per telescope; default 2) */
  readonly min_picture_neighbors?: PerTelescope<number> | undefined;
  /** Keep picture pixels without a neighbour above the boundary threshold. (true or false; per telescope; default false) */
  readonly keep_isolated_pixels?: PerTelescope<boolean> | undefined;
}

/** Traits that ThetaPercentileCutCalculator declares. */
interface ThetaPercentileCutCalculatorTraits {
  /** Smallest cut. null: no limit. (quantity in deg, such as "1 deg", or null; default null) */
  readonly theta_min_angle?: number | string | null | undefined;
  /** Largest cut. null: no limit. (quantity in deg, such as "1 deg", or null; default 0.5) */
  readonly theta_max_angle?: number | string | null | undefined;
  /** Least number of events in a bin for a cut of its own. (integer, at least 1; default 10) */
  readonly min_counts?: number | undefined;
  /** Cut in bins with too few events. (quantity in deg, such as "1 deg"; default 0.5) */
  readonly theta_fill_value?: number | string | undefined;
  /** Standard deviation of a Gaussian that smooths the cuts, in bins. null: no smoothing. (number, or null; default null) */
  readonly smoothing?: number | null | undefined;
  /** Percentage of the events to keep in each bin. (integer, 0 to 100; default 68) */
  readonly target_percentile?: number | undefined;
}

/** Traits that ThresholdGainSelector declares. */
interface ThresholdGainSelectorTraits {
  /** Threshold in ADC counts: the low gain is selected if a raw sample of the high gain exceeds it. (number; per telescope; default 4000) */
  readonly threshold?: PerTelescope<number> | undefined;
}

/** Traits that TimeChunking declares. */
interface TimeChunkingTraits {
  /** Duration of a chunk; 0 for a chunk of all events. (quantity in s, such as "1 s", at least 0; default 0) */
  readonly chunk_duration?: number | string | undefined;
  /** Time between the starts of consecutive chunks in the second pass, around faulty chunks; 0 for no second pass. (quantity in s, such as "1 s", at least 0, or null; default 0) */
  readonly chunk_shift?: number | string | null | undefined;
}

/** Traits that TimeConstrainedImageCleaner declares. */
interface TimeConstrainedImageCleanerTraits {
  /** Limit of the difference between the peak time of a core pixel and the mean of the brightest island; twice this for bright pixels. (number in ns; per telescope; default 4.5) */
  readonly time_limit_core_ns?: PerTelescope<number> | undefined;
  /** Limit of the difference in peak time between a boundary pixel and its core neighbours. (number in ns; per telescope; default 1.5) */
  readonly time_limit_boundary_ns?: PerTelescope<number> | undefined;
}

/** Traits that ToyModelEventSource declares. */
interface ToyModelEventSourceTraits {
  /** Array of telescopes: large and medium-sized (north), also small-sized ones (south), or four with one camera. (north or south or lst or nectarcam or flashcam or chec; default "north") */
  readonly array?: 'north' | 'south' | 'lst' | 'nectarcam' | 'flashcam' | 'chec' | undefined;
  /** Primary particle; muons make rings. (gamma or proton or muon; default "gamma") */
  readonly particle?: 'gamma' | 'proton' | 'muon' | undefined;
  /** Number of events, not counting calibration events. (integer, at least 1; default 10) */
  readonly events?: number | undefined;
  /** Number of simulated showers, triggered or not; overrides events. (integer, at least 1, or null; default null) */
  readonly showers?: number | null | undefined;
  /** Number of calibration events before the first shower: flat fields and pedestals in turn. (integer, at least 0; default 0) */
  readonly calibration?: number | undefined;
  /** Seed of the random number generator. (integer, at least 0; default 0) */
  readonly seed?: number | undefined;
  /** Observation id, the run number of files; files of different seeds that are merged need different ones. (integer, 1 to 2147483647; default 1) */
  readonly obs_id?: number | undefined;
  /** Lowest energy; default: near the threshold of the array. (number in TeV, at least 0.005, or null; default null) */
  readonly energy_min?: number | null | undefined;
  /** Highest energy; default: depends on the array. (number in TeV, 0.005 to 1000, or null; default null) */
  readonly energy_max?: number | null | undefined;
  /** Spectral index of the power law of energies. (number; default -2) */
  readonly spectral_index?: number | undefined;
  /** Altitude of the pointing. (number in deg, 20 to 90; default 70) */
  readonly altitude?: number | undefined;
  /** Azimuth of the pointing, from north through east. (number in deg; default 0) */
  readonly azimuth?: number | undefined;
  /** Maximum angle between a shower and the source; 0 for a point source. (number in deg, 0 to 10; default 1) */
  readonly view_cone_radius?: number | undefined;
  /** Altitude of the source above the pointing. (number in deg, -5 to 5; default 0) */
  readonly source_offset?: number | undefined;
  /** Maximum distance of the core from the array centre; default: slightly beyond the telescopes. (number in m, at least 0, or null; default null) */
  readonly core_radius?: number | null | undefined;
  /** Photo-electrons required in each of three adjacent pixels for a trigger; default: depends on the camera. (number in pe, at least 1, or null; default null) */
  readonly trigger_threshold?: number | null | undefined;
  /** Number of telescopes required for an event; default: 2, for muons 1. (integer, at least 1, or null; default null) */
  readonly min_telescopes?: number | null | undefined;
  /** Scale factor of the night-sky background. (number, at least 0; default 1) */
  readonly nsb?: number | undefined;
  /** Scale factor of the electronic noise. (number, at least 0; default 1) */
  readonly noise?: number | undefined;
  /** Number of pixels without high voltage in each camera. (integer, at least 0; default 0) */
  readonly broken_pixels?: number | undefined;
  /** Gain selector. (name of a component of kind GainSelector; default "ThresholdGainSelector") */
  readonly gain_selector_type?: GainSelectorName | undefined;
  /** Whether to select gain channels; default: for showers, not for calibration events. (true or false, or null; default null) */
  readonly select_gain?: boolean | null | undefined;
  /** Skip the calibration: R1 waveforms remain in ADC counts. (true or false; default false) */
  readonly skip_r1_calibration?: boolean | undefined;
}

/** Traits that TrainDispReconstructor declares. */
interface TrainDispReconstructorTraits {
  /** Train the distance of the source along the image axis, instead of that from the centroid. (true or false; default false) */
  readonly project_disp?: boolean | undefined;
}

/** Traits that TrainParticleClassifier declares. */
interface TrainParticleClassifierTraits {
  /** Events of the signal. Default: EventSource.input_url. (path; default "") */
  readonly input_url_signal?: string | undefined;
  /** Events of the background. (path; default "") */
  readonly input_url_background?: string | undefined;
  /** Fraction of the signal among all events for training. (number, 0 to 1; default 0.5) */
  readonly signal_fraction?: number | undefined;
}

/** Traits that TrainTool declares. */
interface TrainToolTraits {
  /** The model: an ONNX file. (path; default "") */
  readonly output_path?: string | undefined;
  /** A page about the training (.html): plots and metrics of the cross-validation, importances, settings. (path, or null; default null) */
  readonly report_path?: string | null | undefined;
  /** Replace existing output files. (true or false; default false) */
  readonly overwrite?: boolean | undefined;
  /** Number of telescope events of each telescope type, sampled at random. None: all. (integer, at least 1, or null; per telescope; default null) */
  readonly n_events?: PerTelescope<number | null> | undefined;
  /** Number of array events that are in memory at once. Has no effect on the results. (integer, at least 1; default 10000) */
  readonly chunk_size?: number | undefined;
  /** Seed of the sampling of events. (integer, at least 0; default 0) */
  readonly random_seed?: number | undefined;
  /** Weights of events as an expression over columns, such as true_energy**-1. None: equal weights. (expression, or null; default null) */
  readonly event_weights?: string | null | undefined;
  /** Number of threads, at most twice the CPUs of the machine; has no effect on results. None, 0 or -1: as many as the process may use. (integer, at least -1, or null; default null) */
  readonly n_jobs?: number | null | undefined;
}

/** Traits that TwoPassWindowSum declares. */
interface TwoPassWindowSumTraits {
  /** Picture threshold of the cleaning between the passes; the boundary threshold is half of it. (number in pe; per telescope; default [["type","*",6],["type","LST*",6],["type","MST*",8],["type","SST*",4]]) */
  readonly core_threshold?: PerTelescope<number> | undefined;
  /** Run only the first pass. (true or false; default false) */
  readonly disable_second_pass?: boolean | undefined;
  /** Correct for the part of the pulse outside the window. (true or false; per telescope; default true) */
  readonly apply_integration_correction?: PerTelescope<boolean> | undefined;
  /** Handler that replaces unusable pixels after the first pass. (name of a component of kind InvalidPixelHandler, or null; per telescope; default "NeighborAverage") */
  readonly invalid_pixel_handler_type?: PerTelescope<InvalidPixelHandlerName | null> | undefined;
}

/** Traits that VerifyTool declares. */
interface VerifyToolTraits {
  /** Manifest of the production, as cherenkit plan writes it. (path; default "") */
  readonly manifest?: string | undefined;
  /** Print only the numbers of the shards to process again, as for --array of sbatch: 3,7-12. (true or false; default false) */
  readonly resubmit?: boolean | undefined;
  /** Also compare the inputs with the digests in the manifest. (true or false; default false) */
  readonly check_inputs?: boolean | undefined;
}

/** Traits that ViewTool declares. */
interface ViewToolTraits {
  /** Port. 0: one that is free. (integer, 0 to 65535; default 0) */
  readonly port?: number | undefined;
  /** Open the address in the browser of the system. (true or false; default false) */
  readonly open?: boolean | undefined;
  /** Stop after this time without a request, minutes. (number, 0 to 35791; default 60) */
  readonly idle_minutes?: number | undefined;
}

/** Traits that WindowSum declares. */
interface WindowSumTraits {
  /** Width of the integration window, in samples. (integer, at least 1; per telescope; default 7) */
  readonly window_width?: PerTelescope<number> | undefined;
  /** Number of samples in the integration window before the peak. (integer; per telescope; default 3) */
  readonly window_shift?: PerTelescope<number> | undefined;
  /** Correct for the part of the pulse outside the window. (true or false; per telescope; default true) */
  readonly apply_integration_correction?: PerTelescope<boolean> | undefined;
}

/** Traits that WorkflowTool declares. */
interface WorkflowToolTraits {
  /** Manifests of productions, as cherenkit plan writes them. (list of (path); default []) */
  readonly manifests?: readonly string[] | undefined;
  /** Directory of the generated files, which is created. (path; default "") */
  readonly output_dir?: string | undefined;
  /** Replace existing files. (true or false; default false) */
  readonly overwrite?: boolean | undefined;
  /** Text file with further commands, one per line, such as: train energy -i gamma.h5 -o energy.onnx. Paths are relative to the working directory. (path, or null; default null) */
  readonly steps_file?: string | null | undefined;
  /** How jobs run cherenkit: its path, or a command such as "apptainer exec cherenkit.sif cherenkit". Default: cherenkit if that is the program which writes the workflow, or with --image; else the paths of Node.js and of that program. (string, or null; default null) */
  readonly program?: string | null | undefined;
  /** Image of a container with cherenkit, for engines that run containers. (string, or null; default null) */
  readonly image?: string | null | undefined;
  /** Threads of each job. (integer, at least 1; default 1) */
  readonly n_threads?: number | undefined;
  /** Memory of each job, MB. Default: that in the manifest, which plan takes from reports; else 2000. (integer, at least 1, or null; default null) */
  readonly memory?: number | null | undefined;
  /** Time limit of each job, minutes. Default: that in the manifest, at least 10; else 240. (integer, at least 1, or null; default null) */
  readonly minutes?: number | null | undefined;
}

/** Traits that ZfitsInfoTool declares. */
interface ZfitsInfoToolTraits {
  /** Files. (list of (path); default []) */
  readonly input_files?: readonly string[] | undefined;
  /** List the columns of each table. (true or false; default false) */
  readonly columns?: boolean | undefined;
  /** Decode all values, and compare the checksums. (true or false; default false) */
  readonly check?: boolean | undefined;
  /** Print JSON. (true or false; default false) */
  readonly json?: boolean | undefined;
}

/** Makes the angular resolution in bins of energy and angle to the pointing. */
interface AngularResolution2dMakerSection
  extends
    AngularResolution2dMakerTraits,
    AngularResolutionMakerBaseTraits,
    DefaultTrueEnergyBinsTraits,
    DefaultRecoEnergyBinsTraits,
    DefaultFoVOffsetBinsTraits {}

/** Makes the angular resolution. */
interface AngularResolutionMakerBaseSection
  extends
    AngularResolutionMakerBaseTraits,
    DefaultTrueEnergyBinsTraits,
    DefaultRecoEnergyBinsTraits,
    AngularResolution2dMakerTraits {}

/** Applies models to all events of an HDF5 file: energy, particle type, direction. */
interface ApplyModelsSection extends ApplyModelsTraits {
  /** EventSource */
  readonly EventSource?: EventSourceSection;
  /** Reads events of HDF5 files in ctapipe's data model. */
  readonly HDF5EventSource?: HDF5EventSourceSection;
  /** Merges HDF5 files of one telescope array. */
  readonly HDF5Merger?: HDF5MergerSection;
  /** Loads tables of array events and telescope events from an HDF5 file. */
  readonly TableLoader?: TableLoaderSection;
  /** Evaluates models that are no tree ensembles. */
  readonly GraphRunner?: GraphRunnerSection;
  /** Evaluates no graphs: models are tree ensembles. */
  readonly NoGraphRunner?: NoGraphRunnerSection;
  /** Reads events of sim_telarray files, uncompressed or compressed with gzip or zstd. */
  readonly SimTelEventSource?: SimTelEventSourceSection;
  /** Simulated showers over an array of toy telescopes. */
  readonly ToyModelEventSource?: ToyModelEventSourceSection;
  /** Reads raw data of the Large-Sized Telescopes, in zfits files. */
  readonly LSTEventSource?: LSTEventSourceSection;
  /** Reads raw data of NectarCAMs, in zfits files. */
  readonly NectarCAMEventSource?: NectarCAMEventSourceSection;
  /** Reads the DL0 data of an array of CTAO, in zfits files. */
  readonly ProtozfitsDL0EventSource?: ProtozfitsDL0EventSourceSection;
  /** Reads the DL0 data of one telescope of CTAO, in zfits files. */
  readonly ProtozfitsDL0TelescopeEventSource?: ProtozfitsDL0TelescopeEventSourceSection;
  /** Reads raw data of the SST-1M telescopes, in zfits files. */
  readonly SST1MEventSource?: SST1MEventSourceSection;
}

/** Makes the background rate in bins of reconstructed energy and angle to the pointing. */
interface BackgroundRate2dMakerSection
  extends BackgroundRate2dMakerTraits, DefaultRecoEnergyBinsTraits, DefaultFoVOffsetBinsTraits {}

/** Makes the background rate in bins of reconstructed energy, and of longitude and latitude in the field of view. */
interface BackgroundRate3dMakerSection extends BackgroundRate3dMakerTraits, DefaultRecoEnergyBinsTraits {}

/** Makes the background rate. */
interface BackgroundRateMakerBaseSection
  extends DefaultRecoEnergyBinsTraits, BackgroundRate2dMakerTraits, BackgroundRate3dMakerTraits {}

/** Components of kind BaseAggregator. */
interface BaseAggregatorSection extends BaseAggregatorTraits, HistogramAggregatorTraits, SigmaClippingAggregatorTraits {
  /** BaseChunking */
  readonly BaseChunking?: BaseChunkingSection;
  /** Divides the events of a telescope into chunks of a number of events. */
  readonly SizeChunking?: SizeChunkingSection;
  /** Divides the events of a telescope into chunks of a duration. */
  readonly TimeChunking?: TimeChunkingSection;
}

/** Components of kind BaseChunking. */
interface BaseChunkingSection
  extends BaseChunkingTraits, Omit<SizeChunkingTraits, 'chunk_shift'>, Omit<TimeChunkingTraits, 'chunk_shift'> {
  /** Number of events between the starts of consecutive chunks in the second pass, around faulty chunks; default: no second pass. */
  readonly chunk_shift?: number | string | null;
}

/** Charge in a window around the neighbours' peak, after baseline subtraction. */
interface BaselineSubtractedNeighborPeakWindowSumSection
  extends BaselineSubtractedNeighborPeakWindowSumTraits, NeighborPeakWindowSumTraits, WindowSumTraits {}

/** Gradient boosting with histograms. */
type BoostingEstimatorSection = Readonly<Record<string, never>>;

/** Calibrates waveforms and extracts images. */
interface CameraCalibratorSection extends CameraCalibratorTraits {
  /** DataVolumeReducer */
  readonly DataVolumeReducer?: DataVolumeReducerSection;
  /** ImageExtractor */
  readonly ImageExtractor?: ImageExtractorSection;
  /** InvalidPixelHandler */
  readonly InvalidPixelHandler?: InvalidPixelHandlerSection;
  /** Keeps the waveforms of pixels with light, and of some rows around them. */
  readonly TailCutsDataVolumeReducer?: TailCutsDataVolumeReducerSection;
  /** Charge in a window around the neighbours' peak, after baseline subtraction. */
  readonly BaselineSubtractedNeighborPeakWindowSum?: BaselineSubtractedNeighborPeakWindowSumSection;
  /** Charge in a fixed window. */
  readonly FixedWindowSum?: FixedWindowSumSection;
  /** Charge and leading edge of deconvolved waveforms, for FlashCam. */
  readonly FlashCamExtractor?: FlashCamExtractorSection;
  /** Charge of the whole waveform. */
  readonly FullWaveformSum?: FullWaveformSumSection;
  /** Charge in a window around the peak of the camera's mean waveform. */
  readonly GlobalPeakWindowSum?: GlobalPeakWindowSumSection;
  /** Charge in a window around the peak of each pixel's waveform. */
  readonly LocalPeakWindowSum?: LocalPeakWindowSumSection;
  /** Replaces invalid pixels by the mean of their valid neighbours. */
  readonly NeighborAverage?: NeighborAverageSection;
  /** Charge in a window around the peak of the neighbours' waveforms. */
  readonly NeighborPeakWindowSum?: NeighborPeakWindowSumSection;
  /** Keeps the waveforms of all pixels. */
  readonly NullDataVolumeReducer?: NullDataVolumeReducerSection;
  /** Charge in the window of each pixel's waveform with the largest sum. */
  readonly SlidingWindowMaxSum?: SlidingWindowMaxSumSection;
  /** Charge in a window around the time expected from the brightest island. */
  readonly TwoPassWindowSum?: TwoPassWindowSumSection;
  /** Variance of each pixel's waveform. */
  readonly VarianceExtractor?: VarianceExtractorSection;
  /** WindowSum */
  readonly WindowSum?: WindowSumSection;
}

/** Computes calibration coefficients of cameras from statistics of calibration events. */
interface CameraCoefficientsCalculatorSection extends CameraCoefficientsCalculatorTraits {}

/** Computes calibration coefficients of cameras from statistics of flat-field and pedestal events. */
interface CameraCoefficientsToolSection extends CameraCoefficientsToolTraits {
  /** EventSource */
  readonly EventSource?: EventSourceSection;
  /** Reads events of HDF5 files in ctapipe's data model. */
  readonly HDF5EventSource?: HDF5EventSourceSection;
  /** Merges HDF5 files of one telescope array. */
  readonly HDF5Merger?: HDF5MergerSection;
  /** Computes calibration coefficients of cameras from statistics of calibration events. */
  readonly CameraCoefficientsCalculator?: CameraCoefficientsCalculatorSection;
  /** Reads events of sim_telarray files, uncompressed or compressed with gzip or zstd. */
  readonly SimTelEventSource?: SimTelEventSourceSection;
  /** Simulated showers over an array of toy telescopes. */
  readonly ToyModelEventSource?: ToyModelEventSourceSection;
  /** Reads raw data of the Large-Sized Telescopes, in zfits files. */
  readonly LSTEventSource?: LSTEventSourceSection;
  /** Reads raw data of NectarCAMs, in zfits files. */
  readonly NectarCAMEventSource?: NectarCAMEventSourceSection;
  /** Reads the DL0 data of an array of CTAO, in zfits files. */
  readonly ProtozfitsDL0EventSource?: ProtozfitsDL0EventSourceSection;
  /** Reads the DL0 data of one telescope of CTAO, in zfits files. */
  readonly ProtozfitsDL0TelescopeEventSource?: ProtozfitsDL0TelescopeEventSourceSection;
  /** Reads raw data of the SST-1M telescopes, in zfits files. */
  readonly SST1MEventSource?: SST1MEventSourceSection;
}

/** Checks HDF5 files of ctapipe and Cherenkit, and FITS files of responses and events: data model, ids, rows, values, checksums. */
interface CheckToolSection extends CheckToolTraits {
  /** EventSource */
  readonly EventSource?: EventSourceSection;
  /** Reads events of HDF5 files in ctapipe's data model. */
  readonly HDF5EventSource?: HDF5EventSourceSection;
  /** Reads events of sim_telarray files, uncompressed or compressed with gzip or zstd. */
  readonly SimTelEventSource?: SimTelEventSourceSection;
  /** Simulated showers over an array of toy telescopes. */
  readonly ToyModelEventSource?: ToyModelEventSourceSection;
  /** Reads raw data of the Large-Sized Telescopes, in zfits files. */
  readonly LSTEventSource?: LSTEventSourceSection;
  /** Reads raw data of NectarCAMs, in zfits files. */
  readonly NectarCAMEventSource?: NectarCAMEventSourceSection;
  /** Reads the DL0 data of an array of CTAO, in zfits files. */
  readonly ProtozfitsDL0EventSource?: ProtozfitsDL0EventSourceSection;
  /** Reads the DL0 data of one telescope of CTAO, in zfits files. */
  readonly ProtozfitsDL0TelescopeEventSource?: ProtozfitsDL0TelescopeEventSourceSection;
  /** Reads raw data of the SST-1M telescopes, in zfits files. */
  readonly SST1MEventSource?: SST1MEventSourceSection;
}

/** Contact person of a file. */
interface ContactSection extends ContactTraits {}

/** Writes event lists with their instrument responses, DL3, from DL2 files. */
interface CreateDL3ToolSection extends CreateDL3ToolTraits {
  /** EventSource */
  readonly EventSource?: EventSourceSection;
  /** Reads events of HDF5 files in ctapipe's data model. */
  readonly HDF5EventSource?: HDF5EventSourceSection;
  /** Loads tables of array events and telescope events from an HDF5 file. */
  readonly TableLoader?: TableLoaderSection;
  /** Selects events for cuts and instrument responses, and renames their columns. */
  readonly DL2EventPreprocessor?: DL2EventPreprocessorSection;
  /** Reads events of sim_telarray files, uncompressed or compressed with gzip or zstd. */
  readonly SimTelEventSource?: SimTelEventSourceSection;
  /** Simulated showers over an array of toy telescopes. */
  readonly ToyModelEventSource?: ToyModelEventSourceSection;
  /** Reads raw data of the Large-Sized Telescopes, in zfits files. */
  readonly LSTEventSource?: LSTEventSourceSection;
  /** Reads raw data of NectarCAMs, in zfits files. */
  readonly NectarCAMEventSource?: NectarCAMEventSourceSection;
  /** Reads the DL0 data of an array of CTAO, in zfits files. */
  readonly ProtozfitsDL0EventSource?: ProtozfitsDL0EventSourceSection;
  /** Reads the DL0 data of one telescope of CTAO, in zfits files. */
  readonly ProtozfitsDL0TelescopeEventSource?: ProtozfitsDL0TelescopeEventSourceSection;
  /** Reads raw data of the SST-1M telescopes, in zfits files. */
  readonly SST1MEventSource?: SST1MEventSourceSection;
}

/** Judges models by predictions of events that they were not trained on. */
interface CrossValidatorSection extends CrossValidatorTraits {}

/** Writes CSV: arrays are numbers separated by spaces, times are texts in TAI. */
type CsvTableExporterSection = Readonly<Record<string, never>>;

/** Finds cuts for instrument responses. */
interface CutOptimizerBaseSection
  extends
    DefaultRecoEnergyBinsTraits,
    PointSourceSensitivityGhOptimizerTraits,
    PointSourceSensitivityOptimizerTraits,
    PointSourceSensitivityOptimizerBaseTraits {
  /** Cuts on gammaness that keep a percentage of the events. */
  readonly GhPercentileCutCalculator?: GhPercentileCutCalculatorSection;
  /** Cuts on the angle to the source that keep a percentage of the events. */
  readonly ThetaPercentileCutCalculator?: ThetaPercentileCutCalculatorSection;
}

/** Loads, selects and weights simulated events of DL2 files. */
interface DL2EventLoaderSection extends DL2EventLoaderTraits {
  /** Loads tables of array events and telescope events from an HDF5 file. */
  readonly TableLoader?: TableLoaderSection;
  /** Selects events for cuts and instrument responses, and renames their columns. */
  readonly DL2EventPreprocessor?: DL2EventPreprocessorSection;
}

/** Selects events for cuts and instrument responses, and renames their columns. */
interface DL2EventPreprocessorSection extends DL2EventPreprocessorTraits {
  /** Applies named quality criteria. */
  readonly QualityQuery?: QualityQuerySection;
  /** Quality criteria of events for cuts and instrument responses. */
  readonly DL2EventQualityQuery?: DL2EventQualityQuerySection;
}

/** Quality criteria of events for cuts and instrument responses. */
interface DL2EventQualityQuerySection extends DL2EventQualityQueryTraits, QualityQueryTraits {}

/** Components of kind DataVolumeReducer. */
interface DataVolumeReducerSection extends TailCutsDataVolumeReducerTraits {
  /** ImageCleaner */
  readonly ImageCleaner?: ImageCleanerSection;
  /** ImageExtractor */
  readonly ImageExtractor?: ImageExtractorSection;
  /** Two-level cleaning with a limit on the peak times of neighbours, as for FACT. */
  readonly FACTImageCleaner?: FACTImageCleanerSection;
  /** Tail-cuts cleaning with two rows of boundary pixels. */
  readonly MARSImageCleaner?: MARSImageCleanerSection;
  /** Tail cuts that follow the night-sky background, as for LST. */
  readonly NSBImageCleaner?: NSBImageCleanerSection;
  /** Two-level tail-cuts cleaning. */
  readonly TailcutsImageCleaner?: TailcutsImageCleanerSection;
  /** Two-level cleaning with limits on the peak times, as for MAGIC. */
  readonly TimeConstrainedImageCleaner?: TimeConstrainedImageCleanerSection;
  /** Charge in a window around the neighbours' peak, after baseline subtraction. */
  readonly BaselineSubtractedNeighborPeakWindowSum?: BaselineSubtractedNeighborPeakWindowSumSection;
  /** Charge in a fixed window. */
  readonly FixedWindowSum?: FixedWindowSumSection;
  /** Charge and leading edge of deconvolved waveforms, for FlashCam. */
  readonly FlashCamExtractor?: FlashCamExtractorSection;
  /** Charge of the whole waveform. */
  readonly FullWaveformSum?: FullWaveformSumSection;
  /** Charge in a window around the peak of the camera's mean waveform. */
  readonly GlobalPeakWindowSum?: GlobalPeakWindowSumSection;
  /** Charge in a window around the peak of each pixel's waveform. */
  readonly LocalPeakWindowSum?: LocalPeakWindowSumSection;
  /** Charge in a window around the peak of the neighbours' waveforms. */
  readonly NeighborPeakWindowSum?: NeighborPeakWindowSumSection;
  /** Charge in the window of each pixel's waveform with the largest sum. */
  readonly SlidingWindowMaxSum?: SlidingWindowMaxSumSection;
  /** Charge in a window around the time expected from the brightest island. */
  readonly TwoPassWindowSum?: TwoPassWindowSumSection;
  /** Variance of each pixel's waveform. */
  readonly VarianceExtractor?: VarianceExtractorSection;
  /** WindowSum */
  readonly WindowSum?: WindowSumSection;
}

/** Components of kind DataWriter. */
interface DataWriterSection extends DataWriterTraits, HDF5DataWriterTraits, SimTelEventWriterTraits {
  /** Contact person of a file. */
  readonly Contact?: ContactSection;
  /** Instrument that recorded the data of a file. */
  readonly Instrument?: InstrumentSection;
}

/** Bins in the angle to the pointing. */
interface DefaultFoVOffsetBinsSection
  extends
    DefaultFoVOffsetBinsTraits,
    AngularResolution2dMakerTraits,
    BackgroundRate2dMakerTraits,
    EffectiveArea2dMakerTraits,
    EffectiveArea3dPolarMakerTraits,
    EnergyBiasResolution2dMakerTraits,
    EnergyDispersion2dMakerTraits,
    EnergyDispersion3dPolarMakerTraits,
    PSF3DMakerTraits,
    RadialEventWeighterTraits,
    Sensitivity2dMakerTraits {}

/** Bins in the position angle around the pointing. */
interface DefaultFoVPhiBinsSection
  extends DefaultFoVPhiBinsTraits, EffectiveArea3dPolarMakerTraits, EnergyDispersion3dPolarMakerTraits {}

/** Bins in reconstructed energy. */
interface DefaultRecoEnergyBinsSection
  extends
    DefaultRecoEnergyBinsTraits,
    AngularResolution2dMakerTraits,
    AngularResolutionMakerBaseTraits,
    BackgroundRate2dMakerTraits,
    BackgroundRate3dMakerTraits,
    PointSourceSensitivityGhOptimizerTraits,
    PointSourceSensitivityOptimizerTraits,
    PointSourceSensitivityOptimizerBaseTraits,
    Sensitivity2dMakerTraits,
    SensitivityMakerBaseTraits {
  /** Cuts on gammaness that keep a percentage of the events. */
  readonly GhPercentileCutCalculator?: GhPercentileCutCalculatorSection;
  /** Cuts on the angle to the source that keep a percentage of the events. */
  readonly ThetaPercentileCutCalculator?: ThetaPercentileCutCalculatorSection;
}

/** Bins in true energy. */
interface DefaultTrueEnergyBinsSection
  extends
    DefaultTrueEnergyBinsTraits,
    AngularResolution2dMakerTraits,
    AngularResolutionMakerBaseTraits,
    EffectiveArea2dMakerTraits,
    EffectiveArea3dMakerTraits,
    EffectiveArea3dPolarMakerTraits,
    EnergyBiasResolution2dMakerTraits,
    EnergyDispersion2dMakerTraits,
    EnergyDispersion3dMakerTraits,
    EnergyDispersion3dPolarMakerTraits,
    EnergyDispersionMakerBaseTraits,
    PSF3DMakerTraits {}

/** Compares two HDF5 files table by table. */
interface DiffToolSection extends DiffToolTraits {
  /** EventSource */
  readonly EventSource?: EventSourceSection;
  /** Reads events of HDF5 files in ctapipe's data model. */
  readonly HDF5EventSource?: HDF5EventSourceSection;
  /** Reads events of sim_telarray files, uncompressed or compressed with gzip or zstd. */
  readonly SimTelEventSource?: SimTelEventSourceSection;
  /** Simulated showers over an array of toy telescopes. */
  readonly ToyModelEventSource?: ToyModelEventSourceSection;
  /** Reads raw data of the Large-Sized Telescopes, in zfits files. */
  readonly LSTEventSource?: LSTEventSourceSection;
  /** Reads raw data of NectarCAMs, in zfits files. */
  readonly NectarCAMEventSource?: NectarCAMEventSourceSection;
  /** Reads the DL0 data of an array of CTAO, in zfits files. */
  readonly ProtozfitsDL0EventSource?: ProtozfitsDL0EventSourceSection;
  /** Reads the DL0 data of one telescope of CTAO, in zfits files. */
  readonly ProtozfitsDL0TelescopeEventSource?: ProtozfitsDL0TelescopeEventSourceSection;
  /** Reads raw data of the SST-1M telescopes, in zfits files. */
  readonly SST1MEventSource?: SST1MEventSourceSection;
}

/** Directions from models of the distance between the image and the source. */
interface DispReconstructorSection extends DispReconstructorTraits, ModelReconstructorTraits, TableReconstructorTraits {
  /** Computes features from other columns. */
  readonly FeatureGenerator?: FeatureGeneratorSection;
  /** Applies named quality criteria. */
  readonly QualityQuery?: QualityQuerySection;
  /** StereoCombiner */
  readonly StereoCombiner?: StereoCombinerSection;
  /** Gradient boosting with histograms. */
  readonly BoostingEstimator?: BoostingEstimatorSection;
  /** Estimator */
  readonly Estimator?: EstimatorSection;
  /** Mean of trees with random thresholds, for two classes. */
  readonly ExtraTreesClassifier?: ExtraTreesClassifierSection;
  /** Mean of trees with random thresholds, for values. */
  readonly ExtraTreesRegressor?: ExtraTreesRegressorSection;
  /** A forest, the mean of trees. */
  readonly ForestEstimator?: ForestEstimatorSection;
  /** Evaluates models that are no tree ensembles. */
  readonly GraphRunner?: GraphRunnerSection;
  /** Trees that each correct the sum of those before them, for two classes. */
  readonly HistGradientBoostingClassifier?: HistGradientBoostingClassifierSection;
  /** Trees that each correct the sum of those before them, for values. */
  readonly HistGradientBoostingRegressor?: HistGradientBoostingRegressorSection;
  /** Quality criteria of telescope events for models. */
  readonly MLQualityQuery?: MLQualityQuerySection;
  /** Evaluates no graphs: models are tree ensembles. */
  readonly NoGraphRunner?: NoGraphRunnerSection;
  /** Mean of trees with the best thresholds, each of rows drawn at random, for two classes. */
  readonly RandomForestClassifier?: RandomForestClassifierSection;
  /** Mean of trees with the best thresholds, each of rows drawn at random, for values. */
  readonly RandomForestRegressor?: RandomForestRegressorSection;
  /** Direction from the disp of several images, with their signs resolved together. */
  readonly StereoDispCombiner?: StereoDispCombinerSection;
  /** Weighted mean of the predictions of all telescopes. */
  readonly StereoMeanCombiner?: StereoMeanCombinerSection;
}

/** Draws an event, or a file of instrument responses. */
interface DisplayToolSection extends DisplayToolTraits {
  /** Calibrates waveforms and extracts images. */
  readonly CameraCalibrator?: CameraCalibratorSection;
  /** EventSource */
  readonly EventSource?: EventSourceSection;
  /** FileDisplay */
  readonly FileDisplay?: FileDisplaySection;
  /** Cleans and parametrizes images. */
  readonly ImageProcessor?: ImageProcessorSection;
  /** Reconstructs showers from image parameters. */
  readonly ShowerProcessor?: ShowerProcessorSection;
  /** Reads events of HDF5 files in ctapipe's data model. */
  readonly HDF5EventSource?: HDF5EventSourceSection;
  /** Draws FITS files of instrument responses, benchmarks and cuts. */
  readonly IrfDisplay?: IrfDisplaySection;
  /** Reads events of sim_telarray files, uncompressed or compressed with gzip or zstd. */
  readonly SimTelEventSource?: SimTelEventSourceSection;
  /** Simulated showers over an array of toy telescopes. */
  readonly ToyModelEventSource?: ToyModelEventSourceSection;
  /** Reads raw data of the Large-Sized Telescopes, in zfits files. */
  readonly LSTEventSource?: LSTEventSourceSection;
  /** Reads raw data of NectarCAMs, in zfits files. */
  readonly NectarCAMEventSource?: NectarCAMEventSourceSection;
  /** Reads the DL0 data of an array of CTAO, in zfits files. */
  readonly ProtozfitsDL0EventSource?: ProtozfitsDL0EventSourceSection;
  /** Reads the DL0 data of one telescope of CTAO, in zfits files. */
  readonly ProtozfitsDL0TelescopeEventSource?: ProtozfitsDL0TelescopeEventSourceSection;
  /** Reads raw data of the SST-1M telescopes, in zfits files. */
  readonly SST1MEventSource?: SST1MEventSourceSection;
}

/** Writes the cameras, the optics and the telescopes of an input to FITS, ECSV or HDF5 files. */
interface DumpInstrumentToolSection extends DumpInstrumentToolTraits {
  /** EventSource */
  readonly EventSource?: EventSourceSection;
  /** Reads events of HDF5 files in ctapipe's data model. */
  readonly HDF5EventSource?: HDF5EventSourceSection;
  /** Reads events of sim_telarray files, uncompressed or compressed with gzip or zstd. */
  readonly SimTelEventSource?: SimTelEventSourceSection;
  /** Simulated showers over an array of toy telescopes. */
  readonly ToyModelEventSource?: ToyModelEventSourceSection;
  /** Reads raw data of the Large-Sized Telescopes, in zfits files. */
  readonly LSTEventSource?: LSTEventSourceSection;
  /** Reads raw data of NectarCAMs, in zfits files. */
  readonly NectarCAMEventSource?: NectarCAMEventSourceSection;
  /** Reads the DL0 data of an array of CTAO, in zfits files. */
  readonly ProtozfitsDL0EventSource?: ProtozfitsDL0EventSourceSection;
  /** Reads the DL0 data of one telescope of CTAO, in zfits files. */
  readonly ProtozfitsDL0TelescopeEventSource?: ProtozfitsDL0TelescopeEventSourceSection;
  /** Reads raw data of the SST-1M telescopes, in zfits files. */
  readonly SST1MEventSource?: SST1MEventSourceSection;
}

/** Makes the effective area in bins of true energy and angle to the pointing. */
interface EffectiveArea2dMakerSection
  extends EffectiveArea2dMakerTraits, DefaultTrueEnergyBinsTraits, DefaultFoVOffsetBinsTraits {}

/** Makes the effective area in bins of true energy, and of longitude and latitude in the field of view. */
interface EffectiveArea3dMakerSection extends EffectiveArea3dMakerTraits, DefaultTrueEnergyBinsTraits {}

/** Makes the effective area in bins of true energy, of the angle to the pointing, and of the position angle around it. */
interface EffectiveArea3dPolarMakerSection
  extends
    EffectiveArea3dPolarMakerTraits,
    DefaultTrueEnergyBinsTraits,
    DefaultFoVPhiBinsTraits,
    DefaultFoVOffsetBinsTraits {}

/** Makes the effective area. */
interface EffectiveAreaMakerBaseSection
  extends
    DefaultTrueEnergyBinsTraits,
    EffectiveArea2dMakerTraits,
    EffectiveArea3dMakerTraits,
    EffectiveArea3dPolarMakerTraits {}

/** Makes the bias and the resolution of the energy in bins of true energy and angle to the pointing. */
interface EnergyBiasResolution2dMakerSection
  extends EnergyBiasResolution2dMakerTraits, DefaultTrueEnergyBinsTraits, DefaultFoVOffsetBinsTraits {}

/** Makes the bias and the resolution of the energy. */
interface EnergyBiasResolutionMakerBaseSection extends DefaultTrueEnergyBinsTraits, EnergyBiasResolution2dMakerTraits {}

/** Makes the energy dispersion in bins of true energy and angle to the pointing. */
interface EnergyDispersion2dMakerSection
  extends
    EnergyDispersion2dMakerTraits,
    EnergyDispersionMakerBaseTraits,
    DefaultTrueEnergyBinsTraits,
    DefaultFoVOffsetBinsTraits {}

/** Makes the energy dispersion in bins of true energy, and of longitude and latitude in the field of view. */
interface EnergyDispersion3dMakerSection
  extends EnergyDispersion3dMakerTraits, EnergyDispersionMakerBaseTraits, DefaultTrueEnergyBinsTraits {}

/** Makes the energy dispersion in bins of true energy, of the angle to the pointing, and of the position angle around it. */
interface EnergyDispersion3dPolarMakerSection
  extends
    EnergyDispersion3dPolarMakerTraits,
    EnergyDispersionMakerBaseTraits,
    DefaultTrueEnergyBinsTraits,
    DefaultFoVPhiBinsTraits,
    DefaultFoVOffsetBinsTraits {}

/** Makes the energy dispersion. */
interface EnergyDispersionMakerBaseSection
  extends
    EnergyDispersionMakerBaseTraits,
    DefaultTrueEnergyBinsTraits,
    EnergyDispersion2dMakerTraits,
    EnergyDispersion3dMakerTraits,
    EnergyDispersion3dPolarMakerTraits {}

/** Energies from a model per telescope type. */
interface EnergyRegressorSection extends EnergyRegressorTraits, ModelReconstructorTraits, TableReconstructorTraits {
  /** Computes features from other columns. */
  readonly FeatureGenerator?: FeatureGeneratorSection;
  /** Applies named quality criteria. */
  readonly QualityQuery?: QualityQuerySection;
  /** StereoCombiner */
  readonly StereoCombiner?: StereoCombinerSection;
  /** Gradient boosting with histograms. */
  readonly BoostingEstimator?: BoostingEstimatorSection;
  /** Estimator */
  readonly Estimator?: EstimatorSection;
  /** Mean of trees with random thresholds, for two classes. */
  readonly ExtraTreesClassifier?: ExtraTreesClassifierSection;
  /** Mean of trees with random thresholds, for values. */
  readonly ExtraTreesRegressor?: ExtraTreesRegressorSection;
  /** A forest, the mean of trees. */
  readonly ForestEstimator?: ForestEstimatorSection;
  /** Evaluates models that are no tree ensembles. */
  readonly GraphRunner?: GraphRunnerSection;
  /** Trees that each correct the sum of those before them, for two classes. */
  readonly HistGradientBoostingClassifier?: HistGradientBoostingClassifierSection;
  /** Trees that each correct the sum of those before them, for values. */
  readonly HistGradientBoostingRegressor?: HistGradientBoostingRegressorSection;
  /** Quality criteria of telescope events for models. */
  readonly MLQualityQuery?: MLQualityQuerySection;
  /** Evaluates no graphs: models are tree ensembles. */
  readonly NoGraphRunner?: NoGraphRunnerSection;
  /** Mean of trees with the best thresholds, each of rows drawn at random, for two classes. */
  readonly RandomForestClassifier?: RandomForestClassifierSection;
  /** Mean of trees with the best thresholds, each of rows drawn at random, for values. */
  readonly RandomForestRegressor?: RandomForestRegressorSection;
  /** Direction from the disp of several images, with their signs resolved together. */
  readonly StereoDispCombiner?: StereoDispCombinerSection;
  /** Weighted mean of the predictions of all telescopes. */
  readonly StereoMeanCombiner?: StereoMeanCombinerSection;
}

/** Components of kind Estimator. */
type EstimatorSection = Readonly<Record<string, never>>;

/** Computes columns of events, and selects events and columns. */
interface EventPreprocessorSection extends EventPreprocessorTraits {
  /** Computes features from other columns. */
  readonly FeatureGenerator?: FeatureGeneratorSection;
  /** Quality criteria of cleaned images to be parametrized. */
  readonly ImageQualityQuery?: ImageQualityQuerySection;
  /** Applies named quality criteria. */
  readonly QualityQuery?: QualityQuerySection;
  /** Quality criteria of images to be used in stereo reconstruction. */
  readonly StereoQualityQuery?: StereoQualityQuerySection;
  /** Quality criteria of events for cuts and instrument responses. */
  readonly DL2EventQualityQuery?: DL2EventQualityQuerySection;
  /** Quality criteria of telescope events for models. */
  readonly MLQualityQuery?: MLQualityQuerySection;
  /** Quality criteria for images to be searched for muon rings. */
  readonly ImageParameterQuery?: ImageParameterQuerySection;
  /** Quality criteria for muon rings whose light is fitted. */
  readonly RingQuery?: RingQuerySection;
}

/** Finds cuts on gammaness, direction and multiplicity for instrument responses. */
interface EventSelectionOptimizerSection extends EventSelectionOptimizerTraits {
  /** EventSource */
  readonly EventSource?: EventSourceSection;
  /** Reads events of HDF5 files in ctapipe's data model. */
  readonly HDF5EventSource?: HDF5EventSourceSection;
  /** Finds cuts for instrument responses. */
  readonly CutOptimizerBase?: CutOptimizerBaseSection;
  /** Loads, selects and weights simulated events of DL2 files. */
  readonly DL2EventLoader?: DL2EventLoaderSection;
  /** Bins in reconstructed energy. */
  readonly DefaultRecoEnergyBins?: DefaultRecoEnergyBinsSection;
  /** Cuts on gammaness and direction that keep a percentage of the gammas. */
  readonly PercentileCuts?: PercentileCutsSection;
  /** Finds the cut on gammaness with the best sensitivity; the cut on the direction keeps a percentage of the gammas. */
  readonly PointSourceSensitivityGhOptimizer?: PointSourceSensitivityGhOptimizerSection;
  /** Finds the cuts on gammaness, direction and multiplicity with the best sensitivity. */
  readonly PointSourceSensitivityOptimizer?: PointSourceSensitivityOptimizerSection;
  /** PointSourceSensitivityOptimizerBase */
  readonly PointSourceSensitivityOptimizerBase?: PointSourceSensitivityOptimizerBaseSection;
  /** Reads events of sim_telarray files, uncompressed or compressed with gzip or zstd. */
  readonly SimTelEventSource?: SimTelEventSourceSection;
  /** Simulated showers over an array of toy telescopes. */
  readonly ToyModelEventSource?: ToyModelEventSourceSection;
  /** Reads raw data of the Large-Sized Telescopes, in zfits files. */
  readonly LSTEventSource?: LSTEventSourceSection;
  /** Reads raw data of NectarCAMs, in zfits files. */
  readonly NectarCAMEventSource?: NectarCAMEventSourceSection;
  /** Reads the DL0 data of an array of CTAO, in zfits files. */
  readonly ProtozfitsDL0EventSource?: ProtozfitsDL0EventSourceSection;
  /** Reads the DL0 data of one telescope of CTAO, in zfits files. */
  readonly ProtozfitsDL0TelescopeEventSource?: ProtozfitsDL0TelescopeEventSourceSection;
  /** Reads raw data of the SST-1M telescopes, in zfits files. */
  readonly SST1MEventSource?: SST1MEventSourceSection;
}

/** Components of kind EventSource. */
interface EventSourceSection
  extends
    EventSourceTraits,
    HDF5EventSourceTraits,
    LSTEventSourceTraits,
    NectarCAMEventSourceTraits,
    ProtozfitsDL0EventSourceTraits,
    ProtozfitsDL0TelescopeEventSourceTraits,
    SST1MEventSourceTraits,
    Omit<SimTelEventSourceTraits, 'gain_selector_type'>,
    Omit<ToyModelEventSourceTraits, 'gain_selector_type'> {
  /** Gain selector component. */
  readonly gain_selector_type?: PerTelescope<GainSelectorName> | GainSelectorName;
  /** GainSelector */
  readonly GainSelector?: GainSelectorSection;
  /** Selects the same gain channel for all pixels. */
  readonly ManualGainSelector?: ManualGainSelectorSection;
  /** Selects the low gain for pixels whose high gain exceeds a threshold. */
  readonly ThresholdGainSelector?: ThresholdGainSelectorSection;
  /** Computes the times of events of LST-1 from the counters of the modules. */
  readonly EventTimeCalculator?: EventTimeCalculatorSection;
  /** Corrects and calibrates raw waveforms of Large-Sized Telescopes. */
  readonly LSTR0Corrections?: LSTR0CorrectionsSection;
  /** Finds the streams and chunks of a run. */
  readonly MultiFiles?: MultiFilesSection;
  /** Calibrates raw waveforms of NectarCAMs. */
  readonly NectarCAMR0Corrections?: NectarCAMR0CorrectionsSection;
  /** Finds where a Large-Sized Telescope pointed, in the logs of its drive. */
  readonly PointingSource?: PointingSourceSection;
}

/** Computes the times of events of LST-1 from the counters of the modules. */
interface EventTimeCalculatorSection extends EventTimeCalculatorTraits {}

/** Selects events by type. */
interface EventTypeFilterSection extends EventTypeFilterTraits, NoiseEventTypeFilterTraits {}

/** Weights events to a spectrum. */
interface EventWeighterSection extends EventWeighterTraits, RadialEventWeighterTraits, SimpleEventWeighterTraits {}

/** Writes tables of an HDF5 file as CSV, Parquet or Arrow. */
interface ExportToolSection extends ExportToolTraits {
  /** EventSource */
  readonly EventSource?: EventSourceSection;
  /** TableExporter */
  readonly TableExporter?: TableExporterSection;
  /** Writes CSV: arrays are numbers separated by spaces, times are texts in TAI. */
  readonly CsvTableExporter?: CsvTableExporterSection;
  /** Reads events of HDF5 files in ctapipe's data model. */
  readonly HDF5EventSource?: HDF5EventSourceSection;
  /** Writes Parquet: arrays are lists, times are texts in TAI; units and descriptions are in the metadata of the file. */
  readonly ParquetTableExporter?: ParquetTableExporterSection;
  /** Reads events of sim_telarray files, uncompressed or compressed with gzip or zstd. */
  readonly SimTelEventSource?: SimTelEventSourceSection;
  /** Simulated showers over an array of toy telescopes. */
  readonly ToyModelEventSource?: ToyModelEventSourceSection;
  /** Reads raw data of the Large-Sized Telescopes, in zfits files. */
  readonly LSTEventSource?: LSTEventSourceSection;
  /** Reads raw data of NectarCAMs, in zfits files. */
  readonly NectarCAMEventSource?: NectarCAMEventSourceSection;
  /** Reads the DL0 data of an array of CTAO, in zfits files. */
  readonly ProtozfitsDL0EventSource?: ProtozfitsDL0EventSourceSection;
  /** Reads the DL0 data of one telescope of CTAO, in zfits files. */
  readonly ProtozfitsDL0TelescopeEventSource?: ProtozfitsDL0TelescopeEventSourceSection;
  /** Reads raw data of the SST-1M telescopes, in zfits files. */
  readonly SST1MEventSource?: SST1MEventSourceSection;
}

/** Mean of trees with random thresholds, for two classes. */
type ExtraTreesClassifierSection = Readonly<Record<string, never>>;

/** Mean of trees with random thresholds, for values. */
type ExtraTreesRegressorSection = Readonly<Record<string, never>>;

/** Two-level cleaning with a limit on the peak times of neighbours, as for FACT. */
interface FACTImageCleanerSection extends FACTImageCleanerTraits, TailcutsImageCleanerTraits {}

/** Computes features from other columns. */
interface FeatureGeneratorSection extends FeatureGeneratorTraits {}

/** Components of kind FileDisplay. */
type FileDisplaySection = Readonly<Record<string, never>>;

/** Prints the metadata of HDF5 files as YAML, as ctapipe-fileinfo does. */
interface FileInfoToolSection extends FileInfoToolTraits {
  /** EventSource */
  readonly EventSource?: EventSourceSection;
  /** Reads events of HDF5 files in ctapipe's data model. */
  readonly HDF5EventSource?: HDF5EventSourceSection;
  /** Reads events of sim_telarray files, uncompressed or compressed with gzip or zstd. */
  readonly SimTelEventSource?: SimTelEventSourceSection;
  /** Simulated showers over an array of toy telescopes. */
  readonly ToyModelEventSource?: ToyModelEventSourceSection;
  /** Reads raw data of the Large-Sized Telescopes, in zfits files. */
  readonly LSTEventSource?: LSTEventSourceSection;
  /** Reads raw data of NectarCAMs, in zfits files. */
  readonly NectarCAMEventSource?: NectarCAMEventSourceSection;
  /** Reads the DL0 data of an array of CTAO, in zfits files. */
  readonly ProtozfitsDL0EventSource?: ProtozfitsDL0EventSourceSection;
  /** Reads the DL0 data of one telescope of CTAO, in zfits files. */
  readonly ProtozfitsDL0TelescopeEventSource?: ProtozfitsDL0TelescopeEventSourceSection;
  /** Reads raw data of the SST-1M telescopes, in zfits files. */
  readonly SST1MEventSource?: SST1MEventSourceSection;
}

/** Charge in a fixed window. */
interface FixedWindowSumSection extends FixedWindowSumTraits, WindowSumTraits {}

/** Charge and leading edge of deconvolved waveforms, for FlashCam. */
interface FlashCamExtractorSection extends FlashCamExtractorTraits {}

/** A forest, the mean of trees. */
type ForestEstimatorSection = Readonly<Record<string, never>>;

/** Charge of the whole waveform. */
type FullWaveformSumSection = Readonly<Record<string, never>>;

/** Components of kind GainSelector. */
interface GainSelectorSection extends ManualGainSelectorTraits, ThresholdGainSelectorTraits {}

/** Cuts on gammaness that keep a percentage of the events. */
interface GhPercentileCutCalculatorSection extends GhPercentileCutCalculatorTraits {}

/** Charge in a window around the peak of the camera's mean waveform. */
interface GlobalPeakWindowSumSection extends GlobalPeakWindowSumTraits, WindowSumTraits {}

/** Evaluates models that are no tree ensembles. */
type GraphRunnerSection = Readonly<Record<string, never>>;

/** Writes HDF5 files in ctapipe's data model. */
interface HDF5DataWriterSection extends HDF5DataWriterTraits, DataWriterTraits {
  /** Contact person of a file. */
  readonly Contact?: ContactSection;
  /** Instrument that recorded the data of a file. */
  readonly Instrument?: InstrumentSection;
}

/** Reads events of HDF5 files in ctapipe's data model. */
interface HDF5EventSourceSection extends HDF5EventSourceTraits, EventSourceTraits {}

/** Merges HDF5 files of one telescope array. */
interface HDF5MergerSection extends HDF5MergerTraits {}

/** Reads calibration coefficients, pixel statistics and pointings of HDF5 files. */
interface HDF5MonitoringSourceSection extends HDF5MonitoringSourceTraits {}

/** Direction and core position from the Hillas parameters of several images. */
interface HillasGeometryReconstructorSection extends HillasGeometryReconstructorTraits, HillasIntersectionTraits {
  /** Applies named quality criteria. */
  readonly QualityQuery?: QualityQuerySection;
  /** Quality criteria of images to be used in stereo reconstruction. */
  readonly StereoQualityQuery?: StereoQualityQuerySection;
}

/** Direction and core position as the mean pairwise intersection of the major axes. */
interface HillasIntersectionSection extends HillasIntersectionTraits, HillasGeometryReconstructorTraits {
  /** Applies named quality criteria. */
  readonly QualityQuery?: QualityQuerySection;
  /** Quality criteria of images to be used in stereo reconstruction. */
  readonly StereoQualityQuery?: StereoQualityQuerySection;
}

/** Moments, timing, leakage, concentration, islands and statistics of an image. */
type HillasParametrizerSection = Readonly<Record<string, never>>;

/** Direction and core position from the intersections of the major axes of all images. */
interface HillasReconstructorSection extends HillasGeometryReconstructorTraits {
  /** Applies named quality criteria. */
  readonly QualityQuery?: QualityQuerySection;
  /** Quality criteria of images to be used in stereo reconstruction. */
  readonly StereoQualityQuery?: StereoQualityQuerySection;
}

/** Trees that each correct the sum of those before them, for two classes. */
type HistGradientBoostingClassifierSection = Readonly<Record<string, never>>;

/** Trees that each correct the sum of those before them, for values. */
type HistGradientBoostingRegressorSection = Readonly<Record<string, never>>;

/** A histogram of the values of each pixel. */
interface HistogramAggregatorSection extends HistogramAggregatorTraits, BaseAggregatorTraits {
  /** BaseChunking */
  readonly BaseChunking?: BaseChunkingSection;
  /** Divides the events of a telescope into chunks of a number of events. */
  readonly SizeChunking?: SizeChunkingSection;
  /** Divides the events of a telescope into chunks of a duration. */
  readonly TimeChunking?: TimeChunkingSection;
}

/** Direction, core, energy and height of maximum by a fit of image templates (ImPACT). */
interface ImPACTReconstructorSection extends ImPACTReconstructorTraits {
  /** Applies named quality criteria. */
  readonly QualityQuery?: QualityQuerySection;
  /** Quality criteria of images to be used in stereo reconstruction. */
  readonly StereoQualityQuery?: StereoQualityQuerySection;
}

/** Components of kind ImageCleaner. */
interface ImageCleanerSection
  extends
    FACTImageCleanerTraits,
    NSBImageCleanerTraits,
    TailcutsImageCleanerTraits,
    TimeConstrainedImageCleanerTraits {}

/** Components of kind ImageExtractor. */
interface ImageExtractorSection
  extends
    BaselineSubtractedNeighborPeakWindowSumTraits,
    FixedWindowSumTraits,
    FlashCamExtractorTraits,
    GlobalPeakWindowSumTraits,
    NeighborPeakWindowSumTraits,
    SlidingWindowMaxSumTraits,
    TwoPassWindowSumTraits,
    WindowSumTraits {
  /** InvalidPixelHandler */
  readonly InvalidPixelHandler?: InvalidPixelHandlerSection;
  /** Replaces invalid pixels by the mean of their valid neighbours. */
  readonly NeighborAverage?: NeighborAverageSection;
}

/** Components of kind ImageModifier. */
interface ImageModifierSection extends NoiseImageModifierTraits {}

/** Quality criteria for images to be searched for muon rings. */
interface ImageParameterQuerySection extends ImageParameterQueryTraits, QualityQueryTraits {}

/** Components of kind ImageParametrizer. */
type ImageParametrizerSection = Readonly<Record<string, never>>;

/** Cleans and parametrizes images. */
interface ImageProcessorSection extends ImageProcessorTraits {
  /** ImageCleaner */
  readonly ImageCleaner?: ImageCleanerSection;
  /** ImageModifier */
  readonly ImageModifier?: ImageModifierSection;
  /** ImageParametrizer */
  readonly ImageParametrizer?: ImageParametrizerSection;
  /** Quality criteria of cleaned images to be parametrized. */
  readonly ImageQualityQuery?: ImageQualityQuerySection;
  /** Applies named quality criteria. */
  readonly QualityQuery?: QualityQuerySection;
  /** Two-level cleaning with a limit on the peak times of neighbours, as for FACT. */
  readonly FACTImageCleaner?: FACTImageCleanerSection;
  /** Tail-cuts cleaning with two rows of boundary pixels. */
  readonly MARSImageCleaner?: MARSImageCleanerSection;
  /** Tail cuts that follow the night-sky background, as for LST. */
  readonly NSBImageCleaner?: NSBImageCleanerSection;
  /** Adds noise to images and widens their point spread function. */
  readonly NoiseImageModifier?: NoiseImageModifierSection;
  /** Two-level tail-cuts cleaning. */
  readonly TailcutsImageCleaner?: TailcutsImageCleanerSection;
  /** Two-level cleaning with limits on the peak times, as for MAGIC. */
  readonly TimeConstrainedImageCleaner?: TimeConstrainedImageCleanerSection;
  /** Moments, timing, leakage, concentration, islands and statistics of an image. */
  readonly HillasParametrizer?: HillasParametrizerSection;
}

/** Quality criteria of cleaned images to be parametrized. */
interface ImageQualityQuerySection extends ImageQualityQueryTraits, QualityQueryTraits {}

/** Writes the index tables of DL3 files, with which gammapy finds observations and responses. */
interface IndexDL3ToolSection extends IndexDL3ToolTraits {
  /** EventSource */
  readonly EventSource?: EventSourceSection;
  /** Reads events of HDF5 files in ctapipe's data model. */
  readonly HDF5EventSource?: HDF5EventSourceSection;
  /** Reads events of sim_telarray files, uncompressed or compressed with gzip or zstd. */
  readonly SimTelEventSource?: SimTelEventSourceSection;
  /** Simulated showers over an array of toy telescopes. */
  readonly ToyModelEventSource?: ToyModelEventSourceSection;
  /** Reads raw data of the Large-Sized Telescopes, in zfits files. */
  readonly LSTEventSource?: LSTEventSourceSection;
  /** Reads raw data of NectarCAMs, in zfits files. */
  readonly NectarCAMEventSource?: NectarCAMEventSourceSection;
  /** Reads the DL0 data of an array of CTAO, in zfits files. */
  readonly ProtozfitsDL0EventSource?: ProtozfitsDL0EventSourceSection;
  /** Reads the DL0 data of one telescope of CTAO, in zfits files. */
  readonly ProtozfitsDL0TelescopeEventSource?: ProtozfitsDL0TelescopeEventSourceSection;
  /** Reads raw data of the SST-1M telescopes, in zfits files. */
  readonly SST1MEventSource?: SST1MEventSourceSection;
}

/** Instrument that recorded the data of a file. */
interface InstrumentSection extends InstrumentTraits {}

/** Components of kind InvalidPixelHandler. */
type InvalidPixelHandlerSection = Readonly<Record<string, never>>;

/** Draws FITS files of instrument responses, benchmarks and cuts. */
type IrfDisplaySection = Readonly<Record<string, never>>;

/** Makes instrument responses and benchmarks from DL2 files and cuts. */
interface IrfToolSection extends IrfToolTraits {
  /** EventSource */
  readonly EventSource?: EventSourceSection;
  /** Reads events of HDF5 files in ctapipe's data model. */
  readonly HDF5EventSource?: HDF5EventSourceSection;
  /** Makes the angular resolution in bins of energy and angle to the pointing. */
  readonly AngularResolution2dMaker?: AngularResolution2dMakerSection;
  /** Makes the angular resolution. */
  readonly AngularResolutionMakerBase?: AngularResolutionMakerBaseSection;
  /** Makes the background rate in bins of reconstructed energy and angle to the pointing. */
  readonly BackgroundRate2dMaker?: BackgroundRate2dMakerSection;
  /** Makes the background rate in bins of reconstructed energy, and of longitude and latitude in the field of view. */
  readonly BackgroundRate3dMaker?: BackgroundRate3dMakerSection;
  /** Makes the background rate. */
  readonly BackgroundRateMakerBase?: BackgroundRateMakerBaseSection;
  /** Loads, selects and weights simulated events of DL2 files. */
  readonly DL2EventLoader?: DL2EventLoaderSection;
  /** Bins in the angle to the pointing. */
  readonly DefaultFoVOffsetBins?: DefaultFoVOffsetBinsSection;
  /** Bins in the position angle around the pointing. */
  readonly DefaultFoVPhiBins?: DefaultFoVPhiBinsSection;
  /** Bins in reconstructed energy. */
  readonly DefaultRecoEnergyBins?: DefaultRecoEnergyBinsSection;
  /** Bins in true energy. */
  readonly DefaultTrueEnergyBins?: DefaultTrueEnergyBinsSection;
  /** Makes the effective area in bins of true energy and angle to the pointing. */
  readonly EffectiveArea2dMaker?: EffectiveArea2dMakerSection;
  /** Makes the effective area in bins of true energy, and of longitude and latitude in the field of view. */
  readonly EffectiveArea3dMaker?: EffectiveArea3dMakerSection;
  /** Makes the effective area in bins of true energy, of the angle to the pointing, and of the position angle around it. */
  readonly EffectiveArea3dPolarMaker?: EffectiveArea3dPolarMakerSection;
  /** Makes the effective area. */
  readonly EffectiveAreaMakerBase?: EffectiveAreaMakerBaseSection;
  /** Makes the bias and the resolution of the energy in bins of true energy and angle to the pointing. */
  readonly EnergyBiasResolution2dMaker?: EnergyBiasResolution2dMakerSection;
  /** Makes the bias and the resolution of the energy. */
  readonly EnergyBiasResolutionMakerBase?: EnergyBiasResolutionMakerBaseSection;
  /** Makes the energy dispersion in bins of true energy and angle to the pointing. */
  readonly EnergyDispersion2dMaker?: EnergyDispersion2dMakerSection;
  /** Makes the energy dispersion in bins of true energy, and of longitude and latitude in the field of view. */
  readonly EnergyDispersion3dMaker?: EnergyDispersion3dMakerSection;
  /** Makes the energy dispersion in bins of true energy, of the angle to the pointing, and of the position angle around it. */
  readonly EnergyDispersion3dPolarMaker?: EnergyDispersion3dPolarMakerSection;
  /** Makes the energy dispersion. */
  readonly EnergyDispersionMakerBase?: EnergyDispersionMakerBaseSection;
  /** Makes the point spread function in bins of true energy, angle to the pointing, and angle to the source. */
  readonly PSF3DMaker?: PSF3DMakerSection;
  /** Makes the point spread function. */
  readonly PSFMakerBase?: PSFMakerBaseSection;
  /** Makes the sensitivity for a point source in bins of reconstructed energy and angle to the pointing. */
  readonly Sensitivity2dMaker?: Sensitivity2dMakerSection;
  /** Makes the sensitivity for a point source. */
  readonly SensitivityMakerBase?: SensitivityMakerBaseSection;
  /** Reads events of sim_telarray files, uncompressed or compressed with gzip or zstd. */
  readonly SimTelEventSource?: SimTelEventSourceSection;
  /** Simulated showers over an array of toy telescopes. */
  readonly ToyModelEventSource?: ToyModelEventSourceSection;
  /** Reads raw data of the Large-Sized Telescopes, in zfits files. */
  readonly LSTEventSource?: LSTEventSourceSection;
  /** Reads raw data of NectarCAMs, in zfits files. */
  readonly NectarCAMEventSource?: NectarCAMEventSourceSection;
  /** Reads the DL0 data of an array of CTAO, in zfits files. */
  readonly ProtozfitsDL0EventSource?: ProtozfitsDL0EventSourceSection;
  /** Reads the DL0 data of one telescope of CTAO, in zfits files. */
  readonly ProtozfitsDL0TelescopeEventSource?: ProtozfitsDL0TelescopeEventSourceSection;
  /** Reads raw data of the SST-1M telescopes, in zfits files. */
  readonly SST1MEventSource?: SST1MEventSourceSection;
}

/** Reads raw data of the Large-Sized Telescopes, in zfits files. */
interface LSTEventSourceSection extends LSTEventSourceTraits, EventSourceTraits {
  /** Computes the times of events of LST-1 from the counters of the modules. */
  readonly EventTimeCalculator?: EventTimeCalculatorSection;
  /** Corrects and calibrates raw waveforms of Large-Sized Telescopes. */
  readonly LSTR0Corrections?: LSTR0CorrectionsSection;
  /** Finds the streams and chunks of a run. */
  readonly MultiFiles?: MultiFilesSection;
  /** Finds where a Large-Sized Telescope pointed, in the logs of its drive. */
  readonly PointingSource?: PointingSourceSection;
}

/** Corrects and calibrates raw waveforms of Large-Sized Telescopes. */
interface LSTR0CorrectionsSection extends LSTR0CorrectionsTraits {}

/** Charge in a window around the peak of each pixel's waveform. */
interface LocalPeakWindowSumSection extends WindowSumTraits {}

/** Tail-cuts cleaning with two rows of boundary pixels. */
interface MARSImageCleanerSection extends TailcutsImageCleanerTraits {}

/** Quality criteria of telescope events for models. */
interface MLQualityQuerySection extends MLQualityQueryTraits, QualityQueryTraits {}

/** Averages images of simulated gamma rays to image templates for ImPACTReconstructor. */
interface MakeTemplatesToolSection extends MakeTemplatesToolTraits {
  /** Calibrates waveforms and extracts images. */
  readonly CameraCalibrator?: CameraCalibratorSection;
  /** EventSource */
  readonly EventSource?: EventSourceSection;
  /** Cleans and parametrizes images. */
  readonly ImageProcessor?: ImageProcessorSection;
  /** Reads events of HDF5 files in ctapipe's data model. */
  readonly HDF5EventSource?: HDF5EventSourceSection;
  /** Reads events of sim_telarray files, uncompressed or compressed with gzip or zstd. */
  readonly SimTelEventSource?: SimTelEventSourceSection;
  /** Simulated showers over an array of toy telescopes. */
  readonly ToyModelEventSource?: ToyModelEventSourceSection;
  /** Reads raw data of the Large-Sized Telescopes, in zfits files. */
  readonly LSTEventSource?: LSTEventSourceSection;
  /** Reads raw data of NectarCAMs, in zfits files. */
  readonly NectarCAMEventSource?: NectarCAMEventSourceSection;
  /** Reads the DL0 data of an array of CTAO, in zfits files. */
  readonly ProtozfitsDL0EventSource?: ProtozfitsDL0EventSourceSection;
  /** Reads the DL0 data of one telescope of CTAO, in zfits files. */
  readonly ProtozfitsDL0TelescopeEventSource?: ProtozfitsDL0TelescopeEventSourceSection;
  /** Reads raw data of the SST-1M telescopes, in zfits files. */
  readonly SST1MEventSource?: SST1MEventSourceSection;
}

/** Selects the same gain channel for all pixels. */
interface ManualGainSelectorSection extends ManualGainSelectorTraits {}

/** Finds values that differ from the median of the camera. */
interface MedianOutlierDetectorSection extends MedianOutlierDetectorTraits {}

/** Merges HDF5 files of one telescope array into one. */
interface MergeToolSection extends MergeToolTraits {
  /** EventSource */
  readonly EventSource?: EventSourceSection;
  /** Reads events of HDF5 files in ctapipe's data model. */
  readonly HDF5EventSource?: HDF5EventSourceSection;
  /** Merges HDF5 files of one telescope array. */
  readonly HDF5Merger?: HDF5MergerSection;
  /** Reads events of sim_telarray files, uncompressed or compressed with gzip or zstd. */
  readonly SimTelEventSource?: SimTelEventSourceSection;
  /** Simulated showers over an array of toy telescopes. */
  readonly ToyModelEventSource?: ToyModelEventSourceSection;
  /** Reads raw data of the Large-Sized Telescopes, in zfits files. */
  readonly LSTEventSource?: LSTEventSourceSection;
  /** Reads raw data of NectarCAMs, in zfits files. */
  readonly NectarCAMEventSource?: NectarCAMEventSourceSection;
  /** Reads the DL0 data of an array of CTAO, in zfits files. */
  readonly ProtozfitsDL0EventSource?: ProtozfitsDL0EventSourceSection;
  /** Reads the DL0 data of one telescope of CTAO, in zfits files. */
  readonly ProtozfitsDL0TelescopeEventSource?: ProtozfitsDL0TelescopeEventSourceSection;
  /** Reads raw data of the SST-1M telescopes, in zfits files. */
  readonly SST1MEventSource?: SST1MEventSourceSection;
}

/** Components of kind ModelReconstructor. */
interface ModelReconstructorSection
  extends
    ModelReconstructorTraits,
    TableReconstructorTraits,
    DispReconstructorTraits,
    EnergyRegressorTraits,
    ParticleClassifierTraits {
  /** Computes features from other columns. */
  readonly FeatureGenerator?: FeatureGeneratorSection;
  /** Applies named quality criteria. */
  readonly QualityQuery?: QualityQuerySection;
  /** StereoCombiner */
  readonly StereoCombiner?: StereoCombinerSection;
  /** Gradient boosting with histograms. */
  readonly BoostingEstimator?: BoostingEstimatorSection;
  /** Estimator */
  readonly Estimator?: EstimatorSection;
  /** Mean of trees with random thresholds, for two classes. */
  readonly ExtraTreesClassifier?: ExtraTreesClassifierSection;
  /** Mean of trees with random thresholds, for values. */
  readonly ExtraTreesRegressor?: ExtraTreesRegressorSection;
  /** A forest, the mean of trees. */
  readonly ForestEstimator?: ForestEstimatorSection;
  /** Evaluates models that are no tree ensembles. */
  readonly GraphRunner?: GraphRunnerSection;
  /** Trees that each correct the sum of those before them, for two classes. */
  readonly HistGradientBoostingClassifier?: HistGradientBoostingClassifierSection;
  /** Trees that each correct the sum of those before them, for values. */
  readonly HistGradientBoostingRegressor?: HistGradientBoostingRegressorSection;
  /** Quality criteria of telescope events for models. */
  readonly MLQualityQuery?: MLQualityQuerySection;
  /** Evaluates no graphs: models are tree ensembles. */
  readonly NoGraphRunner?: NoGraphRunnerSection;
  /** Mean of trees with the best thresholds, each of rows drawn at random, for two classes. */
  readonly RandomForestClassifier?: RandomForestClassifierSection;
  /** Mean of trees with the best thresholds, each of rows drawn at random, for values. */
  readonly RandomForestRegressor?: RandomForestRegressorSection;
  /** Direction from the disp of several images, with their signs resolved together. */
  readonly StereoDispCombiner?: StereoDispCombinerSection;
  /** Weighted mean of the predictions of all telescopes. */
  readonly StereoMeanCombiner?: StereoMeanCombinerSection;
}

/** Describes models: features, criteria, telescope types, importances, origin. */
interface ModelShowToolSection extends ModelShowToolTraits {
  /** EventSource */
  readonly EventSource?: EventSourceSection;
  /** Reads events of HDF5 files in ctapipe's data model. */
  readonly HDF5EventSource?: HDF5EventSourceSection;
  /** Reads events of sim_telarray files, uncompressed or compressed with gzip or zstd. */
  readonly SimTelEventSource?: SimTelEventSourceSection;
  /** Simulated showers over an array of toy telescopes. */
  readonly ToyModelEventSource?: ToyModelEventSourceSection;
  /** Reads raw data of the Large-Sized Telescopes, in zfits files. */
  readonly LSTEventSource?: LSTEventSourceSection;
  /** Reads raw data of NectarCAMs, in zfits files. */
  readonly NectarCAMEventSource?: NectarCAMEventSourceSection;
  /** Reads the DL0 data of an array of CTAO, in zfits files. */
  readonly ProtozfitsDL0EventSource?: ProtozfitsDL0EventSourceSection;
  /** Reads the DL0 data of one telescope of CTAO, in zfits files. */
  readonly ProtozfitsDL0TelescopeEventSource?: ProtozfitsDL0TelescopeEventSourceSection;
  /** Reads raw data of the SST-1M telescopes, in zfits files. */
  readonly SST1MEventSource?: SST1MEventSourceSection;
}

/** Components of kind MonitoringSource. */
interface MonitoringSourceSection extends HDF5MonitoringSourceTraits {}

/** Finds the streams and chunks of a run. */
interface MultiFilesSection extends MultiFilesTraits {}

/** Components of kind MuonAnalysis. */
interface MuonAnalysisSection extends MuonProcessorTraits {
  /** Applies named quality criteria. */
  readonly QualityQuery?: QualityQuerySection;
  /** Quality criteria for images to be searched for muon rings. */
  readonly ImageParameterQuery?: ImageParameterQuerySection;
  /** Fits the optical efficiency to the light along a muon ring. */
  readonly MuonIntensityFitter?: MuonIntensityFitterSection;
  /** Fits a circle to an image. */
  readonly MuonRingFitter?: MuonRingFitterSection;
  /** Quality criteria for muon rings whose light is fitted. */
  readonly RingQuery?: RingQuerySection;
}

/** Fits the optical efficiency to the light along a muon ring. */
interface MuonIntensityFitterSection extends MuonIntensityFitterTraits {}

/** Muon ring analysis: ring parameters and optical efficiency. */
interface MuonProcessorSection extends MuonProcessorTraits {
  /** Applies named quality criteria. */
  readonly QualityQuery?: QualityQuerySection;
  /** Quality criteria for images to be searched for muon rings. */
  readonly ImageParameterQuery?: ImageParameterQuerySection;
  /** Fits the optical efficiency to the light along a muon ring. */
  readonly MuonIntensityFitter?: MuonIntensityFitterSection;
  /** Fits a circle to an image. */
  readonly MuonRingFitter?: MuonRingFitterSection;
  /** Quality criteria for muon rings whose light is fitted. */
  readonly RingQuery?: RingQuerySection;
}

/** Fits a circle to an image. */
interface MuonRingFitterSection extends MuonRingFitterTraits {}

/** Tail cuts that follow the night-sky background, as for LST. */
interface NSBImageCleanerSection extends NSBImageCleanerTraits, TailcutsImageCleanerTraits {}

/** Reads raw data of NectarCAMs, in zfits files. */
interface NectarCAMEventSourceSection extends NectarCAMEventSourceTraits, EventSourceTraits {
  /** Finds the streams and chunks of a run. */
  readonly MultiFiles?: MultiFilesSection;
  /** Calibrates raw waveforms of NectarCAMs. */
  readonly NectarCAMR0Corrections?: NectarCAMR0CorrectionsSection;
}

/** Calibrates raw waveforms of NectarCAMs. */
interface NectarCAMR0CorrectionsSection extends NectarCAMR0CorrectionsTraits {}

/** Replaces invalid pixels by the mean of their valid neighbours. */
type NeighborAverageSection = Readonly<Record<string, never>>;

/** Charge in a window around the peak of the neighbours' waveforms. */
interface NeighborPeakWindowSumSection
  extends NeighborPeakWindowSumTraits, WindowSumTraits, BaselineSubtractedNeighborPeakWindowSumTraits {}

/** Evaluates no graphs: models are tree ensembles. */
type NoGraphRunnerSection = Readonly<Record<string, never>>;

/** Selects events of night-sky background. */
interface NoiseEventTypeFilterSection extends NoiseEventTypeFilterTraits, EventTypeFilterTraits {}

/** Adds noise to images and widens their point spread function. */
interface NoiseImageModifierSection extends NoiseImageModifierTraits {}

/** Adds noise from night-sky background events to waveforms. */
interface NoiseWaveformModifierSection extends NoiseWaveformModifierTraits {
  /** Selects events by type. */
  readonly EventTypeFilter?: EventTypeFilterSection;
  /** Selects events of night-sky background. */
  readonly NoiseEventTypeFilter?: NoiseEventTypeFilterSection;
}

/** Keeps the waveforms of all pixels. */
type NullDataVolumeReducerSection = Readonly<Record<string, never>>;

/** Components of kind OutlierDetector. */
interface OutlierDetectorSection
  extends MedianOutlierDetectorTraits, RangeOutlierDetectorTraits, StdOutlierDetectorTraits {}

/** Makes the point spread function in bins of true energy, angle to the pointing, and angle to the source. */
interface PSF3DMakerSection extends PSF3DMakerTraits, DefaultTrueEnergyBinsTraits, DefaultFoVOffsetBinsTraits {}

/** Makes the point spread function. */
interface PSFMakerBaseSection extends DefaultTrueEnergyBinsTraits, PSF3DMakerTraits {}

/** Writes Parquet: arrays are lists, times are texts in TAI; units and descriptions are in the metadata of the file. */
type ParquetTableExporterSection = Readonly<Record<string, never>>;

/** Particle types from a model per telescope type. */
interface ParticleClassifierSection
  extends ParticleClassifierTraits, ModelReconstructorTraits, TableReconstructorTraits {
  /** Computes features from other columns. */
  readonly FeatureGenerator?: FeatureGeneratorSection;
  /** Applies named quality criteria. */
  readonly QualityQuery?: QualityQuerySection;
  /** StereoCombiner */
  readonly StereoCombiner?: StereoCombinerSection;
  /** Gradient boosting with histograms. */
  readonly BoostingEstimator?: BoostingEstimatorSection;
  /** Estimator */
  readonly Estimator?: EstimatorSection;
  /** Mean of trees with random thresholds, for two classes. */
  readonly ExtraTreesClassifier?: ExtraTreesClassifierSection;
  /** Mean of trees with random thresholds, for values. */
  readonly ExtraTreesRegressor?: ExtraTreesRegressorSection;
  /** A forest, the mean of trees. */
  readonly ForestEstimator?: ForestEstimatorSection;
  /** Evaluates models that are no tree ensembles. */
  readonly GraphRunner?: GraphRunnerSection;
  /** Trees that each correct the sum of those before them, for two classes. */
  readonly HistGradientBoostingClassifier?: HistGradientBoostingClassifierSection;
  /** Trees that each correct the sum of those before them, for values. */
  readonly HistGradientBoostingRegressor?: HistGradientBoostingRegressorSection;
  /** Quality criteria of telescope events for models. */
  readonly MLQualityQuery?: MLQualityQuerySection;
  /** Evaluates no graphs: models are tree ensembles. */
  readonly NoGraphRunner?: NoGraphRunnerSection;
  /** Mean of trees with the best thresholds, each of rows drawn at random, for two classes. */
  readonly RandomForestClassifier?: RandomForestClassifierSection;
  /** Mean of trees with the best thresholds, each of rows drawn at random, for values. */
  readonly RandomForestRegressor?: RandomForestRegressorSection;
  /** Direction from the disp of several images, with their signs resolved together. */
  readonly StereoDispCombiner?: StereoDispCombinerSection;
  /** Weighted mean of the predictions of all telescopes. */
  readonly StereoMeanCombiner?: StereoMeanCombinerSection;
}

/** Cuts on gammaness and direction that keep a percentage of the gammas. */
interface PercentileCutsSection extends DefaultRecoEnergyBinsTraits {
  /** Cuts on gammaness that keep a percentage of the events. */
  readonly GhPercentileCutCalculator?: GhPercentileCutCalculatorSection;
  /** Cuts on the angle to the source that keep a percentage of the events. */
  readonly ThetaPercentileCutCalculator?: ThetaPercentileCutCalculatorSection;
}

/** Computes statistics of calibration events. */
interface PixelStatisticsCalculatorSection extends PixelStatisticsCalculatorTraits {
  /** BaseAggregator */
  readonly BaseAggregator?: BaseAggregatorSection;
  /** A histogram of the values of each pixel. */
  readonly HistogramAggregator?: HistogramAggregatorSection;
  /** Finds values that differ from the median of the camera. */
  readonly MedianOutlierDetector?: MedianOutlierDetectorSection;
  /** OutlierDetector */
  readonly OutlierDetector?: OutlierDetectorSection;
  /** Mean, median and standard deviation of all values. */
  readonly PlainAggregator?: PlainAggregatorSection;
  /** Finds values outside a range. */
  readonly RangeOutlierDetector?: RangeOutlierDetectorSection;
  /** Mean, median and standard deviation without outliers. */
  readonly SigmaClippingAggregator?: SigmaClippingAggregatorSection;
  /** StatisticsAggregator */
  readonly StatisticsAggregator?: StatisticsAggregatorSection;
  /** Finds values that differ from the median by more than the spread of the camera. */
  readonly StdOutlierDetector?: StdOutlierDetectorSection;
}

/** Computes statistics of calibration events. */
interface PixelStatisticsCalculatorToolSection extends PixelStatisticsCalculatorToolTraits {
  /** EventSource */
  readonly EventSource?: EventSourceSection;
  /** Reads events of HDF5 files in ctapipe's data model. */
  readonly HDF5EventSource?: HDF5EventSourceSection;
  /** Merges HDF5 files of one telescope array. */
  readonly HDF5Merger?: HDF5MergerSection;
  /** Loads tables of array events and telescope events from an HDF5 file. */
  readonly TableLoader?: TableLoaderSection;
  /** Computes statistics of calibration events. */
  readonly PixelStatisticsCalculator?: PixelStatisticsCalculatorSection;
  /** Reads events of sim_telarray files, uncompressed or compressed with gzip or zstd. */
  readonly SimTelEventSource?: SimTelEventSourceSection;
  /** Simulated showers over an array of toy telescopes. */
  readonly ToyModelEventSource?: ToyModelEventSourceSection;
  /** Reads raw data of the Large-Sized Telescopes, in zfits files. */
  readonly LSTEventSource?: LSTEventSourceSection;
  /** Reads raw data of NectarCAMs, in zfits files. */
  readonly NectarCAMEventSource?: NectarCAMEventSourceSection;
  /** Reads the DL0 data of an array of CTAO, in zfits files. */
  readonly ProtozfitsDL0EventSource?: ProtozfitsDL0EventSourceSection;
  /** Reads the DL0 data of one telescope of CTAO, in zfits files. */
  readonly ProtozfitsDL0TelescopeEventSource?: ProtozfitsDL0TelescopeEventSourceSection;
  /** Reads raw data of the SST-1M telescopes, in zfits files. */
  readonly SST1MEventSource?: SST1MEventSourceSection;
}

/** Mean, median and standard deviation of all values. */
interface PlainAggregatorSection extends BaseAggregatorTraits {
  /** BaseChunking */
  readonly BaseChunking?: BaseChunkingSection;
  /** Divides the events of a telescope into chunks of a number of events. */
  readonly SizeChunking?: SizeChunkingSection;
  /** Divides the events of a telescope into chunks of a duration. */
  readonly TimeChunking?: TimeChunkingSection;
}

/** Divides a production of many or long files into shards, and writes its manifest. */
interface PlanToolSection extends PlanToolTraits {
  /** EventSource */
  readonly EventSource?: EventSourceSection;
  /** Reads events of HDF5 files in ctapipe's data model. */
  readonly HDF5EventSource?: HDF5EventSourceSection;
  /** Reads events of sim_telarray files, uncompressed or compressed with gzip or zstd. */
  readonly SimTelEventSource?: SimTelEventSourceSection;
  /** Simulated showers over an array of toy telescopes. */
  readonly ToyModelEventSource?: ToyModelEventSourceSection;
  /** Reads raw data of the Large-Sized Telescopes, in zfits files. */
  readonly LSTEventSource?: LSTEventSourceSection;
  /** Reads raw data of NectarCAMs, in zfits files. */
  readonly NectarCAMEventSource?: NectarCAMEventSourceSection;
  /** Reads the DL0 data of an array of CTAO, in zfits files. */
  readonly ProtozfitsDL0EventSource?: ProtozfitsDL0EventSourceSection;
  /** Reads the DL0 data of one telescope of CTAO, in zfits files. */
  readonly ProtozfitsDL0TelescopeEventSource?: ProtozfitsDL0TelescopeEventSourceSection;
  /** Reads raw data of the SST-1M telescopes, in zfits files. */
  readonly SST1MEventSource?: SST1MEventSourceSection;
}

/** Finds the cut on gammaness with the best sensitivity; the cut on the direction keeps a percentage of the gammas. */
interface PointSourceSensitivityGhOptimizerSection
  extends
    PointSourceSensitivityGhOptimizerTraits,
    PointSourceSensitivityOptimizerBaseTraits,
    DefaultRecoEnergyBinsTraits {
  /** Cuts on the angle to the source that keep a percentage of the events. */
  readonly ThetaPercentileCutCalculator?: ThetaPercentileCutCalculatorSection;
}

/** Finds the cuts on gammaness, direction and multiplicity with the best sensitivity. */
interface PointSourceSensitivityOptimizerSection
  extends
    PointSourceSensitivityOptimizerTraits,
    PointSourceSensitivityOptimizerBaseTraits,
    DefaultRecoEnergyBinsTraits {}

/** Components of kind PointSourceSensitivityOptimizerBase. */
interface PointSourceSensitivityOptimizerBaseSection
  extends
    PointSourceSensitivityOptimizerBaseTraits,
    DefaultRecoEnergyBinsTraits,
    PointSourceSensitivityGhOptimizerTraits,
    PointSourceSensitivityOptimizerTraits {
  /** Cuts on the angle to the source that keep a percentage of the events. */
  readonly ThetaPercentileCutCalculator?: ThetaPercentileCutCalculatorSection;
}

/** Finds where a Large-Sized Telescope pointed, in the logs of its drive. */
interface PointingSourceSection extends PointingSourceTraits {}

/** Processes events from raw data to reconstructed showers. */
interface ProcessorToolSection extends ProcessorToolTraits {
  /** Calibrates waveforms and extracts images. */
  readonly CameraCalibrator?: CameraCalibratorSection;
  /** DataWriter */
  readonly DataWriter?: DataWriterSection;
  /** EventSource */
  readonly EventSource?: EventSourceSection;
  /** Selects events by type. */
  readonly EventTypeFilter?: EventTypeFilterSection;
  /** Cleans and parametrizes images. */
  readonly ImageProcessor?: ImageProcessorSection;
  /** MonitoringSource */
  readonly MonitoringSource?: MonitoringSourceSection;
  /** MuonAnalysis */
  readonly MuonAnalysis?: MuonAnalysisSection;
  /** Selects events of night-sky background. */
  readonly NoiseEventTypeFilter?: NoiseEventTypeFilterSection;
  /** Reconstructs showers from image parameters. */
  readonly ShowerProcessor?: ShowerProcessorSection;
  /** Removes telescopes and events that a stereo trigger would reject. */
  readonly SoftwareTrigger?: SoftwareTriggerSection;
  /** WaveformModifier */
  readonly WaveformModifier?: WaveformModifierSection;
  /** Adds noise from night-sky background events to waveforms. */
  readonly NoiseWaveformModifier?: NoiseWaveformModifierSection;
  /** Writes HDF5 files in ctapipe's data model. */
  readonly HDF5DataWriter?: HDF5DataWriterSection;
  /** Reads events of HDF5 files in ctapipe's data model. */
  readonly HDF5EventSource?: HDF5EventSourceSection;
  /** Reads calibration coefficients, pixel statistics and pointings of HDF5 files. */
  readonly HDF5MonitoringSource?: HDF5MonitoringSourceSection;
  /** Muon ring analysis: ring parameters and optical efficiency. */
  readonly MuonProcessor?: MuonProcessorSection;
  /** Reads events of sim_telarray files, uncompressed or compressed with gzip or zstd. */
  readonly SimTelEventSource?: SimTelEventSourceSection;
  /** Writes raw data and simulation truth to sim_telarray files, uncompressed or compressed with gzip or zstd. */
  readonly SimTelEventWriter?: SimTelEventWriterSection;
  /** Simulated showers over an array of toy telescopes. */
  readonly ToyModelEventSource?: ToyModelEventSourceSection;
  /** Reads raw data of the Large-Sized Telescopes, in zfits files. */
  readonly LSTEventSource?: LSTEventSourceSection;
  /** Reads raw data of NectarCAMs, in zfits files. */
  readonly NectarCAMEventSource?: NectarCAMEventSourceSection;
  /** Reads the DL0 data of an array of CTAO, in zfits files. */
  readonly ProtozfitsDL0EventSource?: ProtozfitsDL0EventSourceSection;
  /** Reads the DL0 data of one telescope of CTAO, in zfits files. */
  readonly ProtozfitsDL0TelescopeEventSource?: ProtozfitsDL0TelescopeEventSourceSection;
  /** Reads raw data of the SST-1M telescopes, in zfits files. */
  readonly SST1MEventSource?: SST1MEventSourceSection;
}

/** Reads the DL0 data of an array of CTAO, in zfits files. */
interface ProtozfitsDL0EventSourceSection extends ProtozfitsDL0EventSourceTraits, EventSourceTraits {
  /** Finds the streams and chunks of a run. */
  readonly MultiFiles?: MultiFilesSection;
}

/** Reads the DL0 data of one telescope of CTAO, in zfits files. */
interface ProtozfitsDL0TelescopeEventSourceSection extends ProtozfitsDL0TelescopeEventSourceTraits, EventSourceTraits {
  /** Finds the streams and chunks of a run. */
  readonly MultiFiles?: MultiFilesSection;
}

/** Applies named quality criteria. */
interface QualityQuerySection
  extends
    QualityQueryTraits,
    DL2EventQualityQueryTraits,
    ImageParameterQueryTraits,
    ImageQualityQueryTraits,
    MLQualityQueryTraits,
    RingQueryTraits,
    StereoQualityQueryTraits {}

/** Weights diffuse gammas to a point source in each ring of the field of view. */
interface RadialEventWeighterSection
  extends RadialEventWeighterTraits, EventWeighterTraits, DefaultFoVOffsetBinsTraits {}

/** Mean of trees with the best thresholds, each of rows drawn at random, for two classes. */
type RandomForestClassifierSection = Readonly<Record<string, never>>;

/** Mean of trees with the best thresholds, each of rows drawn at random, for values. */
type RandomForestRegressorSection = Readonly<Record<string, never>>;

/** Finds values outside a range. */
interface RangeOutlierDetectorSection extends RangeOutlierDetectorTraits {}

/** Components of kind Reconstructor. */
interface ReconstructorSection
  extends
    DispReconstructorTraits,
    EnergyRegressorTraits,
    HillasGeometryReconstructorTraits,
    HillasIntersectionTraits,
    ImPACTReconstructorTraits,
    ModelReconstructorTraits,
    ParticleClassifierTraits,
    TableReconstructorTraits {
  /** Computes features from other columns. */
  readonly FeatureGenerator?: FeatureGeneratorSection;
  /** Applies named quality criteria. */
  readonly QualityQuery?: QualityQuerySection;
  /** StereoCombiner */
  readonly StereoCombiner?: StereoCombinerSection;
  /** Quality criteria of images to be used in stereo reconstruction. */
  readonly StereoQualityQuery?: StereoQualityQuerySection;
  /** Gradient boosting with histograms. */
  readonly BoostingEstimator?: BoostingEstimatorSection;
  /** Estimator */
  readonly Estimator?: EstimatorSection;
  /** Mean of trees with random thresholds, for two classes. */
  readonly ExtraTreesClassifier?: ExtraTreesClassifierSection;
  /** Mean of trees with random thresholds, for values. */
  readonly ExtraTreesRegressor?: ExtraTreesRegressorSection;
  /** A forest, the mean of trees. */
  readonly ForestEstimator?: ForestEstimatorSection;
  /** Evaluates models that are no tree ensembles. */
  readonly GraphRunner?: GraphRunnerSection;
  /** Trees that each correct the sum of those before them, for two classes. */
  readonly HistGradientBoostingClassifier?: HistGradientBoostingClassifierSection;
  /** Trees that each correct the sum of those before them, for values. */
  readonly HistGradientBoostingRegressor?: HistGradientBoostingRegressorSection;
  /** Quality criteria of telescope events for models. */
  readonly MLQualityQuery?: MLQualityQuerySection;
  /** Evaluates no graphs: models are tree ensembles. */
  readonly NoGraphRunner?: NoGraphRunnerSection;
  /** Mean of trees with the best thresholds, each of rows drawn at random, for two classes. */
  readonly RandomForestClassifier?: RandomForestClassifierSection;
  /** Mean of trees with the best thresholds, each of rows drawn at random, for values. */
  readonly RandomForestRegressor?: RandomForestRegressorSection;
  /** Direction from the disp of several images, with their signs resolved together. */
  readonly StereoDispCombiner?: StereoDispCombinerSection;
  /** Weighted mean of the predictions of all telescopes. */
  readonly StereoMeanCombiner?: StereoMeanCombinerSection;
}

/** Quality criteria for muon rings whose light is fitted. */
interface RingQuerySection extends RingQueryTraits, QualityQueryTraits {}

/** Reads raw data of the SST-1M telescopes, in zfits files. */
interface SST1MEventSourceSection extends SST1MEventSourceTraits, EventSourceTraits {}

/** Makes the sensitivity for a point source in bins of reconstructed energy and angle to the pointing. */
interface Sensitivity2dMakerSection
  extends
    Sensitivity2dMakerTraits,
    SensitivityMakerBaseTraits,
    DefaultRecoEnergyBinsTraits,
    DefaultFoVOffsetBinsTraits {}

/** Makes the sensitivity for a point source. */
interface SensitivityMakerBaseSection
  extends SensitivityMakerBaseTraits, DefaultRecoEnergyBinsTraits, Sensitivity2dMakerTraits {}

/** Reconstructs showers from image parameters. */
interface ShowerProcessorSection extends ShowerProcessorTraits {
  /** Reconstructor */
  readonly Reconstructor?: ReconstructorSection;
  /** TableReconstructor */
  readonly TableReconstructor?: TableReconstructorSection;
  /** Direction and core position from the Hillas parameters of several images. */
  readonly HillasGeometryReconstructor?: HillasGeometryReconstructorSection;
  /** Direction and core position as the mean pairwise intersection of the major axes. */
  readonly HillasIntersection?: HillasIntersectionSection;
  /** Direction and core position from the intersections of the major axes of all images. */
  readonly HillasReconstructor?: HillasReconstructorSection;
  /** Direction, core, energy and height of maximum by a fit of image templates (ImPACT). */
  readonly ImPACTReconstructor?: ImPACTReconstructorSection;
  /** Directions from models of the distance between the image and the source. */
  readonly DispReconstructor?: DispReconstructorSection;
  /** Energies from a model per telescope type. */
  readonly EnergyRegressor?: EnergyRegressorSection;
  /** ModelReconstructor */
  readonly ModelReconstructor?: ModelReconstructorSection;
  /** Particle types from a model per telescope type. */
  readonly ParticleClassifier?: ParticleClassifierSection;
}

/** Mean, median and standard deviation without outliers. */
interface SigmaClippingAggregatorSection extends SigmaClippingAggregatorTraits, BaseAggregatorTraits {
  /** BaseChunking */
  readonly BaseChunking?: BaseChunkingSection;
  /** Divides the events of a telescope into chunks of a number of events. */
  readonly SizeChunking?: SizeChunkingSection;
  /** Divides the events of a telescope into chunks of a duration. */
  readonly TimeChunking?: TimeChunkingSection;
}

/** Reads events of sim_telarray files, uncompressed or compressed with gzip or zstd. */
interface SimTelEventSourceSection extends SimTelEventSourceTraits, EventSourceTraits {
  /** GainSelector */
  readonly GainSelector?: GainSelectorSection;
  /** Selects the same gain channel for all pixels. */
  readonly ManualGainSelector?: ManualGainSelectorSection;
  /** Selects the low gain for pixels whose high gain exceeds a threshold. */
  readonly ThresholdGainSelector?: ThresholdGainSelectorSection;
}

/** Writes raw data and simulation truth to sim_telarray files, uncompressed or compressed with gzip or zstd. */
interface SimTelEventWriterSection extends SimTelEventWriterTraits, DataWriterTraits {}

/** Weights events by their energies alone. */
interface SimpleEventWeighterSection extends SimpleEventWeighterTraits, EventWeighterTraits {}

/** Simulates showers over a toy array and writes them as a sim_telarray file. */
interface SimulateToolSection extends SimulateToolTraits {
  /** DataWriter */
  readonly DataWriter?: DataWriterSection;
  /** EventSource */
  readonly EventSource?: EventSourceSection;
  /** Writes HDF5 files in ctapipe's data model. */
  readonly HDF5DataWriter?: HDF5DataWriterSection;
  /** Reads events of HDF5 files in ctapipe's data model. */
  readonly HDF5EventSource?: HDF5EventSourceSection;
  /** Reads events of sim_telarray files, uncompressed or compressed with gzip or zstd. */
  readonly SimTelEventSource?: SimTelEventSourceSection;
  /** Writes raw data and simulation truth to sim_telarray files, uncompressed or compressed with gzip or zstd. */
  readonly SimTelEventWriter?: SimTelEventWriterSection;
  /** Simulated showers over an array of toy telescopes. */
  readonly ToyModelEventSource?: ToyModelEventSourceSection;
  /** Reads raw data of the Large-Sized Telescopes, in zfits files. */
  readonly LSTEventSource?: LSTEventSourceSection;
  /** Reads raw data of NectarCAMs, in zfits files. */
  readonly NectarCAMEventSource?: NectarCAMEventSourceSection;
  /** Reads the DL0 data of an array of CTAO, in zfits files. */
  readonly ProtozfitsDL0EventSource?: ProtozfitsDL0EventSourceSection;
  /** Reads the DL0 data of one telescope of CTAO, in zfits files. */
  readonly ProtozfitsDL0TelescopeEventSource?: ProtozfitsDL0TelescopeEventSourceSection;
  /** Reads raw data of the SST-1M telescopes, in zfits files. */
  readonly SST1MEventSource?: SST1MEventSourceSection;
}

/** Divides the events of a telescope into chunks of a number of events. */
interface SizeChunkingSection extends SizeChunkingTraits, BaseChunkingTraits {}

/** Charge in the window of each pixel's waveform with the largest sum. */
interface SlidingWindowMaxSumSection extends SlidingWindowMaxSumTraits {}

/** Removes telescopes and events that a stereo trigger would reject. */
interface SoftwareTriggerSection extends SoftwareTriggerTraits {}

/** Components of kind StatisticsAggregator. */
interface StatisticsAggregatorSection extends BaseAggregatorTraits, SigmaClippingAggregatorTraits {
  /** BaseChunking */
  readonly BaseChunking?: BaseChunkingSection;
  /** Divides the events of a telescope into chunks of a number of events. */
  readonly SizeChunking?: SizeChunkingSection;
  /** Divides the events of a telescope into chunks of a duration. */
  readonly TimeChunking?: TimeChunkingSection;
}

/** Finds values that differ from the median by more than the spread of the camera. */
interface StdOutlierDetectorSection extends StdOutlierDetectorTraits {}

/** Components of kind StereoCombiner. */
interface StereoCombinerSection extends StereoCombinerTraits, StereoDispCombinerTraits, StereoMeanCombinerTraits {}

/** Direction from the disp of several images, with their signs resolved together. */
interface StereoDispCombinerSection extends StereoDispCombinerTraits, StereoCombinerTraits {}

/** Weighted mean of the predictions of all telescopes. */
interface StereoMeanCombinerSection extends StereoMeanCombinerTraits, StereoCombinerTraits {}

/** Quality criteria of images to be used in stereo reconstruction. */
interface StereoQualityQuerySection extends StereoQualityQueryTraits, QualityQueryTraits {}

/** Components of kind TableExporter. */
type TableExporterSection = Readonly<Record<string, never>>;

/** Loads tables of array events and telescope events from an HDF5 file. */
interface TableLoaderSection extends TableLoaderTraits {}

/** Components of kind TableReconstructor. */
interface TableReconstructorSection
  extends
    TableReconstructorTraits,
    DispReconstructorTraits,
    EnergyRegressorTraits,
    ModelReconstructorTraits,
    ParticleClassifierTraits {
  /** Computes features from other columns. */
  readonly FeatureGenerator?: FeatureGeneratorSection;
  /** Applies named quality criteria. */
  readonly QualityQuery?: QualityQuerySection;
  /** StereoCombiner */
  readonly StereoCombiner?: StereoCombinerSection;
  /** Gradient boosting with histograms. */
  readonly BoostingEstimator?: BoostingEstimatorSection;
  /** Estimator */
  readonly Estimator?: EstimatorSection;
  /** Mean of trees with random thresholds, for two classes. */
  readonly ExtraTreesClassifier?: ExtraTreesClassifierSection;
  /** Mean of trees with random thresholds, for values. */
  readonly ExtraTreesRegressor?: ExtraTreesRegressorSection;
  /** A forest, the mean of trees. */
  readonly ForestEstimator?: ForestEstimatorSection;
  /** Evaluates models that are no tree ensembles. */
  readonly GraphRunner?: GraphRunnerSection;
  /** Trees that each correct the sum of those before them, for two classes. */
  readonly HistGradientBoostingClassifier?: HistGradientBoostingClassifierSection;
  /** Trees that each correct the sum of those before them, for values. */
  readonly HistGradientBoostingRegressor?: HistGradientBoostingRegressorSection;
  /** Quality criteria of telescope events for models. */
  readonly MLQualityQuery?: MLQualityQuerySection;
  /** Evaluates no graphs: models are tree ensembles. */
  readonly NoGraphRunner?: NoGraphRunnerSection;
  /** Mean of trees with the best thresholds, each of rows drawn at random, for two classes. */
  readonly RandomForestClassifier?: RandomForestClassifierSection;
  /** Mean of trees with the best thresholds, each of rows drawn at random, for values. */
  readonly RandomForestRegressor?: RandomForestRegressorSection;
  /** Direction from the disp of several images, with their signs resolved together. */
  readonly StereoDispCombiner?: StereoDispCombinerSection;
  /** Weighted mean of the predictions of all telescopes. */
  readonly StereoMeanCombiner?: StereoMeanCombinerSection;
}

/** Lists the tables of an HDF5 file; shows columns, first rows and statistics of one. */
interface TablesToolSection extends TablesToolTraits {
  /** EventSource */
  readonly EventSource?: EventSourceSection;
  /** Reads events of HDF5 files in ctapipe's data model. */
  readonly HDF5EventSource?: HDF5EventSourceSection;
  /** Reads events of sim_telarray files, uncompressed or compressed with gzip or zstd. */
  readonly SimTelEventSource?: SimTelEventSourceSection;
  /** Simulated showers over an array of toy telescopes. */
  readonly ToyModelEventSource?: ToyModelEventSourceSection;
  /** Reads raw data of the Large-Sized Telescopes, in zfits files. */
  readonly LSTEventSource?: LSTEventSourceSection;
  /** Reads raw data of NectarCAMs, in zfits files. */
  readonly NectarCAMEventSource?: NectarCAMEventSourceSection;
  /** Reads the DL0 data of an array of CTAO, in zfits files. */
  readonly ProtozfitsDL0EventSource?: ProtozfitsDL0EventSourceSection;
  /** Reads the DL0 data of one telescope of CTAO, in zfits files. */
  readonly ProtozfitsDL0TelescopeEventSource?: ProtozfitsDL0TelescopeEventSourceSection;
  /** Reads raw data of the SST-1M telescopes, in zfits files. */
  readonly SST1MEventSource?: SST1MEventSourceSection;
}

/** Keeps the waveforms of pixels with light, and of some rows around them. */
interface TailCutsDataVolumeReducerSection extends TailCutsDataVolumeReducerTraits {
  /** ImageCleaner */
  readonly ImageCleaner?: ImageCleanerSection;
  /** ImageExtractor */
  readonly ImageExtractor?: ImageExtractorSection;
  /** Two-level cleaning with a limit on the peak times of neighbours, as for FACT. */
  readonly FACTImageCleaner?: FACTImageCleanerSection;
  /** Tail-cuts cleaning with two rows of boundary pixels. */
  readonly MARSImageCleaner?: MARSImageCleanerSection;
  /** Tail cuts that follow the night-sky background, as for LST. */
  readonly NSBImageCleaner?: NSBImageCleanerSection;
  /** Two-level tail-cuts cleaning. */
  readonly TailcutsImageCleaner?: TailcutsImageCleanerSection;
  /** Two-level cleaning with limits on the peak times, as for MAGIC. */
  readonly TimeConstrainedImageCleaner?: TimeConstrainedImageCleanerSection;
  /** Charge in a window around the neighbours' peak, after baseline subtraction. */
  readonly BaselineSubtractedNeighborPeakWindowSum?: BaselineSubtractedNeighborPeakWindowSumSection;
  /** Charge in a fixed window. */
  readonly FixedWindowSum?: FixedWindowSumSection;
  /** Charge and leading edge of deconvolved waveforms, for FlashCam. */
  readonly FlashCamExtractor?: FlashCamExtractorSection;
  /** Charge of the whole waveform. */
  readonly FullWaveformSum?: FullWaveformSumSection;
  /** Charge in a window around the peak of the camera's mean waveform. */
  readonly GlobalPeakWindowSum?: GlobalPeakWindowSumSection;
  /** Charge in a window around the peak of each pixel's waveform. */
  readonly LocalPeakWindowSum?: LocalPeakWindowSumSection;
  /** Charge in a window around the peak of the neighbours' waveforms. */
  readonly NeighborPeakWindowSum?: NeighborPeakWindowSumSection;
  /** Charge in the window of each pixel's waveform with the largest sum. */
  readonly SlidingWindowMaxSum?: SlidingWindowMaxSumSection;
  /** Charge in a window around the time expected from the brightest island. */
  readonly TwoPassWindowSum?: TwoPassWindowSumSection;
  /** Variance of each pixel's waveform. */
  readonly VarianceExtractor?: VarianceExtractorSection;
  /** WindowSum */
  readonly WindowSum?: WindowSumSection;
}

/** Two-level tail-cuts cleaning. */
interface TailcutsImageCleanerSection
  extends
    TailcutsImageCleanerTraits,
    FACTImageCleanerTraits,
    NSBImageCleanerTraits,
    TimeConstrainedImageCleanerTraits {}

/** Cuts on the angle to the source that keep a percentage of the events. */
interface ThetaPercentileCutCalculatorSection extends ThetaPercentileCutCalculatorTraits {}

/** Selects the low gain for pixels whose high gain exceeds a threshold. */
interface ThresholdGainSelectorSection extends ThresholdGainSelectorTraits {}

/** Divides the events of a telescope into chunks of a duration. */
interface TimeChunkingSection extends TimeChunkingTraits, BaseChunkingTraits {}

/** Two-level cleaning with limits on the peak times, as for MAGIC. */
interface TimeConstrainedImageCleanerSection extends TimeConstrainedImageCleanerTraits, TailcutsImageCleanerTraits {}

/** Components of kind Tool. */
interface ToolSection
  extends
    Omit<ApplyModelsTraits, 'output_path'>,
    Omit<CameraCoefficientsToolTraits, 'output_path'>,
    CheckToolTraits,
    Omit<CreateDL3ToolTraits, 'output_dir'>,
    DiffToolTraits,
    Omit<DisplayToolTraits, 'output_path'>,
    Omit<DumpInstrumentToolTraits, 'format'>,
    Omit<EventSelectionOptimizerTraits, 'output_path'>,
    Omit<ExportToolTraits, 'columns' | 'format' | 'output_path'>,
    FileInfoToolTraits,
    Omit<IndexDL3ToolTraits, 'output_dir'>,
    Omit<IrfToolTraits, 'output_path'>,
    MakeTemplatesToolTraits,
    Omit<MergeToolTraits, 'manifest'>,
    ModelShowToolTraits,
    Omit<PixelStatisticsCalculatorToolTraits, 'output_path'>,
    Omit<PlanToolTraits, 'output_path' | 'output_dir'>,
    ProcessorToolTraits,
    SimulateToolTraits,
    TablesToolTraits,
    TrainDispReconstructorTraits,
    TrainParticleClassifierTraits,
    Omit<TrainToolTraits, 'output_path'>,
    Omit<VerifyToolTraits, 'manifest'>,
    ViewToolTraits,
    Omit<WorkflowToolTraits, 'output_dir'>,
    Omit<ZfitsInfoToolTraits, 'columns'> {
  /** The output: a copy of the input with the predictions. */
  readonly output_path?: (string & {}) | null;
  /** Existing directory of the output files, dl3_OBS.fits.gz. */
  readonly output_dir?: (string & {}) | null;
  /** Format of the output files; service: the directory of CTAO's service data. */
  readonly format?: 'fits' | 'ecsv' | 'hdf5' | 'service' | (string & {}) | null;
  /** Names of the columns to write. Empty: all. */
  readonly columns?: readonly string[] | boolean;
  /** Merge the outputs of a production, of which each shard has to be there once, in the order of this manifest. Given files are outputs of its shards, or merges of them. */
  readonly manifest?: (string & {}) | null;
  /** Calibrates waveforms and extracts images. */
  readonly CameraCalibrator?: CameraCalibratorSection;
  /** DataWriter */
  readonly DataWriter?: DataWriterSection;
  /** EventSource */
  readonly EventSource?: EventSourceSection;
  /** Selects events by type. */
  readonly EventTypeFilter?: EventTypeFilterSection;
  /** FileDisplay */
  readonly FileDisplay?: FileDisplaySection;
  /** Cleans and parametrizes images. */
  readonly ImageProcessor?: ImageProcessorSection;
  /** MonitoringSource */
  readonly MonitoringSource?: MonitoringSourceSection;
  /** MuonAnalysis */
  readonly MuonAnalysis?: MuonAnalysisSection;
  /** Selects events of night-sky background. */
  readonly NoiseEventTypeFilter?: NoiseEventTypeFilterSection;
  /** Reconstructor */
  readonly Reconstructor?: ReconstructorSection;
  /** Reconstructs showers from image parameters. */
  readonly ShowerProcessor?: ShowerProcessorSection;
  /** Removes telescopes and events that a stereo trigger would reject. */
  readonly SoftwareTrigger?: SoftwareTriggerSection;
  /** TableExporter */
  readonly TableExporter?: TableExporterSection;
  /** TableReconstructor */
  readonly TableReconstructor?: TableReconstructorSection;
  /** WaveformModifier */
  readonly WaveformModifier?: WaveformModifierSection;
  /** Adds noise from night-sky background events to waveforms. */
  readonly NoiseWaveformModifier?: NoiseWaveformModifierSection;
  /** Writes CSV: arrays are numbers separated by spaces, times are texts in TAI. */
  readonly CsvTableExporter?: CsvTableExporterSection;
  /** Writes HDF5 files in ctapipe's data model. */
  readonly HDF5DataWriter?: HDF5DataWriterSection;
  /** Reads events of HDF5 files in ctapipe's data model. */
  readonly HDF5EventSource?: HDF5EventSourceSection;
  /** Merges HDF5 files of one telescope array. */
  readonly HDF5Merger?: HDF5MergerSection;
  /** Reads calibration coefficients, pixel statistics and pointings of HDF5 files. */
  readonly HDF5MonitoringSource?: HDF5MonitoringSourceSection;
  /** Writes Parquet: arrays are lists, times are texts in TAI; units and descriptions are in the metadata of the file. */
  readonly ParquetTableExporter?: ParquetTableExporterSection;
  /** Loads tables of array events and telescope events from an HDF5 file. */
  readonly TableLoader?: TableLoaderSection;
  /** Makes the angular resolution in bins of energy and angle to the pointing. */
  readonly AngularResolution2dMaker?: AngularResolution2dMakerSection;
  /** Makes the angular resolution. */
  readonly AngularResolutionMakerBase?: AngularResolutionMakerBaseSection;
  /** Makes the background rate in bins of reconstructed energy and angle to the pointing. */
  readonly BackgroundRate2dMaker?: BackgroundRate2dMakerSection;
  /** Makes the background rate in bins of reconstructed energy, and of longitude and latitude in the field of view. */
  readonly BackgroundRate3dMaker?: BackgroundRate3dMakerSection;
  /** Makes the background rate. */
  readonly BackgroundRateMakerBase?: BackgroundRateMakerBaseSection;
  /** Finds cuts for instrument responses. */
  readonly CutOptimizerBase?: CutOptimizerBaseSection;
  /** Loads, selects and weights simulated events of DL2 files. */
  readonly DL2EventLoader?: DL2EventLoaderSection;
  /** Selects events for cuts and instrument responses, and renames their columns. */
  readonly DL2EventPreprocessor?: DL2EventPreprocessorSection;
  /** Bins in the angle to the pointing. */
  readonly DefaultFoVOffsetBins?: DefaultFoVOffsetBinsSection;
  /** Bins in the position angle around the pointing. */
  readonly DefaultFoVPhiBins?: DefaultFoVPhiBinsSection;
  /** Bins in reconstructed energy. */
  readonly DefaultRecoEnergyBins?: DefaultRecoEnergyBinsSection;
  /** Bins in true energy. */
  readonly DefaultTrueEnergyBins?: DefaultTrueEnergyBinsSection;
  /** Makes the effective area in bins of true energy and angle to the pointing. */
  readonly EffectiveArea2dMaker?: EffectiveArea2dMakerSection;
  /** Makes the effective area in bins of true energy, and of longitude and latitude in the field of view. */
  readonly EffectiveArea3dMaker?: EffectiveArea3dMakerSection;
  /** Makes the effective area in bins of true energy, of the angle to the pointing, and of the position angle around it. */
  readonly EffectiveArea3dPolarMaker?: EffectiveArea3dPolarMakerSection;
  /** Makes the effective area. */
  readonly EffectiveAreaMakerBase?: EffectiveAreaMakerBaseSection;
  /** Makes the bias and the resolution of the energy in bins of true energy and angle to the pointing. */
  readonly EnergyBiasResolution2dMaker?: EnergyBiasResolution2dMakerSection;
  /** Makes the bias and the resolution of the energy. */
  readonly EnergyBiasResolutionMakerBase?: EnergyBiasResolutionMakerBaseSection;
  /** Makes the energy dispersion in bins of true energy and angle to the pointing. */
  readonly EnergyDispersion2dMaker?: EnergyDispersion2dMakerSection;
  /** Makes the energy dispersion in bins of true energy, and of longitude and latitude in the field of view. */
  readonly EnergyDispersion3dMaker?: EnergyDispersion3dMakerSection;
  /** Makes the energy dispersion in bins of true energy, of the angle to the pointing, and of the position angle around it. */
  readonly EnergyDispersion3dPolarMaker?: EnergyDispersion3dPolarMakerSection;
  /** Makes the energy dispersion. */
  readonly EnergyDispersionMakerBase?: EnergyDispersionMakerBaseSection;
  /** Draws FITS files of instrument responses, benchmarks and cuts. */
  readonly IrfDisplay?: IrfDisplaySection;
  /** Makes the point spread function in bins of true energy, angle to the pointing, and angle to the source. */
  readonly PSF3DMaker?: PSF3DMakerSection;
  /** Makes the point spread function. */
  readonly PSFMakerBase?: PSFMakerBaseSection;
  /** Cuts on gammaness and direction that keep a percentage of the gammas. */
  readonly PercentileCuts?: PercentileCutsSection;
  /** Finds the cut on gammaness with the best sensitivity; the cut on the direction keeps a percentage of the gammas. */
  readonly PointSourceSensitivityGhOptimizer?: PointSourceSensitivityGhOptimizerSection;
  /** Finds the cuts on gammaness, direction and multiplicity with the best sensitivity. */
  readonly PointSourceSensitivityOptimizer?: PointSourceSensitivityOptimizerSection;
  /** PointSourceSensitivityOptimizerBase */
  readonly PointSourceSensitivityOptimizerBase?: PointSourceSensitivityOptimizerBaseSection;
  /** Makes the sensitivity for a point source in bins of reconstructed energy and angle to the pointing. */
  readonly Sensitivity2dMaker?: Sensitivity2dMakerSection;
  /** Makes the sensitivity for a point source. */
  readonly SensitivityMakerBase?: SensitivityMakerBaseSection;
  /** Judges models by predictions of events that they were not trained on. */
  readonly CrossValidator?: CrossValidatorSection;
  /** Directions from models of the distance between the image and the source. */
  readonly DispReconstructor?: DispReconstructorSection;
  /** Energies from a model per telescope type. */
  readonly EnergyRegressor?: EnergyRegressorSection;
  /** Evaluates models that are no tree ensembles. */
  readonly GraphRunner?: GraphRunnerSection;
  /** ModelReconstructor */
  readonly ModelReconstructor?: ModelReconstructorSection;
  /** Evaluates no graphs: models are tree ensembles. */
  readonly NoGraphRunner?: NoGraphRunnerSection;
  /** Particle types from a model per telescope type. */
  readonly ParticleClassifier?: ParticleClassifierSection;
  /** Computes calibration coefficients of cameras from statistics of calibration events. */
  readonly CameraCoefficientsCalculator?: CameraCoefficientsCalculatorSection;
  /** Computes statistics of calibration events. */
  readonly PixelStatisticsCalculator?: PixelStatisticsCalculatorSection;
  /** Muon ring analysis: ring parameters and optical efficiency. */
  readonly MuonProcessor?: MuonProcessorSection;
  /** Reads events of sim_telarray files, uncompressed or compressed with gzip or zstd. */
  readonly SimTelEventSource?: SimTelEventSourceSection;
  /** Writes raw data and simulation truth to sim_telarray files, uncompressed or compressed with gzip or zstd. */
  readonly SimTelEventWriter?: SimTelEventWriterSection;
  /** Simulated showers over an array of toy telescopes. */
  readonly ToyModelEventSource?: ToyModelEventSourceSection;
  /** Reads raw data of the Large-Sized Telescopes, in zfits files. */
  readonly LSTEventSource?: LSTEventSourceSection;
  /** Reads raw data of NectarCAMs, in zfits files. */
  readonly NectarCAMEventSource?: NectarCAMEventSourceSection;
  /** Reads the DL0 data of an array of CTAO, in zfits files. */
  readonly ProtozfitsDL0EventSource?: ProtozfitsDL0EventSourceSection;
  /** Reads the DL0 data of one telescope of CTAO, in zfits files. */
  readonly ProtozfitsDL0TelescopeEventSource?: ProtozfitsDL0TelescopeEventSourceSection;
  /** Reads raw data of the SST-1M telescopes, in zfits files. */
  readonly SST1MEventSource?: SST1MEventSourceSection;
}

/** Simulated showers over an array of toy telescopes. */
interface ToyModelEventSourceSection extends ToyModelEventSourceTraits, EventSourceTraits {
  /** GainSelector */
  readonly GainSelector?: GainSelectorSection;
  /** Selects the same gain channel for all pixels. */
  readonly ManualGainSelector?: ManualGainSelectorSection;
  /** Selects the low gain for pixels whose high gain exceeds a threshold. */
  readonly ThresholdGainSelector?: ThresholdGainSelectorSection;
}

/** Trains models of the distance between image and source, one per telescope type. */
interface TrainDispReconstructorSection extends TrainDispReconstructorTraits, TrainToolTraits {
  /** EventSource */
  readonly EventSource?: EventSourceSection;
  /** Reconstructor */
  readonly Reconstructor?: ReconstructorSection;
  /** TableReconstructor */
  readonly TableReconstructor?: TableReconstructorSection;
  /** Reads events of HDF5 files in ctapipe's data model. */
  readonly HDF5EventSource?: HDF5EventSourceSection;
  /** Loads tables of array events and telescope events from an HDF5 file. */
  readonly TableLoader?: TableLoaderSection;
  /** Judges models by predictions of events that they were not trained on. */
  readonly CrossValidator?: CrossValidatorSection;
  /** Directions from models of the distance between the image and the source. */
  readonly DispReconstructor?: DispReconstructorSection;
  /** ModelReconstructor */
  readonly ModelReconstructor?: ModelReconstructorSection;
  /** Reads events of sim_telarray files, uncompressed or compressed with gzip or zstd. */
  readonly SimTelEventSource?: SimTelEventSourceSection;
  /** Simulated showers over an array of toy telescopes. */
  readonly ToyModelEventSource?: ToyModelEventSourceSection;
  /** Reads raw data of the Large-Sized Telescopes, in zfits files. */
  readonly LSTEventSource?: LSTEventSourceSection;
  /** Reads raw data of NectarCAMs, in zfits files. */
  readonly NectarCAMEventSource?: NectarCAMEventSourceSection;
  /** Reads the DL0 data of an array of CTAO, in zfits files. */
  readonly ProtozfitsDL0EventSource?: ProtozfitsDL0EventSourceSection;
  /** Reads the DL0 data of one telescope of CTAO, in zfits files. */
  readonly ProtozfitsDL0TelescopeEventSource?: ProtozfitsDL0TelescopeEventSourceSection;
  /** Reads raw data of the SST-1M telescopes, in zfits files. */
  readonly SST1MEventSource?: SST1MEventSourceSection;
}

/** Trains models of the energy, one per telescope type. */
interface TrainEnergyRegressorSection extends TrainToolTraits {
  /** EventSource */
  readonly EventSource?: EventSourceSection;
  /** Reconstructor */
  readonly Reconstructor?: ReconstructorSection;
  /** TableReconstructor */
  readonly TableReconstructor?: TableReconstructorSection;
  /** Reads events of HDF5 files in ctapipe's data model. */
  readonly HDF5EventSource?: HDF5EventSourceSection;
  /** Loads tables of array events and telescope events from an HDF5 file. */
  readonly TableLoader?: TableLoaderSection;
  /** Judges models by predictions of events that they were not trained on. */
  readonly CrossValidator?: CrossValidatorSection;
  /** Energies from a model per telescope type. */
  readonly EnergyRegressor?: EnergyRegressorSection;
  /** ModelReconstructor */
  readonly ModelReconstructor?: ModelReconstructorSection;
  /** Reads events of sim_telarray files, uncompressed or compressed with gzip or zstd. */
  readonly SimTelEventSource?: SimTelEventSourceSection;
  /** Simulated showers over an array of toy telescopes. */
  readonly ToyModelEventSource?: ToyModelEventSourceSection;
  /** Reads raw data of the Large-Sized Telescopes, in zfits files. */
  readonly LSTEventSource?: LSTEventSourceSection;
  /** Reads raw data of NectarCAMs, in zfits files. */
  readonly NectarCAMEventSource?: NectarCAMEventSourceSection;
  /** Reads the DL0 data of an array of CTAO, in zfits files. */
  readonly ProtozfitsDL0EventSource?: ProtozfitsDL0EventSourceSection;
  /** Reads the DL0 data of one telescope of CTAO, in zfits files. */
  readonly ProtozfitsDL0TelescopeEventSource?: ProtozfitsDL0TelescopeEventSourceSection;
  /** Reads raw data of the SST-1M telescopes, in zfits files. */
  readonly SST1MEventSource?: SST1MEventSourceSection;
}

/** Trains models of the particle type, one per telescope type. */
interface TrainParticleClassifierSection extends TrainParticleClassifierTraits, TrainToolTraits {
  /** EventSource */
  readonly EventSource?: EventSourceSection;
  /** Reconstructor */
  readonly Reconstructor?: ReconstructorSection;
  /** TableReconstructor */
  readonly TableReconstructor?: TableReconstructorSection;
  /** Reads events of HDF5 files in ctapipe's data model. */
  readonly HDF5EventSource?: HDF5EventSourceSection;
  /** Loads tables of array events and telescope events from an HDF5 file. */
  readonly TableLoader?: TableLoaderSection;
  /** Judges models by predictions of events that they were not trained on. */
  readonly CrossValidator?: CrossValidatorSection;
  /** ModelReconstructor */
  readonly ModelReconstructor?: ModelReconstructorSection;
  /** Particle types from a model per telescope type. */
  readonly ParticleClassifier?: ParticleClassifierSection;
  /** Reads events of sim_telarray files, uncompressed or compressed with gzip or zstd. */
  readonly SimTelEventSource?: SimTelEventSourceSection;
  /** Simulated showers over an array of toy telescopes. */
  readonly ToyModelEventSource?: ToyModelEventSourceSection;
  /** Reads raw data of the Large-Sized Telescopes, in zfits files. */
  readonly LSTEventSource?: LSTEventSourceSection;
  /** Reads raw data of NectarCAMs, in zfits files. */
  readonly NectarCAMEventSource?: NectarCAMEventSourceSection;
  /** Reads the DL0 data of an array of CTAO, in zfits files. */
  readonly ProtozfitsDL0EventSource?: ProtozfitsDL0EventSourceSection;
  /** Reads the DL0 data of one telescope of CTAO, in zfits files. */
  readonly ProtozfitsDL0TelescopeEventSource?: ProtozfitsDL0TelescopeEventSourceSection;
  /** Reads raw data of the SST-1M telescopes, in zfits files. */
  readonly SST1MEventSource?: SST1MEventSourceSection;
}

/** Components of kind TrainTool. */
interface TrainToolSection extends TrainToolTraits, TrainDispReconstructorTraits, TrainParticleClassifierTraits {
  /** EventSource */
  readonly EventSource?: EventSourceSection;
  /** Reconstructor */
  readonly Reconstructor?: ReconstructorSection;
  /** TableReconstructor */
  readonly TableReconstructor?: TableReconstructorSection;
  /** Reads events of HDF5 files in ctapipe's data model. */
  readonly HDF5EventSource?: HDF5EventSourceSection;
  /** Loads tables of array events and telescope events from an HDF5 file. */
  readonly TableLoader?: TableLoaderSection;
  /** Judges models by predictions of events that they were not trained on. */
  readonly CrossValidator?: CrossValidatorSection;
  /** Directions from models of the distance between the image and the source. */
  readonly DispReconstructor?: DispReconstructorSection;
  /** Energies from a model per telescope type. */
  readonly EnergyRegressor?: EnergyRegressorSection;
  /** ModelReconstructor */
  readonly ModelReconstructor?: ModelReconstructorSection;
  /** Particle types from a model per telescope type. */
  readonly ParticleClassifier?: ParticleClassifierSection;
  /** Reads events of sim_telarray files, uncompressed or compressed with gzip or zstd. */
  readonly SimTelEventSource?: SimTelEventSourceSection;
  /** Simulated showers over an array of toy telescopes. */
  readonly ToyModelEventSource?: ToyModelEventSourceSection;
  /** Reads raw data of the Large-Sized Telescopes, in zfits files. */
  readonly LSTEventSource?: LSTEventSourceSection;
  /** Reads raw data of NectarCAMs, in zfits files. */
  readonly NectarCAMEventSource?: NectarCAMEventSourceSection;
  /** Reads the DL0 data of an array of CTAO, in zfits files. */
  readonly ProtozfitsDL0EventSource?: ProtozfitsDL0EventSourceSection;
  /** Reads the DL0 data of one telescope of CTAO, in zfits files. */
  readonly ProtozfitsDL0TelescopeEventSource?: ProtozfitsDL0TelescopeEventSourceSection;
  /** Reads raw data of the SST-1M telescopes, in zfits files. */
  readonly SST1MEventSource?: SST1MEventSourceSection;
}

/** Charge in a window around the time expected from the brightest island. */
interface TwoPassWindowSumSection extends TwoPassWindowSumTraits {
  /** InvalidPixelHandler */
  readonly InvalidPixelHandler?: InvalidPixelHandlerSection;
  /** Replaces invalid pixels by the mean of their valid neighbours. */
  readonly NeighborAverage?: NeighborAverageSection;
}

/** Variance of each pixel's waveform. */
type VarianceExtractorSection = Readonly<Record<string, never>>;

/** Finds the shards of a production whose outputs are missing, broken, foreign or stale. */
interface VerifyToolSection extends VerifyToolTraits {
  /** EventSource */
  readonly EventSource?: EventSourceSection;
  /** Reads events of HDF5 files in ctapipe's data model. */
  readonly HDF5EventSource?: HDF5EventSourceSection;
  /** Reads events of sim_telarray files, uncompressed or compressed with gzip or zstd. */
  readonly SimTelEventSource?: SimTelEventSourceSection;
  /** Simulated showers over an array of toy telescopes. */
  readonly ToyModelEventSource?: ToyModelEventSourceSection;
  /** Reads raw data of the Large-Sized Telescopes, in zfits files. */
  readonly LSTEventSource?: LSTEventSourceSection;
  /** Reads raw data of NectarCAMs, in zfits files. */
  readonly NectarCAMEventSource?: NectarCAMEventSourceSection;
  /** Reads the DL0 data of an array of CTAO, in zfits files. */
  readonly ProtozfitsDL0EventSource?: ProtozfitsDL0EventSourceSection;
  /** Reads the DL0 data of one telescope of CTAO, in zfits files. */
  readonly ProtozfitsDL0TelescopeEventSource?: ProtozfitsDL0TelescopeEventSourceSection;
  /** Reads raw data of the SST-1M telescopes, in zfits files. */
  readonly SST1MEventSource?: SST1MEventSourceSection;
}

/** Shows events in a browser. */
interface ViewToolSection extends ViewToolTraits {
  /** Calibrates waveforms and extracts images. */
  readonly CameraCalibrator?: CameraCalibratorSection;
  /** EventSource */
  readonly EventSource?: EventSourceSection;
  /** Cleans and parametrizes images. */
  readonly ImageProcessor?: ImageProcessorSection;
  /** Reconstructs showers from image parameters. */
  readonly ShowerProcessor?: ShowerProcessorSection;
  /** Reads events of HDF5 files in ctapipe's data model. */
  readonly HDF5EventSource?: HDF5EventSourceSection;
  /** Reads events of sim_telarray files, uncompressed or compressed with gzip or zstd. */
  readonly SimTelEventSource?: SimTelEventSourceSection;
  /** Simulated showers over an array of toy telescopes. */
  readonly ToyModelEventSource?: ToyModelEventSourceSection;
  /** Reads raw data of the Large-Sized Telescopes, in zfits files. */
  readonly LSTEventSource?: LSTEventSourceSection;
  /** Reads raw data of NectarCAMs, in zfits files. */
  readonly NectarCAMEventSource?: NectarCAMEventSourceSection;
  /** Reads the DL0 data of an array of CTAO, in zfits files. */
  readonly ProtozfitsDL0EventSource?: ProtozfitsDL0EventSourceSection;
  /** Reads the DL0 data of one telescope of CTAO, in zfits files. */
  readonly ProtozfitsDL0TelescopeEventSource?: ProtozfitsDL0TelescopeEventSourceSection;
  /** Reads raw data of the SST-1M telescopes, in zfits files. */
  readonly SST1MEventSource?: SST1MEventSourceSection;
}

/** Components of kind WaveformModifier. */
interface WaveformModifierSection extends NoiseWaveformModifierTraits {
  /** Selects events by type. */
  readonly EventTypeFilter?: EventTypeFilterSection;
  /** Selects events of night-sky background. */
  readonly NoiseEventTypeFilter?: NoiseEventTypeFilterSection;
}

/** Components of kind WindowSum. */
interface WindowSumSection
  extends
    WindowSumTraits,
    BaselineSubtractedNeighborPeakWindowSumTraits,
    FixedWindowSumTraits,
    GlobalPeakWindowSumTraits,
    NeighborPeakWindowSumTraits {}

/** Writes a CWL workflow that runs productions. */
interface WorkflowCwlToolSection extends WorkflowToolTraits {
  /** EventSource */
  readonly EventSource?: EventSourceSection;
  /** Reads events of HDF5 files in ctapipe's data model. */
  readonly HDF5EventSource?: HDF5EventSourceSection;
  /** Reads events of sim_telarray files, uncompressed or compressed with gzip or zstd. */
  readonly SimTelEventSource?: SimTelEventSourceSection;
  /** Simulated showers over an array of toy telescopes. */
  readonly ToyModelEventSource?: ToyModelEventSourceSection;
  /** Reads raw data of the Large-Sized Telescopes, in zfits files. */
  readonly LSTEventSource?: LSTEventSourceSection;
  /** Reads raw data of NectarCAMs, in zfits files. */
  readonly NectarCAMEventSource?: NectarCAMEventSourceSection;
  /** Reads the DL0 data of an array of CTAO, in zfits files. */
  readonly ProtozfitsDL0EventSource?: ProtozfitsDL0EventSourceSection;
  /** Reads the DL0 data of one telescope of CTAO, in zfits files. */
  readonly ProtozfitsDL0TelescopeEventSource?: ProtozfitsDL0TelescopeEventSourceSection;
  /** Reads raw data of the SST-1M telescopes, in zfits files. */
  readonly SST1MEventSource?: SST1MEventSourceSection;
}

/** Writes a workflow of Nextflow that runs productions. */
interface WorkflowNextflowToolSection extends WorkflowToolTraits {
  /** EventSource */
  readonly EventSource?: EventSourceSection;
  /** Reads events of HDF5 files in ctapipe's data model. */
  readonly HDF5EventSource?: HDF5EventSourceSection;
  /** Reads events of sim_telarray files, uncompressed or compressed with gzip or zstd. */
  readonly SimTelEventSource?: SimTelEventSourceSection;
  /** Simulated showers over an array of toy telescopes. */
  readonly ToyModelEventSource?: ToyModelEventSourceSection;
  /** Reads raw data of the Large-Sized Telescopes, in zfits files. */
  readonly LSTEventSource?: LSTEventSourceSection;
  /** Reads raw data of NectarCAMs, in zfits files. */
  readonly NectarCAMEventSource?: NectarCAMEventSourceSection;
  /** Reads the DL0 data of an array of CTAO, in zfits files. */
  readonly ProtozfitsDL0EventSource?: ProtozfitsDL0EventSourceSection;
  /** Reads the DL0 data of one telescope of CTAO, in zfits files. */
  readonly ProtozfitsDL0TelescopeEventSource?: ProtozfitsDL0TelescopeEventSourceSection;
  /** Reads raw data of the SST-1M telescopes, in zfits files. */
  readonly SST1MEventSource?: SST1MEventSourceSection;
}

/** Writes batch scripts for Slurm that run productions. */
interface WorkflowSlurmToolSection extends WorkflowToolTraits {
  /** EventSource */
  readonly EventSource?: EventSourceSection;
  /** Reads events of HDF5 files in ctapipe's data model. */
  readonly HDF5EventSource?: HDF5EventSourceSection;
  /** Reads events of sim_telarray files, uncompressed or compressed with gzip or zstd. */
  readonly SimTelEventSource?: SimTelEventSourceSection;
  /** Simulated showers over an array of toy telescopes. */
  readonly ToyModelEventSource?: ToyModelEventSourceSection;
  /** Reads raw data of the Large-Sized Telescopes, in zfits files. */
  readonly LSTEventSource?: LSTEventSourceSection;
  /** Reads raw data of NectarCAMs, in zfits files. */
  readonly NectarCAMEventSource?: NectarCAMEventSourceSection;
  /** Reads the DL0 data of an array of CTAO, in zfits files. */
  readonly ProtozfitsDL0EventSource?: ProtozfitsDL0EventSourceSection;
  /** Reads the DL0 data of one telescope of CTAO, in zfits files. */
  readonly ProtozfitsDL0TelescopeEventSource?: ProtozfitsDL0TelescopeEventSourceSection;
  /** Reads raw data of the SST-1M telescopes, in zfits files. */
  readonly SST1MEventSource?: SST1MEventSourceSection;
}

/** Writes a Snakefile that runs productions. */
interface WorkflowSnakemakeToolSection extends WorkflowToolTraits {
  /** EventSource */
  readonly EventSource?: EventSourceSection;
  /** Reads events of HDF5 files in ctapipe's data model. */
  readonly HDF5EventSource?: HDF5EventSourceSection;
  /** Reads events of sim_telarray files, uncompressed or compressed with gzip or zstd. */
  readonly SimTelEventSource?: SimTelEventSourceSection;
  /** Simulated showers over an array of toy telescopes. */
  readonly ToyModelEventSource?: ToyModelEventSourceSection;
  /** Reads raw data of the Large-Sized Telescopes, in zfits files. */
  readonly LSTEventSource?: LSTEventSourceSection;
  /** Reads raw data of NectarCAMs, in zfits files. */
  readonly NectarCAMEventSource?: NectarCAMEventSourceSection;
  /** Reads the DL0 data of an array of CTAO, in zfits files. */
  readonly ProtozfitsDL0EventSource?: ProtozfitsDL0EventSourceSection;
  /** Reads the DL0 data of one telescope of CTAO, in zfits files. */
  readonly ProtozfitsDL0TelescopeEventSource?: ProtozfitsDL0TelescopeEventSourceSection;
  /** Reads raw data of the SST-1M telescopes, in zfits files. */
  readonly SST1MEventSource?: SST1MEventSourceSection;
}

/** Components of kind WorkflowTool. */
interface WorkflowToolSection extends WorkflowToolTraits {
  /** EventSource */
  readonly EventSource?: EventSourceSection;
  /** Reads events of HDF5 files in ctapipe's data model. */
  readonly HDF5EventSource?: HDF5EventSourceSection;
  /** Reads events of sim_telarray files, uncompressed or compressed with gzip or zstd. */
  readonly SimTelEventSource?: SimTelEventSourceSection;
  /** Simulated showers over an array of toy telescopes. */
  readonly ToyModelEventSource?: ToyModelEventSourceSection;
  /** Reads raw data of the Large-Sized Telescopes, in zfits files. */
  readonly LSTEventSource?: LSTEventSourceSection;
  /** Reads raw data of NectarCAMs, in zfits files. */
  readonly NectarCAMEventSource?: NectarCAMEventSourceSection;
  /** Reads the DL0 data of an array of CTAO, in zfits files. */
  readonly ProtozfitsDL0EventSource?: ProtozfitsDL0EventSourceSection;
  /** Reads the DL0 data of one telescope of CTAO, in zfits files. */
  readonly ProtozfitsDL0TelescopeEventSource?: ProtozfitsDL0TelescopeEventSourceSection;
  /** Reads raw data of the SST-1M telescopes, in zfits files. */
  readonly SST1MEventSource?: SST1MEventSourceSection;
}

/** Lists the tables and messages of zfits files, the raw data of telescopes. */
interface ZfitsInfoToolSection extends ZfitsInfoToolTraits {
  /** EventSource */
  readonly EventSource?: EventSourceSection;
  /** Reads events of HDF5 files in ctapipe's data model. */
  readonly HDF5EventSource?: HDF5EventSourceSection;
  /** Reads events of sim_telarray files, uncompressed or compressed with gzip or zstd. */
  readonly SimTelEventSource?: SimTelEventSourceSection;
  /** Simulated showers over an array of toy telescopes. */
  readonly ToyModelEventSource?: ToyModelEventSourceSection;
  /** Reads raw data of the Large-Sized Telescopes, in zfits files. */
  readonly LSTEventSource?: LSTEventSourceSection;
  /** Reads raw data of NectarCAMs, in zfits files. */
  readonly NectarCAMEventSource?: NectarCAMEventSourceSection;
  /** Reads the DL0 data of an array of CTAO, in zfits files. */
  readonly ProtozfitsDL0EventSource?: ProtozfitsDL0EventSourceSection;
  /** Reads the DL0 data of one telescope of CTAO, in zfits files. */
  readonly ProtozfitsDL0TelescopeEventSource?: ProtozfitsDL0TelescopeEventSourceSection;
  /** Reads raw data of the SST-1M telescopes, in zfits files. */
  readonly SST1MEventSource?: SST1MEventSourceSection;
}

/** The sections of the built-in components. */
export interface BuiltInSections {
  /** Makes the angular resolution in bins of energy and angle to the pointing. */
  readonly AngularResolution2dMaker?: AngularResolution2dMakerSection;
  /** Makes the angular resolution. */
  readonly AngularResolutionMakerBase?: AngularResolutionMakerBaseSection;
  /** Applies models to all events of an HDF5 file: energy, particle type, direction. */
  readonly ApplyModels?: ApplyModelsSection;
  /** Makes the background rate in bins of reconstructed energy and angle to the pointing. */
  readonly BackgroundRate2dMaker?: BackgroundRate2dMakerSection;
  /** Makes the background rate in bins of reconstructed energy, and of longitude and latitude in the field of view. */
  readonly BackgroundRate3dMaker?: BackgroundRate3dMakerSection;
  /** Makes the background rate. */
  readonly BackgroundRateMakerBase?: BackgroundRateMakerBaseSection;
  /** BaseAggregator */
  readonly BaseAggregator?: BaseAggregatorSection;
  /** BaseChunking */
  readonly BaseChunking?: BaseChunkingSection;
  /** Charge in a window around the neighbours' peak, after baseline subtraction. */
  readonly BaselineSubtractedNeighborPeakWindowSum?: BaselineSubtractedNeighborPeakWindowSumSection;
  /** Gradient boosting with histograms. */
  readonly BoostingEstimator?: BoostingEstimatorSection;
  /** Calibrates waveforms and extracts images. */
  readonly CameraCalibrator?: CameraCalibratorSection;
  /** Computes calibration coefficients of cameras from statistics of calibration events. */
  readonly CameraCoefficientsCalculator?: CameraCoefficientsCalculatorSection;
  /** Computes calibration coefficients of cameras from statistics of flat-field and pedestal events. */
  readonly CameraCoefficientsTool?: CameraCoefficientsToolSection;
  /** Checks HDF5 files of ctapipe and Cherenkit, and FITS files of responses and events: data model, ids, rows, values, checksums. */
  readonly CheckTool?: CheckToolSection;
  /** Contact person of a file. */
  readonly Contact?: ContactSection;
  /** Writes event lists with their instrument responses, DL3, from DL2 files. */
  readonly CreateDL3Tool?: CreateDL3ToolSection;
  /** Judges models by predictions of events that they were not trained on. */
  readonly CrossValidator?: CrossValidatorSection;
  /** Writes CSV: arrays are numbers separated by spaces, times are texts in TAI. */
  readonly CsvTableExporter?: CsvTableExporterSection;
  /** Finds cuts for instrument responses. */
  readonly CutOptimizerBase?: CutOptimizerBaseSection;
  /** Loads, selects and weights simulated events of DL2 files. */
  readonly DL2EventLoader?: DL2EventLoaderSection;
  /** Selects events for cuts and instrument responses, and renames their columns. */
  readonly DL2EventPreprocessor?: DL2EventPreprocessorSection;
  /** Quality criteria of events for cuts and instrument responses. */
  readonly DL2EventQualityQuery?: DL2EventQualityQuerySection;
  /** DataVolumeReducer */
  readonly DataVolumeReducer?: DataVolumeReducerSection;
  /** DataWriter */
  readonly DataWriter?: DataWriterSection;
  /** Bins in the angle to the pointing. */
  readonly DefaultFoVOffsetBins?: DefaultFoVOffsetBinsSection;
  /** Bins in the position angle around the pointing. */
  readonly DefaultFoVPhiBins?: DefaultFoVPhiBinsSection;
  /** Bins in reconstructed energy. */
  readonly DefaultRecoEnergyBins?: DefaultRecoEnergyBinsSection;
  /** Bins in true energy. */
  readonly DefaultTrueEnergyBins?: DefaultTrueEnergyBinsSection;
  /** Compares two HDF5 files table by table. */
  readonly DiffTool?: DiffToolSection;
  /** Directions from models of the distance between the image and the source. */
  readonly DispReconstructor?: DispReconstructorSection;
  /** Draws an event, or a file of instrument responses. */
  readonly DisplayTool?: DisplayToolSection;
  /** Writes the cameras, the optics and the telescopes of an input to FITS, ECSV or HDF5 files. */
  readonly DumpInstrumentTool?: DumpInstrumentToolSection;
  /** Makes the effective area in bins of true energy and angle to the pointing. */
  readonly EffectiveArea2dMaker?: EffectiveArea2dMakerSection;
  /** Makes the effective area in bins of true energy, and of longitude and latitude in the field of view. */
  readonly EffectiveArea3dMaker?: EffectiveArea3dMakerSection;
  /** Makes the effective area in bins of true energy, of the angle to the pointing, and of the position angle around it. */
  readonly EffectiveArea3dPolarMaker?: EffectiveArea3dPolarMakerSection;
  /** Makes the effective area. */
  readonly EffectiveAreaMakerBase?: EffectiveAreaMakerBaseSection;
  /** Makes the bias and the resolution of the energy in bins of true energy and angle to the pointing. */
  readonly EnergyBiasResolution2dMaker?: EnergyBiasResolution2dMakerSection;
  /** Makes the bias and the resolution of the energy. */
  readonly EnergyBiasResolutionMakerBase?: EnergyBiasResolutionMakerBaseSection;
  /** Makes the energy dispersion in bins of true energy and angle to the pointing. */
  readonly EnergyDispersion2dMaker?: EnergyDispersion2dMakerSection;
  /** Makes the energy dispersion in bins of true energy, and of longitude and latitude in the field of view. */
  readonly EnergyDispersion3dMaker?: EnergyDispersion3dMakerSection;
  /** Makes the energy dispersion in bins of true energy, of the angle to the pointing, and of the position angle around it. */
  readonly EnergyDispersion3dPolarMaker?: EnergyDispersion3dPolarMakerSection;
  /** Makes the energy dispersion. */
  readonly EnergyDispersionMakerBase?: EnergyDispersionMakerBaseSection;
  /** Energies from a model per telescope type. */
  readonly EnergyRegressor?: EnergyRegressorSection;
  /** Estimator */
  readonly Estimator?: EstimatorSection;
  /** Computes columns of events, and selects events and columns. */
  readonly EventPreprocessor?: EventPreprocessorSection;
  /** Finds cuts on gammaness, direction and multiplicity for instrument responses. */
  readonly EventSelectionOptimizer?: EventSelectionOptimizerSection;
  /** EventSource */
  readonly EventSource?: EventSourceSection;
  /** Computes the times of events of LST-1 from the counters of the modules. */
  readonly EventTimeCalculator?: EventTimeCalculatorSection;
  /** Selects events by type. */
  readonly EventTypeFilter?: EventTypeFilterSection;
  /** Weights events to a spectrum. */
  readonly EventWeighter?: EventWeighterSection;
  /** Writes tables of an HDF5 file as CSV, Parquet or Arrow. */
  readonly ExportTool?: ExportToolSection;
  /** Mean of trees with random thresholds, for two classes. */
  readonly ExtraTreesClassifier?: ExtraTreesClassifierSection;
  /** Mean of trees with random thresholds, for values. */
  readonly ExtraTreesRegressor?: ExtraTreesRegressorSection;
  /** Two-level cleaning with a limit on the peak times of neighbours, as for FACT. */
  readonly FACTImageCleaner?: FACTImageCleanerSection;
  /** Computes features from other columns. */
  readonly FeatureGenerator?: FeatureGeneratorSection;
  /** FileDisplay */
  readonly FileDisplay?: FileDisplaySection;
  /** Prints the metadata of HDF5 files as YAML, as ctapipe-fileinfo does. */
  readonly FileInfoTool?: FileInfoToolSection;
  /** Charge in a fixed window. */
  readonly FixedWindowSum?: FixedWindowSumSection;
  /** Charge and leading edge of deconvolved waveforms, for FlashCam. */
  readonly FlashCamExtractor?: FlashCamExtractorSection;
  /** A forest, the mean of trees. */
  readonly ForestEstimator?: ForestEstimatorSection;
  /** Charge of the whole waveform. */
  readonly FullWaveformSum?: FullWaveformSumSection;
  /** GainSelector */
  readonly GainSelector?: GainSelectorSection;
  /** Cuts on gammaness that keep a percentage of the events. */
  readonly GhPercentileCutCalculator?: GhPercentileCutCalculatorSection;
  /** Charge in a window around the peak of the camera's mean waveform. */
  readonly GlobalPeakWindowSum?: GlobalPeakWindowSumSection;
  /** Evaluates models that are no tree ensembles. */
  readonly GraphRunner?: GraphRunnerSection;
  /** Writes HDF5 files in ctapipe's data model. */
  readonly HDF5DataWriter?: HDF5DataWriterSection;
  /** Reads events of HDF5 files in ctapipe's data model. */
  readonly HDF5EventSource?: HDF5EventSourceSection;
  /** Merges HDF5 files of one telescope array. */
  readonly HDF5Merger?: HDF5MergerSection;
  /** Reads calibration coefficients, pixel statistics and pointings of HDF5 files. */
  readonly HDF5MonitoringSource?: HDF5MonitoringSourceSection;
  /** Direction and core position from the Hillas parameters of several images. */
  readonly HillasGeometryReconstructor?: HillasGeometryReconstructorSection;
  /** Direction and core position as the mean pairwise intersection of the major axes. */
  readonly HillasIntersection?: HillasIntersectionSection;
  /** Moments, timing, leakage, concentration, islands and statistics of an image. */
  readonly HillasParametrizer?: HillasParametrizerSection;
  /** Direction and core position from the intersections of the major axes of all images. */
  readonly HillasReconstructor?: HillasReconstructorSection;
  /** Trees that each correct the sum of those before them, for two classes. */
  readonly HistGradientBoostingClassifier?: HistGradientBoostingClassifierSection;
  /** Trees that each correct the sum of those before them, for values. */
  readonly HistGradientBoostingRegressor?: HistGradientBoostingRegressorSection;
  /** A histogram of the values of each pixel. */
  readonly HistogramAggregator?: HistogramAggregatorSection;
  /** Direction, core, energy and height of maximum by a fit of image templates (ImPACT). */
  readonly ImPACTReconstructor?: ImPACTReconstructorSection;
  /** ImageCleaner */
  readonly ImageCleaner?: ImageCleanerSection;
  /** ImageExtractor */
  readonly ImageExtractor?: ImageExtractorSection;
  /** ImageModifier */
  readonly ImageModifier?: ImageModifierSection;
  /** Quality criteria for images to be searched for muon rings. */
  readonly ImageParameterQuery?: ImageParameterQuerySection;
  /** ImageParametrizer */
  readonly ImageParametrizer?: ImageParametrizerSection;
  /** Cleans and parametrizes images. */
  readonly ImageProcessor?: ImageProcessorSection;
  /** Quality criteria of cleaned images to be parametrized. */
  readonly ImageQualityQuery?: ImageQualityQuerySection;
  /** Writes the index tables of DL3 files, with which gammapy finds observations and responses. */
  readonly IndexDL3Tool?: IndexDL3ToolSection;
  /** Instrument that recorded the data of a file. */
  readonly Instrument?: InstrumentSection;
  /** InvalidPixelHandler */
  readonly InvalidPixelHandler?: InvalidPixelHandlerSection;
  /** Draws FITS files of instrument responses, benchmarks and cuts. */
  readonly IrfDisplay?: IrfDisplaySection;
  /** Makes instrument responses and benchmarks from DL2 files and cuts. */
  readonly IrfTool?: IrfToolSection;
  /** Reads raw data of the Large-Sized Telescopes, in zfits files. */
  readonly LSTEventSource?: LSTEventSourceSection;
  /** Corrects and calibrates raw waveforms of Large-Sized Telescopes. */
  readonly LSTR0Corrections?: LSTR0CorrectionsSection;
  /** Charge in a window around the peak of each pixel's waveform. */
  readonly LocalPeakWindowSum?: LocalPeakWindowSumSection;
  /** Tail-cuts cleaning with two rows of boundary pixels. */
  readonly MARSImageCleaner?: MARSImageCleanerSection;
  /** Quality criteria of telescope events for models. */
  readonly MLQualityQuery?: MLQualityQuerySection;
  /** Averages images of simulated gamma rays to image templates for ImPACTReconstructor. */
  readonly MakeTemplatesTool?: MakeTemplatesToolSection;
  /** Selects the same gain channel for all pixels. */
  readonly ManualGainSelector?: ManualGainSelectorSection;
  /** Finds values that differ from the median of the camera. */
  readonly MedianOutlierDetector?: MedianOutlierDetectorSection;
  /** Merges HDF5 files of one telescope array into one. */
  readonly MergeTool?: MergeToolSection;
  /** ModelReconstructor */
  readonly ModelReconstructor?: ModelReconstructorSection;
  /** Describes models: features, criteria, telescope types, importances, origin. */
  readonly ModelShowTool?: ModelShowToolSection;
  /** MonitoringSource */
  readonly MonitoringSource?: MonitoringSourceSection;
  /** Finds the streams and chunks of a run. */
  readonly MultiFiles?: MultiFilesSection;
  /** MuonAnalysis */
  readonly MuonAnalysis?: MuonAnalysisSection;
  /** Fits the optical efficiency to the light along a muon ring. */
  readonly MuonIntensityFitter?: MuonIntensityFitterSection;
  /** Muon ring analysis: ring parameters and optical efficiency. */
  readonly MuonProcessor?: MuonProcessorSection;
  /** Fits a circle to an image. */
  readonly MuonRingFitter?: MuonRingFitterSection;
  /** Tail cuts that follow the night-sky background, as for LST. */
  readonly NSBImageCleaner?: NSBImageCleanerSection;
  /** Reads raw data of NectarCAMs, in zfits files. */
  readonly NectarCAMEventSource?: NectarCAMEventSourceSection;
  /** Calibrates raw waveforms of NectarCAMs. */
  readonly NectarCAMR0Corrections?: NectarCAMR0CorrectionsSection;
  /** Replaces invalid pixels by the mean of their valid neighbours. */
  readonly NeighborAverage?: NeighborAverageSection;
  /** Charge in a window around the peak of the neighbours' waveforms. */
  readonly NeighborPeakWindowSum?: NeighborPeakWindowSumSection;
  /** Evaluates no graphs: models are tree ensembles. */
  readonly NoGraphRunner?: NoGraphRunnerSection;
  /** Selects events of night-sky background. */
  readonly NoiseEventTypeFilter?: NoiseEventTypeFilterSection;
  /** Adds noise to images and widens their point spread function. */
  readonly NoiseImageModifier?: NoiseImageModifierSection;
  /** Adds noise from night-sky background events to waveforms. */
  readonly NoiseWaveformModifier?: NoiseWaveformModifierSection;
  /** Keeps the waveforms of all pixels. */
  readonly NullDataVolumeReducer?: NullDataVolumeReducerSection;
  /** OutlierDetector */
  readonly OutlierDetector?: OutlierDetectorSection;
  /** Makes the point spread function in bins of true energy, angle to the pointing, and angle to the source. */
  readonly PSF3DMaker?: PSF3DMakerSection;
  /** Makes the point spread function. */
  readonly PSFMakerBase?: PSFMakerBaseSection;
  /** Writes Parquet: arrays are lists, times are texts in TAI; units and descriptions are in the metadata of the file. */
  readonly ParquetTableExporter?: ParquetTableExporterSection;
  /** Particle types from a model per telescope type. */
  readonly ParticleClassifier?: ParticleClassifierSection;
  /** Cuts on gammaness and direction that keep a percentage of the gammas. */
  readonly PercentileCuts?: PercentileCutsSection;
  /** Computes statistics of calibration events. */
  readonly PixelStatisticsCalculator?: PixelStatisticsCalculatorSection;
  /** Computes statistics of calibration events. */
  readonly PixelStatisticsCalculatorTool?: PixelStatisticsCalculatorToolSection;
  /** Mean, median and standard deviation of all values. */
  readonly PlainAggregator?: PlainAggregatorSection;
  /** Divides a production of many or long files into shards, and writes its manifest. */
  readonly PlanTool?: PlanToolSection;
  /** Finds the cut on gammaness with the best sensitivity; the cut on the direction keeps a percentage of the gammas. */
  readonly PointSourceSensitivityGhOptimizer?: PointSourceSensitivityGhOptimizerSection;
  /** Finds the cuts on gammaness, direction and multiplicity with the best sensitivity. */
  readonly PointSourceSensitivityOptimizer?: PointSourceSensitivityOptimizerSection;
  /** PointSourceSensitivityOptimizerBase */
  readonly PointSourceSensitivityOptimizerBase?: PointSourceSensitivityOptimizerBaseSection;
  /** Finds where a Large-Sized Telescope pointed, in the logs of its drive. */
  readonly PointingSource?: PointingSourceSection;
  /** Processes events from raw data to reconstructed showers. */
  readonly ProcessorTool?: ProcessorToolSection;
  /** Reads the DL0 data of an array of CTAO, in zfits files. */
  readonly ProtozfitsDL0EventSource?: ProtozfitsDL0EventSourceSection;
  /** Reads the DL0 data of one telescope of CTAO, in zfits files. */
  readonly ProtozfitsDL0TelescopeEventSource?: ProtozfitsDL0TelescopeEventSourceSection;
  /** Applies named quality criteria. */
  readonly QualityQuery?: QualityQuerySection;
  /** Weights diffuse gammas to a point source in each ring of the field of view. */
  readonly RadialEventWeighter?: RadialEventWeighterSection;
  /** Mean of trees with the best thresholds, each of rows drawn at random, for two classes. */
  readonly RandomForestClassifier?: RandomForestClassifierSection;
  /** Mean of trees with the best thresholds, each of rows drawn at random, for values. */
  readonly RandomForestRegressor?: RandomForestRegressorSection;
  /** Finds values outside a range. */
  readonly RangeOutlierDetector?: RangeOutlierDetectorSection;
  /** Reconstructor */
  readonly Reconstructor?: ReconstructorSection;
  /** Quality criteria for muon rings whose light is fitted. */
  readonly RingQuery?: RingQuerySection;
  /** Reads raw data of the SST-1M telescopes, in zfits files. */
  readonly SST1MEventSource?: SST1MEventSourceSection;
  /** Makes the sensitivity for a point source in bins of reconstructed energy and angle to the pointing. */
  readonly Sensitivity2dMaker?: Sensitivity2dMakerSection;
  /** Makes the sensitivity for a point source. */
  readonly SensitivityMakerBase?: SensitivityMakerBaseSection;
  /** Reconstructs showers from image parameters. */
  readonly ShowerProcessor?: ShowerProcessorSection;
  /** Mean, median and standard deviation without outliers. */
  readonly SigmaClippingAggregator?: SigmaClippingAggregatorSection;
  /** Reads events of sim_telarray files, uncompressed or compressed with gzip or zstd. */
  readonly SimTelEventSource?: SimTelEventSourceSection;
  /** Writes raw data and simulation truth to sim_telarray files, uncompressed or compressed with gzip or zstd. */
  readonly SimTelEventWriter?: SimTelEventWriterSection;
  /** Weights events by their energies alone. */
  readonly SimpleEventWeighter?: SimpleEventWeighterSection;
  /** Simulates showers over a toy array and writes them as a sim_telarray file. */
  readonly SimulateTool?: SimulateToolSection;
  /** Divides the events of a telescope into chunks of a number of events. */
  readonly SizeChunking?: SizeChunkingSection;
  /** Charge in the window of each pixel's waveform with the largest sum. */
  readonly SlidingWindowMaxSum?: SlidingWindowMaxSumSection;
  /** Removes telescopes and events that a stereo trigger would reject. */
  readonly SoftwareTrigger?: SoftwareTriggerSection;
  /** StatisticsAggregator */
  readonly StatisticsAggregator?: StatisticsAggregatorSection;
  /** Finds values that differ from the median by more than the spread of the camera. */
  readonly StdOutlierDetector?: StdOutlierDetectorSection;
  /** StereoCombiner */
  readonly StereoCombiner?: StereoCombinerSection;
  /** Direction from the disp of several images, with their signs resolved together. */
  readonly StereoDispCombiner?: StereoDispCombinerSection;
  /** Weighted mean of the predictions of all telescopes. */
  readonly StereoMeanCombiner?: StereoMeanCombinerSection;
  /** Quality criteria of images to be used in stereo reconstruction. */
  readonly StereoQualityQuery?: StereoQualityQuerySection;
  /** TableExporter */
  readonly TableExporter?: TableExporterSection;
  /** Loads tables of array events and telescope events from an HDF5 file. */
  readonly TableLoader?: TableLoaderSection;
  /** TableReconstructor */
  readonly TableReconstructor?: TableReconstructorSection;
  /** Lists the tables of an HDF5 file; shows columns, first rows and statistics of one. */
  readonly TablesTool?: TablesToolSection;
  /** Keeps the waveforms of pixels with light, and of some rows around them. */
  readonly TailCutsDataVolumeReducer?: TailCutsDataVolumeReducerSection;
  /** Two-level tail-cuts cleaning. */
  readonly TailcutsImageCleaner?: TailcutsImageCleanerSection;
  /** Cuts on the angle to the source that keep a percentage of the events. */
  readonly ThetaPercentileCutCalculator?: ThetaPercentileCutCalculatorSection;
  /** Selects the low gain for pixels whose high gain exceeds a threshold. */
  readonly ThresholdGainSelector?: ThresholdGainSelectorSection;
  /** Divides the events of a telescope into chunks of a duration. */
  readonly TimeChunking?: TimeChunkingSection;
  /** Two-level cleaning with limits on the peak times, as for MAGIC. */
  readonly TimeConstrainedImageCleaner?: TimeConstrainedImageCleanerSection;
  /** Tool */
  readonly Tool?: ToolSection;
  /** Simulated showers over an array of toy telescopes. */
  readonly ToyModelEventSource?: ToyModelEventSourceSection;
  /** Trains models of the distance between image and source, one per telescope type. */
  readonly TrainDispReconstructor?: TrainDispReconstructorSection;
  /** Trains models of the energy, one per telescope type. */
  readonly TrainEnergyRegressor?: TrainEnergyRegressorSection;
  /** Trains models of the particle type, one per telescope type. */
  readonly TrainParticleClassifier?: TrainParticleClassifierSection;
  /** TrainTool */
  readonly TrainTool?: TrainToolSection;
  /** Charge in a window around the time expected from the brightest island. */
  readonly TwoPassWindowSum?: TwoPassWindowSumSection;
  /** Variance of each pixel's waveform. */
  readonly VarianceExtractor?: VarianceExtractorSection;
  /** Finds the shards of a production whose outputs are missing, broken, foreign or stale. */
  readonly VerifyTool?: VerifyToolSection;
  /** Shows events in a browser. */
  readonly ViewTool?: ViewToolSection;
  /** WaveformModifier */
  readonly WaveformModifier?: WaveformModifierSection;
  /** WindowSum */
  readonly WindowSum?: WindowSumSection;
  /** Writes a CWL workflow that runs productions. */
  readonly WorkflowCwlTool?: WorkflowCwlToolSection;
  /** Writes a workflow of Nextflow that runs productions. */
  readonly WorkflowNextflowTool?: WorkflowNextflowToolSection;
  /** Writes batch scripts for Slurm that run productions. */
  readonly WorkflowSlurmTool?: WorkflowSlurmToolSection;
  /** Writes a Snakefile that runs productions. */
  readonly WorkflowSnakemakeTool?: WorkflowSnakemakeToolSection;
  /** WorkflowTool */
  readonly WorkflowTool?: WorkflowToolSection;
  /** Lists the tables and messages of zfits files, the raw data of telescopes. */
  readonly ZfitsInfoTool?: ZfitsInfoToolSection;
}

/** Traits of event sources, in the spelling of code. */
export interface EventSourceOptionTraits {
  /** Array of telescopes: large and medium-sized (north), also small-sized ones (south), or four with one camera. (north or south or lst or nectarcam or flashcam or chec; default "north") */
  readonly array?: 'north' | 'south' | 'lst' | 'nectarcam' | 'flashcam' | 'chec' | undefined;
  /** Primary particle; muons make rings. (gamma or proton or muon; default "gamma") */
  readonly particle?: 'gamma' | 'proton' | 'muon' | undefined;
  /** Number of events, not counting calibration events. (integer, at least 1; default 10) */
  readonly events?: number | undefined;
  /** Number of simulated showers, triggered or not; overrides events. (integer, at least 1, or null; default null) */
  readonly showers?: number | null | undefined;
  /** Number of calibration events before the first shower: flat fields and pedestals in turn. (integer, at least 0; default 0) */
  readonly calibration?: number | undefined;
  /** Seed of the random number generator. (integer, at least 0; default 0) */
  readonly seed?: number | undefined;
  /** Observation id, the run number of files; files of different seeds that are merged need different ones. (integer, 1 to 2147483647; default 1) */
  readonly obsId?: number | undefined;
  /** Lowest energy; default: near the threshold of the array. (number in TeV, at least 0.005, or null; default null) */
  readonly energyMin?: number | null | undefined;
  /** Highest energy; default: depends on the array. (number in TeV, 0.005 to 1000, or null; default null) */
  readonly energyMax?: number | null | undefined;
  /** Spectral index of the power law of energies. (number; default -2) */
  readonly spectralIndex?: number | undefined;
  /** Altitude of the pointing. (number in deg, 20 to 90; default 70) */
  readonly altitude?: number | undefined;
  /** Azimuth of the pointing, from north through east. (number in deg; default 0) */
  readonly azimuth?: number | undefined;
  /** Maximum angle between a shower and the source; 0 for a point source. (number in deg, 0 to 10; default 1) */
  readonly viewConeRadius?: number | undefined;
  /** Altitude of the source above the pointing. (number in deg, -5 to 5; default 0) */
  readonly sourceOffset?: number | undefined;
  /** Maximum distance of the core from the array centre; default: slightly beyond the telescopes. (number in m, at least 0, or null; default null) */
  readonly coreRadius?: number | null | undefined;
  /** Photo-electrons required in each of three adjacent pixels for a trigger; default: depends on the camera. (number in pe, at least 1, or null; default null) */
  readonly triggerThreshold?: number | null | undefined;
  /** Number of telescopes required for an event; default: 2, for muons 1. (integer, at least 1, or null; default null) */
  readonly minTelescopes?: number | null | undefined;
  /** Scale factor of the night-sky background. (number, at least 0; default 1) */
  readonly nsb?: number | undefined;
  /** Scale factor of the electronic noise. (number, at least 0; default 1) */
  readonly noise?: number | undefined;
  /** Number of pixels without high voltage in each camera. (integer, at least 0; default 0) */
  readonly brokenPixels?: number | undefined;
  /** Gain selector component. (name of a component of kind GainSelector; per telescope; default "ThresholdGainSelector") */
  readonly gainSelectorType?: PerTelescope<GainSelectorName> | undefined;
  /** Whether to select gain channels. If unset, only in shower events, not in calibration events. (true or false, or null; default null) */
  readonly selectGain?: boolean | null | undefined;
  /** Skip the calibration: R1 waveforms remain in ADC counts. (true or false; default false) */
  readonly skipR1Calibration?: boolean | undefined;
  /** Skip calibration events. (true or false; default true) */
  readonly skipCalibrationEvents?: boolean | undefined;
  /** Focal length that converts camera coordinates to angles: effective (from ray tracing) or equivalent (nominal). (EFFECTIVE or EQUIVALENT; default "EFFECTIVE") */
  readonly focalLengthChoice?: AnyCase<'EFFECTIVE' | 'EQUIVALENT'> | undefined;
  /** Factor applied to the calibration coefficients (p.e. per ADC count) of the file. (number; default 1) */
  readonly calibScale?: number | undefined;
  /** Offset added to each calibrated sample, to simulate a miscalibration. (number in pe; default 0) */
  readonly calibShift?: number | undefined;
  /** Atmosphere profile to load: TABLE, FIVELAYER, NONE, or AUTO: the table if stored, otherwise the five layers. (AUTO or TABLE or FIVELAYER or NONE; default "AUTO") */
  readonly atmosphereProfileChoice?: AnyCase<'AUTO' | 'TABLE' | 'FIVELAYER' | 'NONE'> | undefined;
  /** Observation id to use instead of the run number of the file, for files of one run. (integer, 0 to 9007199254740991, or null; default null) */
  readonly overrideObsId?: number | null | undefined;
  /** Offset added to the run number of the file. Ignored if override_obs_id is set. (integer, -2147483647 to 9007197107257344, or null; default null) */
  readonly obsIdOffset?: number | null | undefined;
  /** Input with a telescope that has the camera of the data, such as a simulation or an output file of one. (path, or null; default null) */
  readonly instrumentUrl?: string | null | undefined;
  /** Longitude of the origin of the ground frame, degrees, east positive. (number; default -17.890879) */
  readonly referencePositionLon?: number | undefined;
  /** Latitude of the origin of the ground frame, degrees. (number; default 28.761579) */
  readonly referencePositionLat?: number | undefined;
  /** Height of the origin of the ground frame. (number in m; default 2199) */
  readonly referencePositionHeight?: number | undefined;
  /** Read the pointing from the logs of PointingSource. (true or false; default true) */
  readonly pointingInformation?: boolean | undefined;
  /** Right ascension of the pointing, degrees. Default: that of the header. (number, or null; default null) */
  readonly pointingRa?: number | null | undefined;
  /** Declination of the pointing, degrees. Default: that of the header. (number, or null; default null) */
  readonly pointingDec?: number | null | undefined;
  /** Number of the subarray, for the description of the telescopes: 1 is LST-1, 2 are the four LSTs. (integer, at least 0; default 1) */
  readonly subarrayId?: number | undefined;
  /** Number of first samples to leave out. (integer, at least 0; default 0) */
  readonly ignoreSamplesStart?: number | undefined;
  /** Number of last samples to leave out. (integer, at least 0; default 0) */
  readonly ignoreSamplesEnd?: number | undefined;
  /** Fill the samples of pixels that are not stored with NaN instead of 0. (true or false; default false) */
  readonly dvrFillNan?: boolean | undefined;
  /** Warn of triggers without data of their telescopes. (true or false; default true) */
  readonly warnMissing?: boolean | undefined;
  /** Baseline of raw waveforms, ADC counts. It is not used, as in ctapipe_io_nectarcam. (integer; default 250) */
  readonly baseline?: number | undefined;
  /** Read times and types of triggers. (true or false; default true) */
  readonly triggerInformation?: boolean | undefined;
  /** Device whose trigger type is used if there are both: central time stamping or trigger interface board. (ucts or tib; default "ucts") */
  readonly defaultTriggerType?: 'ucts' | 'tib' | undefined;
  /** Calibrate flat-field and pedestal events as well. (true or false; default true) */
  readonly calibrateFlatfieldsAndPedestals?: boolean | undefined;
  /** Leave out events without data, which have the id 0. (true or false; default true) */
  readonly skipEmptyEvents?: boolean | undefined;
  /** Log the number of events without data. (true or false; default false) */
  readonly showEmptyStats?: boolean | undefined;
  /** Smallest sum of the samples of a pixel in flat-field events, ADC counts. (number; default 3000) */
  readonly minFlatfieldAdc?: number | undefined;
  /** Largest sum of the samples of a pixel in flat-field events, ADC counts. (number; default 12000) */
  readonly maxFlatfieldAdc?: number | undefined;
  /** Fraction of the pixels that are between min_flatfield_adc and max_flatfield_adc in flat-field events. (number, 0 to 1; default 0.8) */
  readonly minFlatfieldPixelFraction?: number | undefined;
  /** Whether to recognize flat-field events by their charges. If unset, only in runs before 2022. (true or false, or null; default null) */
  readonly useFlatfieldHeuristic?: boolean | null | undefined;
  /** Apply the corrections of LSTR0Corrections. (true or false; default true) */
  readonly applyDrs4Corrections?: boolean | undefined;
  /** File with the ids of the pedestal events that were taken among others (HDF5). (path, or null; default null) */
  readonly pedestalIdsPath?: string | null | undefined;
  /** Added to the times of events, for runs with a wrong clock. (number in s, or null; default null) */
  readonly eventTimeCorrectionS?: number | null | undefined;
  /** The input: a path or a URL. (path; default "") */
  readonly inputUrl?: string | undefined;
  /** Stop after this many events. (integer, at least 1, or null; default null) */
  readonly maxEvents?: number | null | undefined;
  /** Telescopes to read, such as 1,2,5-9. Default: all. (list of integers, at least 0, or "1,2,5-9", or null; default null) */
  readonly allowedTels?: number | readonly number[] | string | null | undefined;
  /** Accept truncated input; keep the events before the truncation. (true or false; default false) */
  readonly allowTruncated?: boolean | undefined;
}

/** Traits of the HDF5 writer, in the spelling of code. */
export interface DataWriterOptionTraits {
  /** Compression level from 0 (none) to 9 (smallest file). (integer, 0 to 9; default 5) */
  readonly compressionLevel?: number | undefined;
  /** Compression of table chunks. (blosc:zstd or zlib; default "blosc:zstd") */
  readonly compressionType?: AnyCase<'blosc:zstd' | 'zlib'> | undefined;
  /** Version of ctapipe's data model: ctapipe 0.31 and later open v7.6.0, 0.28 and later open v7.1.0. (v7.1.0 or v7.6.0; default "v7.6.0") */
  readonly dataModelVersion?: 'v7.1.0' | 'v7.6.0' | undefined;
  /** Additional attributes of the file, prefixed by CONTEXT. Spaces in a key separate levels. (mapping; default {}) */
  readonly contextMetadata?: Readonly<Record<string, unknown>> | undefined;
  /** Store calibrated waveforms as fixed-point integers. (true or false; default false) */
  readonly transformWaveform?: boolean | undefined;
  /** Integer type of fixed-point waveforms. (int8 or uint8 or int16 or uint16 or int32 or uint32; default "int32") */
  readonly waveformDtype?: 'int8' | 'uint8' | 'int16' | 'uint16' | 'int32' | 'uint32' | undefined;
  /** Offset added to fixed-point waveforms. (integer; default 0) */
  readonly waveformOffset?: number | undefined;
  /** Scale of fixed-point waveforms: steps per unit. (number; default 1000) */
  readonly waveformScale?: number | undefined;
  /** Store images as fixed-point integers. (true or false; default false) */
  readonly transformImage?: boolean | undefined;
  /** Integer type of fixed-point images. (int8 or uint8 or int16 or uint16 or int32 or uint32; default "int32") */
  readonly imageDtype?: 'int8' | 'uint8' | 'int16' | 'uint16' | 'int32' | 'uint32' | undefined;
  /** Offset added to fixed-point images. (integer; default 0) */
  readonly imageOffset?: number | undefined;
  /** Scale of fixed-point images: steps per photoelectron. (number; default 10) */
  readonly imageScale?: number | undefined;
  /** Store peak times as fixed-point integers. (true or false; default false) */
  readonly transformPeakTime?: boolean | undefined;
  /** Integer type of fixed-point peak times. (int8 or uint8 or int16 or uint16 or int32 or uint32; default "int16") */
  readonly peakTimeDtype?: 'int8' | 'uint8' | 'int16' | 'uint16' | 'int32' | 'uint32' | undefined;
  /** Offset added to fixed-point peak times. (integer; default 0) */
  readonly peakTimeOffset?: number | undefined;
  /** Scale of fixed-point peak times: steps per nanosecond. (number; default 100) */
  readonly peakTimeScale?: number | undefined;
  /** The output file. (path; default "events.dl1.h5") */
  readonly outputPath?: string | undefined;
  /** Replace the output file if it exists. (true or false; default false) */
  readonly overwrite?: boolean | undefined;
  /** Write raw waveforms. (true or false; default false) */
  readonly writeR0Waveforms?: boolean | undefined;
  /** Write calibrated waveforms. (true or false; default false) */
  readonly writeR1Waveforms?: boolean | undefined;
  /** Write images and peak times. (true or false; default false) */
  readonly writeDl1Images?: boolean | undefined;
  /** Write image parameters. (true or false; default true) */
  readonly writeDl1Parameters?: boolean | undefined;
  /** Find muons and write their rings. (true or false; default false) */
  readonly writeMuonParameters?: boolean | undefined;
  /** Write reconstructed showers. (true or false; default false) */
  readonly writeDl2?: boolean | undefined;
}

/** Traits of the table loader, in the spelling of code. */
export interface TableLoaderOptionTraits {
  /** The HDF5 file. (path; default "") */
  readonly inputUrl?: string | undefined;
  /** Load images. (true or false; default false) */
  readonly dl1Images?: boolean | undefined;
  /** Load image parameters. (true or false; default true) */
  readonly dl1Parameters?: boolean | undefined;
  /** Load parameters of muon rings. (true or false; default false) */
  readonly dl1Muons?: boolean | undefined;
  /** Load reconstructed showers. (true or false; default true) */
  readonly dl2?: boolean | undefined;
  /** Load simulated showers. (true or false; default true) */
  readonly simulated?: boolean | undefined;
  /** Load simulated images. (true or false; default false) */
  readonly trueImages?: boolean | undefined;
  /** Load parameters of simulated images. (true or false; default true) */
  readonly trueParameters?: boolean | undefined;
  /** Add the description of the telescope to each telescope event. (true or false; default false) */
  readonly instrument?: boolean | undefined;
  /** Add the observation block to each event. (true or false; default false) */
  readonly observationInfo?: boolean | undefined;
  /** Add the pointing of the telescope to each telescope event. (true or false; default true) */
  readonly pointing?: boolean | undefined;
  /** Focal length of the camera frames in the description of the array: effective (from ray tracing) or equivalent (nominal). (EFFECTIVE or EQUIVALENT; default "EFFECTIVE") */
  readonly focalLengthChoice?: AnyCase<'EFFECTIVE' | 'EQUIVALENT'> | undefined;
}
