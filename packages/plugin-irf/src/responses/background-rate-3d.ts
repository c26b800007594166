import { backgroundRate, histogram, rectangleSolidAngle } from '@cherenkit/kernels';
import type { Table } from '@cherenkit/tables';
import { FOV_LON_LAT_TRAITS } from '../bins/fov-bins.js';
import { lonLatEdges } from '../bins/fov-cells.js';
import { inRadians } from '../events/event-table.js';
import { BackgroundRateMakerBase, MEV_PER_TEV, RATE_UNIT } from './background-rate.js';
import { energyAxis, gadfResponse, type BinnedResult } from './binned-result.js';

/**
 * Makes background rates in bins of reconstructed energy and of longitude and latitude in the field of view, for backgrounds without
 * radial symmetry. Longitude grows with decreasing azimuth. Source: pyirf 0.14 `background_3d_lonlat`.
 */
export class BackgroundRate3dMaker extends BackgroundRateMakerBase.withTraits(FOV_LON_LAT_TRAITS) {
  static override readonly help =
    'Makes the background rate in bins of reconstructed energy, and of longitude and latitude in the field of view.';

  override makeBackgroundRate(events: Table, seconds: number): BinnedResult {
    const { fovLonLatNBins: n } = this.traits;
    const [energies, edges] = [this.recoEnergyBins, lonLatEdges(this.traits)];
    const weighted = histogram(
      [
        { values: events.numbers('reco_fov_lat', 'deg'), edges },
        { values: events.numbers('reco_fov_lon', 'deg'), edges },
        { values: events.numbers('reco_energy', 'TeV'), edges: energies },
      ],
      { weights: events.numbers('weight') },
    );
    const rad = inRadians(edges);
    const solidAngles = Float64Array.from({ length: n * n }, (_, cell) => {
      const [lat, lon] = [Math.floor(cell / n), cell % n];
      return rectangleSolidAngle(rad[lon], rad[lon + 1], rad[lat], rad[lat + 1]);
    });
    const values = backgroundRate(weighted, energies, solidAngles, seconds).map((rate) => rate / MEV_PER_TEV);
    const axes = [energyAxis(energies), { name: 'DETX', unit: 'deg', edges }, { name: 'DETY', unit: 'deg', edges }];
    const kind = { response: 'BKG', form: 'BKG_3D', isPointLike: false } as const;
    return gadfResponse('BACKGROUND', kind, axes, { name: 'BKG', unit: RATE_UNIT, values });
  }
}
