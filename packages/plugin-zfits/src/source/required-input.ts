import { CherenkitError, ExitCode, type EventSource } from '@cherenkit/core';
import type { ByteSource } from '@cherenkit/io';

/** The bytes of an input. @throws CherenkitError INPUT_MISSING (66) for a URL without bytes */
export function requiredInput(input: ByteSource | undefined, { name, traits }: EventSource): ByteSource {
  if (input !== undefined) return input;
  const message = `${name}: expected a zfits file as input_url, found ${traits.inputUrl}.`;
  throw new CherenkitError('INPUT_MISSING', ExitCode.NO_INPUT, message);
}
