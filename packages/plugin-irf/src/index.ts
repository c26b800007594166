import { definePlugin } from '@cherenkit/core';
import { AngularResolution2dMaker, AngularResolutionMakerBase } from './benchmarks/angular-resolution.js';
import { EnergyBiasResolution2dMaker, EnergyBiasResolutionMakerBase } from './benchmarks/energy-bias-resolution.js';
import { Sensitivity2dMaker, SensitivityMakerBase } from './benchmarks/sensitivity.js';
import { DefaultRecoEnergyBins, DefaultTrueEnergyBins } from './bins/energy-bins.js';
import { DefaultFoVOffsetBins, DefaultFoVPhiBins } from './bins/fov-bins.js';
import { CutOptimizerBase } from './cuts/cut-optimizer-base.js';
import { GhPercentileCutCalculator, PercentileCuts, ThetaPercentileCutCalculator } from './cuts/percentile-cuts.js';
import { PointSourceSensitivityGhOptimizer } from './cuts/point-source-sensitivity-gh-optimizer.js';
import { PointSourceSensitivityOptimizerBase } from './cuts/point-source-sensitivity-optimizer-base.js';
import { PointSourceSensitivityOptimizer } from './cuts/point-source-sensitivity-optimizer.js';
import { IrfDisplay } from './display/irf-display.js';
import { DL2EventLoader } from './events/dl2-event-loader.js';
import { DL2EventPreprocessor } from './events/dl2-event-preprocessor.js';
import { DL2EventQualityQuery } from './events/dl2-event-quality-query.js';
import { EventPreprocessor } from './events/event-preprocessor.js';
import { EventWeighter, RadialEventWeighter, SimpleEventWeighter } from './events/event-weighter.js';
import { BackgroundRate2dMaker, BackgroundRateMakerBase } from './responses/background-rate.js';
import { BackgroundRate3dMaker } from './responses/background-rate-3d.js';
import { EffectiveArea2dMaker, EffectiveAreaMakerBase } from './responses/effective-area.js';
import { EffectiveArea3dMaker, EffectiveArea3dPolarMaker } from './responses/effective-area-3d.js';
import { EnergyDispersion2dMaker, EnergyDispersionMakerBase } from './responses/energy-dispersion.js';
import { EnergyDispersion3dMaker, EnergyDispersion3dPolarMaker } from './responses/energy-dispersion-3d.js';
import { PSF3DMaker, PSFMakerBase } from './responses/point-spread.js';
import { CreateDL3Tool } from './tools/create-dl3-tool.js';
import { EventSelectionOptimizer } from './tools/event-selection-optimizer.js';
import { IndexDL3Tool } from './tools/index-dl3-tool.js';
import { IrfTool } from './tools/irf-tool.js';

export type { OptimizerInput } from './cuts/cut-optimizer-base.js';
export type { BestCombination, ScannedCombinations } from './cuts/point-source-sensitivity-optimizer-base.js';
export { cutTable, readCuts, writeCuts, type SelectionCuts, type ValidRange } from './cuts/selection-cuts.js';
export {
  weightedEvents,
  type LoadedEvents,
  type LoadEventsOptions,
  type WeightOptions,
} from './events/dl2-event-loader.js';
export type { QualityCriterion } from './events/dl2-event-quality-query.js';
export {
  energyAxis,
  gadfResponse,
  offsetAxis,
  resultTable,
  type BinnedResult,
  type GadfKind,
  type ResultAxis,
  type ResultColumn,
} from './responses/binned-result.js';
export { fovOffsetEdges, type FovOffsetTraits } from './bins/fov-bins.js';
export type { SensitivityInput } from './benchmarks/sensitivity.js';
export type { EffectiveAreaInput } from './responses/effective-area.js';
export type { EnergyDispersionInput } from './responses/energy-dispersion.js';
export {
  AngularResolution2dMaker,
  AngularResolutionMakerBase,
  BackgroundRate2dMaker,
  BackgroundRate3dMaker,
  BackgroundRateMakerBase,
  CreateDL3Tool,
  CutOptimizerBase,
  DefaultFoVOffsetBins,
  DefaultFoVPhiBins,
  DefaultRecoEnergyBins,
  DefaultTrueEnergyBins,
  DL2EventLoader,
  DL2EventPreprocessor,
  DL2EventQualityQuery,
  EffectiveArea2dMaker,
  EffectiveArea3dMaker,
  EffectiveArea3dPolarMaker,
  EffectiveAreaMakerBase,
  EnergyBiasResolution2dMaker,
  EnergyBiasResolutionMakerBase,
  EnergyDispersion2dMaker,
  EnergyDispersion3dMaker,
  EnergyDispersion3dPolarMaker,
  EnergyDispersionMakerBase,
  EventPreprocessor,
  EventSelectionOptimizer,
  EventWeighter,
  GhPercentileCutCalculator,
  IndexDL3Tool,
  IrfDisplay,
  IrfTool,
  PercentileCuts,
  PointSourceSensitivityGhOptimizer,
  PointSourceSensitivityOptimizer,
  PointSourceSensitivityOptimizerBase,
  PSF3DMaker,
  PSFMakerBase,
  RadialEventWeighter,
  Sensitivity2dMaker,
  SensitivityMakerBase,
  SimpleEventWeighter,
  ThetaPercentileCutCalculator,
};

export default definePlugin({
  name: 'irf',
  apiVersion: 1,
  kinds: [
    AngularResolutionMakerBase,
    BackgroundRateMakerBase,
    CutOptimizerBase,
    DefaultFoVOffsetBins,
    DefaultFoVPhiBins,
    DefaultRecoEnergyBins,
    DefaultTrueEnergyBins,
    DL2EventLoader,
    DL2EventPreprocessor,
    EffectiveAreaMakerBase,
    EnergyBiasResolutionMakerBase,
    EnergyDispersionMakerBase,
    EventPreprocessor,
    EventWeighter,
    GhPercentileCutCalculator,
    PSFMakerBase,
    SensitivityMakerBase,
    ThetaPercentileCutCalculator,
  ],
  bases: [PointSourceSensitivityOptimizerBase],
  components: [
    AngularResolution2dMaker,
    BackgroundRate2dMaker,
    BackgroundRate3dMaker,
    CreateDL3Tool,
    DL2EventLoader,
    DL2EventPreprocessor,
    DL2EventQualityQuery,
    EffectiveArea2dMaker,
    EffectiveArea3dMaker,
    EffectiveArea3dPolarMaker,
    EnergyBiasResolution2dMaker,
    EnergyDispersion2dMaker,
    EnergyDispersion3dMaker,
    EnergyDispersion3dPolarMaker,
    EventPreprocessor,
    EventSelectionOptimizer,
    GhPercentileCutCalculator,
    IndexDL3Tool,
    IrfDisplay,
    IrfTool,
    PercentileCuts,
    PointSourceSensitivityGhOptimizer,
    PointSourceSensitivityOptimizer,
    PSF3DMaker,
    RadialEventWeighter,
    Sensitivity2dMaker,
    SimpleEventWeighter,
    ThetaPercentileCutCalculator,
  ],
});
