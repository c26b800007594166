/** An event, or a part of it, that a component rejected, and why. */
export interface Rejection {
  /**
   * What was rejected. An event or a telescope event is not processed any further; an image has no part in the steps that
   * follow; of a muon ring, the image was not searched or the light along the ring was not fitted.
   */
  readonly level: 'event' | 'telescope event' | 'image' | 'muon ring';
  /** The telescope, for all levels but the event. */
  readonly telId?: number;
  /** The component that rejected it, by its name in configurations: `SoftwareTrigger`. */
  readonly component: string;
  /** In words, or the name of the quality criterion. */
  readonly reason: string;
}
