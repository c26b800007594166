import { dataModel } from '@cherenkit/core';
import { readTable } from '@cherenkit/plugin-hdf5';
import { expect } from 'chai';
import { inTestData, skipWithoutTestData } from '../../support/test-data.js';

/** astropy warns if it joins tables in which a column has different descriptions, and ctapipe's TableLoader joins by these. */
const IDS = ['obs_id', 'event_id', 'tel_id', 'sb_id', 'hist_id'];

describe('descriptions of id columns', function () {
  before(skipWithoutTestData);

  for (const path of [
    '/configuration/observation/scheduling_block',
    '/configuration/observation/observation_block',
    '/configuration/simulation/run',
    '/configuration/telescope/pointing/tel_001',
    '/simulation/service/shower_distribution',
    '/simulation/event/subarray/shower',
    '/simulation/event/telescope/impact/tel_001',
    '/dl1/event/subarray/trigger',
    '/dl1/event/telescope/trigger',
    '/dl1/event/telescope/parameters/tel_001',
    '/dl2/event/subarray/geometry/HillasReconstructor',
    '/dl2/event/telescope/impact/HillasReconstructor/tel_001',
  ]) {
    it(`are ctapipe's in ${path}`, async () => {
      const reference = await readTable(inTestData('reference', 'proton_north_alpha_700.dl2.h5'), path);
      const ids = (dataModel.findTable(path)?.spec.columns ?? []).filter(({ name }) => IDS.includes(name));
      expect(ids).to.have.length.greaterThan(0);
      for (const { name, description } of ids) expect(description).to.equal(reference.column(name).description);
    });
  }
});
