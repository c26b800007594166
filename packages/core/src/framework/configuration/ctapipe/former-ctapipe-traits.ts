/** A trait of an existing class that earlier versions of ctapipe had. */
interface FormerTrait {
  /** Last version with the trait. */
  readonly last: string;
  /** What replaced it, with verb: `is now write_dl2`; undefined if it was removed. */
  readonly now?: string;
}

/** By class and trait. Source: the classes of ctapipe 0.8 to 0.31, compared with those of 0.32. */
const FORMER_TRAITS: Readonly<Record<string, Readonly<Record<string, FormerTrait>>>> = {
  DataWriter: {
    split_datasets_by: { last: '0.15' },
    write_images: { last: '0.20', now: 'is now write_dl1_images' },
    write_index_tables: { last: '0.26' },
    write_mono_shower: { last: '0.15', now: 'is now write_dl2' },
    write_parameters: { last: '0.20', now: 'is now write_dl1_parameters' },
    write_raw_waveforms: { last: '0.20', now: 'is now write_r0_waveforms' },
    write_showers: { last: '0.20', now: 'is now write_dl2' },
    write_stereo_shower: { last: '0.15', now: 'is now write_dl2' },
    write_waveforms: { last: '0.20', now: 'is now write_r1_waveforms' },
  },
  FixedWindowSum: { window_start: { last: '0.8', now: 'is now peak_index and window_shift' } },
  FlashCamExtractor: { apply_integration_correction: { last: '0.20' } },
  HillasIntersection: { atmosphere_profile_name: { last: '0.20' } },
  NeighborPeakWindowSum: { lwt: { last: '0.15', now: 'is now local_weight' } },
};

/**
 * Describes the fate of a trait that earlier versions of ctapipe had: `; write_images was a trait of ctapipe until 0.20 and is now
 * write_dl1_images`.
 *
 * @param lineage - the class and its base classes. Default: all classes
 * @returns undefined for any other name
 */
export function formerTraitHint(
  trait: string,
  lineage: readonly string[] = Object.keys(FORMER_TRAITS),
): string | undefined {
  for (const name of lineage) {
    const traits = FORMER_TRAITS[name] ?? {};
    if (!Object.hasOwn(FORMER_TRAITS, name) || !Object.hasOwn(traits, trait)) continue;
    const { last, now = 'was removed' } = traits[trait] ?? { last: '' };
    return `; ${trait} was a trait of ctapipe until ${last} and ${now}`;
  }
  return undefined;
}
