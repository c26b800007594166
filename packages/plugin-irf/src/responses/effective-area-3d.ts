import {
  effectiveArea,
  histogram,
  isPointLike,
  showersPerEnergy,
  showersPerOffset,
  showersPerRectangle,
  type SimulatedShowers,
} from '@cherenkit/kernels';
import type { ComponentKind } from '@cherenkit/core';
import { DefaultFoVOffsetBins, DefaultFoVPhiBins, FOV_LON_LAT_TRAITS } from '../bins/fov-bins.js';
import { lonLatCells, lonLatEdges, polarCells, type FovCells } from '../bins/fov-cells.js';
import { inRadians } from '../events/event-table.js';
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
  override makeEffectiveArea(input: EffectiveAreaInput): BinnedResult {
    checkDiffuse(this.name, input.showers);
    const edges = lonLatEdges(this.traits);
    const inRad = inRadians(edges);
    const cells = lonLatCells(input.events, edges);
    return areaOf(input, this.trueEnergyBins, cells, showersPerRectangle(input.showers, inRad, inRad));
  }
}

/**
 * Makes effective areas in bins of true energy, of the angle to the pointing and of the position angle around it, from north through
 * decreasing azimuth. Needs diffuse events. Source: pyirf 0.15 `effective_area_3d_polar`.
 */
export class EffectiveArea3dPolarMaker extends EffectiveAreaMakerBase.withTraits({
  ...DefaultFoVOffsetBins.traits,
  ...DefaultFoVPhiBins.traits,
}) {
  static override readonly help =
    'Makes the effective area in bins of true energy, of the angle to the pointing, and of the position angle around it.';
  static override readonly mixins: readonly ComponentKind[] = [DefaultFoVOffsetBins, DefaultFoVPhiBins];

  override get nFovBins(): number {
    return this.traits.fovOffsetNBins * this.traits.fovPhiNBins;
  }

  /** @throws CherenkitError IRF_REFUSED (2) for events from one direction */
  override makeEffectiveArea(input: EffectiveAreaInput): BinnedResult {
    checkDiffuse(this.name, input.showers);
    const cells = polarCells(input.events, this.name, this.traits);
    const { fovPhiNBins } = this.traits;
    const perRing = showersPerOffset(input.showers, inRadians(cells.axes[0].edges));
    const perCell = Float64Array.from({ length: cells.count }, (_, i) => perRing[i % perRing.length] / fovPhiNBins);
    return areaOf(input, this.trueEnergyBins, cells, perCell);
  }
}

/** @throws CherenkitError IRF_REFUSED (2) */
function checkDiffuse(component: string, showers: SimulatedShowers): void {
  if (!isPointLike(showers)) return;
  throw refusedIrf(
    `${component}: the events come from one direction, expected diffuse events. Choose EffectiveArea2dMaker.`,
  );
}

/** @param perCell - expected number of simulated showers of all energies in each cell */
function areaOf(
  { events, showers, isPointLike: hasDirectionCut, name }: EffectiveAreaInput,
  energies: Float64Array,
  { axes, histogramAxes }: FovCells,
  perCell: Float64Array,
): BinnedResult {
  const energy = { values: events.numbers('true_energy', 'TeV'), edges: energies };
  const counts = histogram([...histogramAxes, energy]);
  const perEnergy = showersPerEnergy(showers, energies);
  const nEnergies = perEnergy.length;
  const simulated = counts.map(
    (_, i) => (perEnergy[i % nEnergies] * perCell[Math.floor(i / nEnergies)]) / showers.nShowers,
  );
  const kind = { response: 'EFF_AREA', form: 'AEFF_3D', isPointLike: hasDirectionCut } as const;
  const values = effectiveArea(counts, simulated, Math.PI * showers.maxImpact ** 2);
  return gadfResponse(name, kind, [energyAxis(energies), ...axes], {
    name: 'EFFAREA',
    unit: 'm**2',
    values,
  });
}
