import type { Plugin } from '@cherenkit/core';
import { conformance, type ConformanceOptions } from '@cherenkit/testing';
import core from '@cherenkit/core';
import cleaners from '@cherenkit/plugin-cleaners';
import extractors from '@cherenkit/plugin-extractors';
import hdf5 from '@cherenkit/plugin-hdf5';
import hillas from '@cherenkit/plugin-hillas';
import muon from '@cherenkit/plugin-muon';
import simtel from '@cherenkit/plugin-simtel';
import toymodel from '@cherenkit/plugin-toymodel';

const plugins: readonly Plugin[] = [core, cleaners, extractors, hdf5, hillas, muon, simtel, toymodel];

/** What some of them are tried out with, by class. */
const OPTIONS: Readonly<Record<string, ConformanceOptions>> = {
  ToyModelEventSource: { config: { EventSource: { input_url: 'toymodel:?events=3' } } },
  HDF5DataWriter: { extension: '.h5' },
  SimTelEventWriter: { extension: '.simtel', config: { DataWriter: { output_path: 'events.simtel' } } },
  SimulateTool: { config: { DataWriter: { output_path: 'events.simtel' } } },
};

/** Need an input of their own. */
const LEFT_OUT = ['SimTelEventSource', 'NoiseWaveformModifier'];

describe('the contracts of their kinds, kept by what comes with Cherenkit:', () => {
  for (const { components } of plugins) {
    for (const component of components) {
      if (LEFT_OUT.includes(component.name)) continue;
      conformance(component, { plugins, ...OPTIONS[component.name] });
    }
  }
});
