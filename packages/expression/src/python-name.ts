/**
 * The name in code of a name in files: `picture_threshold_pe` is `pictureThresholdPe`.
 *
 * One-for-one: an underscore before a digit stays (`leakage_width_2` is `leakageWidth_2`), else `dl1_images` and
 * `width_2` could not both come back.
 */
export function camelCase(snake: string): string {
  return snake.replace(/(?<=.)_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}

/** The name in files of a name in code, the inverse of {@link camelCase}. */
export function snakeCase(camel: string): string {
  return camel.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
