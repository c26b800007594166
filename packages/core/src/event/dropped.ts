/** Something that was left out of an event or of its analysis, and why. */
export interface Dropped {
  /**
   * The event and the telescope events are not processed any further; an image is, but has no part in what comes next; for a
   * muon ring an image was not searched, or the light along the ring not fitted.
   */
  readonly part: 'event' | 'telescope event' | 'image' | 'muon ring';
  /** Whose telescope event or image. */
  readonly telId?: number;
  /** Who decided so, by its name in configurations: `SoftwareTrigger`, `HillasReconstructor.StereoQualityQuery`. */
  readonly component: string;
  /** In words, or the name of the quality criterion. */
  readonly reason: string;
}
