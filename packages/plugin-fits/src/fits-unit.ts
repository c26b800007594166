const FACTOR = /^([A-Za-z%]+)(?:\*\*|\^)?\(?([+-]?\d+(?:\.\d+)?)?\)?$/;

/** Converts a unit of a FITS file to a VOUnit string as in columns: `MeV-1 s-1 sr-1` to `MeV**-1.s**-1.sr**-1`. Others are unchanged. */
export function unitFromFits(text: string): string {
  const factors: string[] = [];
  for (const word of text.trim().split(/\s+|(?<!\*)[.*](?!\*)/)) {
    const [, symbol, power] = FACTOR.exec(word) ?? [];
    if (symbol === undefined) return text.trim();
    factors.push(power === undefined ? symbol : `${symbol}**${power.replace('+', '')}`);
  }
  return factors.join('.');
}
