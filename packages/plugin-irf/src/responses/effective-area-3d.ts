import {
  effectiveArea,
  histogram,
  isPointLike,
  linearEdges,
  showersPerEnergy,
  showersPerRectangle,
} from '@cherenkit/kernels';
import { FOV_LON_LAT_TRAITS } from '../bins/fov-bins.js';
import { fieldOfView, inRadians } from '../events/event-table.js';
import { refusedIrf } from '../irf-error.js';
import { energyAxis, gadfResponse, type BinnedResult } from './binned-result.js';
import { EffectiveAreaMakerBase, type EffectiveAreaInput } from './effective-area.js';

/**
 * Makes effective areas in bins of true energy and of longitude and latitude in the field of view, for arrays without radial
 * symmetry. Longitude grows with decreasing azimuth. Needs diffuse events. Source: pyirf 0.15 `effective_area_3d_lonlat`.
 */
export class EffectiveArea3dMaker extends EffectiveAreaMakerBase.withTraits(FOV_LON_LAT_TRAITS) {
  static override readonly help =
    'Makes the effective area in bins of true energy, and of longitude and latitude in the field of view.';

  override get nFovBins(): number {
    return this.traits.fovLonLatNBins ** 2;
  }

  /** @throws CherenkitError IRF_REFUSED (2) for events from one direction */
  override makeEffectiveArea({
    events,
    showers,
    isPointLike: hasDirectionCut,
    name,
  }: EffectiveAreaInput): BinnedResult {
    if (isPointLike(showers)) {
      throw refusedIrf(
        `${this.name}: the events come from one direction, expected diffuse events. Choose EffectiveArea2dMaker.`,
      );
    }
    const { fovLonLatMax: max, fovLonLatNBins: n } = this.traits;
    const [energies, edges] = [this.trueEnergyBins, linearEdges(-max, max, n)];
    const [az, alt, pointingAz, pointingAlt] = ['true_az', 'true_alt', 'pointing_az', 'pointing_alt'].map((column) =>
      events.numbers(column, 'rad'),
    );
    const { lon, lat } = fieldOfView(az, alt, pointingAz, pointingAlt);
    const counts = histogram([
      { values: lat, edges },
      { values: lon, edges },
      { values: events.numbers('true_energy', 'TeV'), edges: energies },
    ]);
    const [perEnergy, inRad] = [showersPerEnergy(showers, energies), inRadians(edges)];
    const perCell = showersPerRectangle(showers, inRad, inRad);
    const nEnergies = perEnergy.length;
    const simulated = counts.map(
      (_, i) => (perEnergy[i % nEnergies] * perCell[Math.floor(i / nEnergies)]) / showers.nShowers,
    );
    const kind = { response: 'EFF_AREA', form: 'AEFF_3D', isPointLike: hasDirectionCut } as const;
    const axes = [energyAxis(energies), { name: 'DETX', unit: 'deg', edges }, { name: 'DETY', unit: 'deg', edges }];
    const values = effectiveArea(counts, simulated, Math.PI * showers.maxImpact ** 2);
    const response = gadfResponse(name, kind, axes, { name: 'EFFAREA', unit: 'm**2', values });
    return { ...response, header: { ...response.header, FOVALIGN: 'ALTAZ' } };
  }
}
