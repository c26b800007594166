/** A rejected event, or a rejected part of an event, with the reason. */
export interface Rejection {
  /**
   * Level of the rejection. A rejected event or telescope event is not processed further; a rejected image is not used in
   * later steps; for a rejected muon ring, no ring was fitted, or no light distribution along the ring.
   */
  readonly level: 'event' | 'telescope event' | 'image' | 'muon ring';
  /** Undefined for the level `event`. */
  readonly telId?: number;
  /** Name of the rejecting component: `SoftwareTrigger`. */
  readonly component: string;
  /** The reason, or the name of the failed quality criterion. */
  readonly reason: string;
}

/** Whether a step before has rejected the image of a telescope: its charges are not to be used. */
export function isImageRejected({ rejections }: { readonly rejections: readonly Rejection[] }, telId: number): boolean {
  return rejections.some((rejection) => rejection.level === 'image' && rejection.telId === telId);
}
