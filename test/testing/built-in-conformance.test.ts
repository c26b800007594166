import type { Plugin } from '@cherenkit/core';
import { conformance, type ConformanceOptions } from '@cherenkit/testing';
import core from '@cherenkit/core';
import arrow from '@cherenkit/plugin-arrow';
import cleaners from '@cherenkit/plugin-cleaners';
import display from '@cherenkit/plugin-display';
import extractors from '@cherenkit/plugin-extractors';
import hdf5 from '@cherenkit/plugin-hdf5';
import hillas from '@cherenkit/plugin-hillas';
import impact from '@cherenkit/plugin-impact';
import irf from '@cherenkit/plugin-irf';
import ml from '@cherenkit/plugin-ml';
import monitoring from '@cherenkit/plugin-monitoring';
import muon from '@cherenkit/plugin-muon';
import onnx from '@cherenkit/plugin-onnx';
import production from '@cherenkit/plugin-production';
import simtel from '@cherenkit/plugin-simtel';
import toymodel from '@cherenkit/plugin-toymodel';

const plugins: readonly Plugin[] = [
  core,
  arrow,
  cleaners,
  display,
  extractors,
  hdf5,
  hillas,
  impact,
  irf,
  ml,
  monitoring,
  muon,
  onnx,
  production,
  simtel,
  toymodel,
];

/** Options of the conformance suite by class. */
const OPTIONS: Readonly<Record<string, ConformanceOptions>> = {
  ToyModelEventSource: { config: { EventSource: { input_url: 'toymodel:?events=3' } } },
  HDF5DataWriter: { extension: '.h5' },
  SimTelEventWriter: { extension: '.simtel', config: { DataWriter: { output_path: 'events.simtel' } } },
  HDF5Merger: { config: { HDF5Merger: { output_path: 'merged.h5' } } },
  MergeTool: { config: { HDF5Merger: { output_path: 'merged.h5' } } },
  TrainEnergyRegressor: { config: { EnergyRegressor: { features: ['hillas_intensity'] } } },
  TrainParticleClassifier: { config: { ParticleClassifier: { features: ['hillas_intensity'] } } },
  TrainDispReconstructor: { config: { DispReconstructor: { features: ['hillas_intensity'] } } },
  PlanTool: { config: { PlanTool: { output_path: 'manifest.json' } } },
  SimulateTool: { config: { DataWriter: { output_path: 'events.simtel' } } },
};

/** Components that require an input file. */
const LEFT_OUT = [
  'HDF5EventSource',
  'HDF5MonitoringSource',
  'SimTelEventSource',
  'NoiseWaveformModifier',
  'EnergyRegressor',
  'ParticleClassifier',
  'DispReconstructor',
  'ImPACTReconstructor',
];

describe('conformance of built-in components', () => {
  for (const { components } of plugins) {
    for (const component of components) {
      if (LEFT_OUT.includes(component.name)) continue;
      conformance(component, { plugins, ...OPTIONS[component.name] });
    }
  }
});
