import type { ByteSource } from '@cherenkit/io';
import { ZfitsFile } from '../container/zfits-file.js';

/** Number of samples that a NectarCAM reads out; an LST reads 40, of which the event builder may remove four. */
const N_SAMPLES = 60;

/**
 * Whether a file of R1v1 messages is of a NectarCAM: those of LSTs have the same columns. Source: ctapipe_io_nectarcam 0.2.4
 * `is_compatible`.
 *
 * @throws as `ZfitsFile.open`
 */
export async function isNectarCam(input: ByteSource): Promise<boolean> {
  const events = (await ZfitsFile.open(input)).table('Events');
  if (events === undefined) return false;
  if (events.hdu.header.text('TARGET')?.trim() === 'NectarCAM') return true;
  const longest = (name: string): number => events.columns.find((column) => column.name === name)?.longest ?? NaN;
  const nSamples = longest('waveform') / longest('pixel_status');
  return nSamples === N_SAMPLES || nSamples === 2 * N_SAMPLES;
}
