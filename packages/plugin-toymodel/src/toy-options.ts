import { camelCase, CherenkitError, didYouMean, ExitCode, snakeCase, type Traits } from '@cherenkit/core';

const SCHEME = 'toymodel:';

/**
 * The values that an address such as `toymodel:?events=20&energy_min=1` gives traits, by their names in code.
 *
 * @param traits - those that can be given
 * @throws CherenkitError (exit 2) for names and values that do not fit
 */
export function optionsOfUrl(url: string, traits: Traits): Record<string, number | boolean | string> {
  const values: Record<string, number | boolean | string> = {};
  const query = /^toymodel:(?:\/\/)?\/?(?:\?(.*))?$/s.exec(url);
  if (url !== '' && !query) {
    throw invalid(url, `after ${SCHEME} only options may follow, as in ${SCHEME}?events=20&seed=1`);
  }
  new URLSearchParams(query?.[1] ?? '').forEach((text, key) => {
    const name = camelCase(key);
    const trait = Object.hasOwn(traits, name) ? traits[name] : undefined;
    if (!trait) {
      const known = Object.keys(traits).map(snakeCase);
      const hint = didYouMean(key, known) || `; there are ${known.join(', ')}`;
      throw invalid(url, `there is no option ${JSON.stringify(key)}${hint}`);
    }
    values[name] = valueOf(url, key, text, trait.declaration);
  });
  return values;
}

function valueOf(
  url: string,
  key: string,
  text: string,
  declaration: Traits[string]['declaration'],
): number | boolean | string {
  if (declaration.type === 'choice') {
    if (declaration.choices.includes(text)) return text;
    const hint = didYouMean(text, declaration.choices);
    throw invalid(url, `${key} is one of ${declaration.choices.join(', ')}, not ${JSON.stringify(text)}${hint}`);
  }
  if (declaration.type === 'boolean') {
    if (/^(?:true|1|yes)$/i.test(text)) return true;
    if (/^(?:false|0|no)$/i.test(text)) return false;
    throw invalid(url, `${key} is true or false, not ${JSON.stringify(text)}`);
  }
  const { minimum = -Infinity, maximum = Infinity } = declaration as { minimum?: number; maximum?: number };
  const number = text.trim() === '' ? NaN : Number(text);
  const isWhole = declaration.type === 'integer';
  if (!Number.isFinite(number) || (isWhole && !Number.isSafeInteger(number)) || number < minimum || number > maximum) {
    const limits = [minimum > -Infinity && `from ${minimum}`, maximum < Infinity && `to ${maximum}`].filter(Boolean);
    const range = limits.length > 0 ? ` ${limits.join(' ')}` : '';
    throw invalid(url, `${key} is a ${isWhole ? 'whole ' : ''}number${range}, not ${JSON.stringify(text)}`);
  }
  return number;
}

function invalid(url: string, message: string): CherenkitError {
  return new CherenkitError('TOYMODEL_URL_INVALID', ExitCode.USAGE, `${url}: ${message}`);
}
