/**
 * Converts a snake_case name, as in files and configurations, to its camelCase name in code: `picture_threshold_pe` to
 * `pictureThresholdPe`.
 *
 * The mapping is one-to-one: an underscore before a digit is kept (`leakage_width_2` to `leakageWidth_2`), since
 * otherwise `dl1_images` and `width_2` could not both be converted back.
 */
export function camelCase(snake: string): string {
  return snake.replace(/(?<=.)_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}

/** Converts a camelCase name in code to snake_case: the inverse of {@link camelCase}. */
export function snakeCase(camel: string): string {
  return camel.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
