/** Why a pixel cannot be used: bits of a number. */
export const UnusableReason = {
  /** Its charges in flat-field events are outliers. */
  FLATFIELD_OUTLIER: 1,
  /** Its charges in pedestal events are outliers. */
  PEDESTAL_OUTLIER: 2,
  /** Its peak times in flat-field events are outliers. */
  PEAK_TIME_OUTLIER: 4,
  /** Its charge in flat-field events is not above the pedestal. */
  NO_SIGNAL: 8,
  /** Its charge in flat-field events does not vary more than the pedestal, so that its gain is not known. */
  NO_VARIANCE: 16,
  /** Its conversion factor differs too much from the median of the camera. */
  FACTOR_OUTLIER: 32,
} as const;

const TEXTS: readonly (readonly [reason: number, text: string])[] = [
  [UnusableReason.FLATFIELD_OUTLIER, 'outliers of flat-field charges'],
  [UnusableReason.PEDESTAL_OUTLIER, 'outliers of pedestal charges'],
  [UnusableReason.PEAK_TIME_OUTLIER, 'outliers of peak times'],
  [UnusableReason.NO_SIGNAL, 'without signal'],
  [UnusableReason.NO_VARIANCE, 'without variance of the signal'],
  [UnusableReason.FACTOR_OUTLIER, 'with an unusual conversion factor'],
];

/** Describes why pixels cannot be used: `3 outliers of flat-field charges, 1 without signal`. A pixel may have several reasons. */
export function describeReasons(reasons: Uint8Array): string {
  return TEXTS.flatMap(([reason, text]) => {
    const count = reasons.reduce((sum, each) => sum + Number((each & reason) !== 0), 0);
    return count > 0 ? [`${count} ${text}`] : [];
  }).join(', ');
}

/** Number of pixels that cannot be used, for at least one reason. */
export function countUnusable(reasons: Uint8Array): number {
  return reasons.reduce((sum, each) => sum + Number(each !== 0), 0);
}
