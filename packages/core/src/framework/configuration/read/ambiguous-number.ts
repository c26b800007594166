/**
 * Explains why a number of a YAML file is ambiguous: integers with leading zeros are octal in YAML 1.1, which Python and therefore
 * ctapipe read, and decimal in YAML 1.2; integers such as `0o17` are octal in YAML 1.2 and text in YAML 1.1.
 *
 * @param text - plain scalar as written
 * @returns undefined for a number that both versions read as the same value, and for text
 */
export function ambiguousNumber(text: string): string | undefined {
  if (/^0o[0-7]+$/.test(text)) {
    return `expected a decimal number, found ${text}, which is text in YAML 1.1 (ctapipe); write ${Number(text)}`;
  }
  const [match, sign = '', digits = ''] = /^([-+]?)0(\d+)$/.exec(text) ?? [];
  if (match === undefined) return undefined;
  const decimal = Number(digits);
  const octal = /^[0-7]+$/.test(digits) ? parseInt(digits, 8) : undefined;
  if (octal === decimal) return undefined;
  const minus = sign === '-' ? '-' : '';
  const found = `expected a number without leading zeros, found ${text}`;
  if (octal === undefined) return `${found}, which is text in YAML 1.1 (ctapipe); write ${minus}${decimal}`;
  return `${found}, which is ${minus}${octal} in YAML 1.1 (ctapipe) and ${minus}${decimal} in YAML 1.2; write one of these`;
}
