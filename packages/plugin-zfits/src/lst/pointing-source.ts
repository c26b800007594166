import {
  ArrayPointingContainer,
  Component,
  PROVENANCE,
  TelescopePointingContainer,
  toUnixTime,
  trait,
  type Time,
} from '@cherenkit/core';
import { openFile } from '@cherenkit/io';
import { radians } from '@cherenkit/kernels';
import { baseName } from '../streams/multi-files.js';
import {
  correctedDriveLog,
  driveAt,
  parseDriveLog,
  parseTargetLog,
  targetAt,
  type DriveLog,
  type TrackedTarget,
} from './drive-logs.js';
import { readText } from './read-text.js';

/** Where a telescope, and the array of it alone, points at. */
export interface Pointing {
  readonly telescope: TelescopePointingContainer;
  readonly array: ArrayPointingContainer;
}

/** Logs of a telescope. */
interface Logs {
  readonly path: string;
  readonly drive: DriveLog;
  readonly targets: readonly TrackedTarget[];
}

/**
 * Finds where an LST pointed, in the logs of its drive. Source: ctapipe_io_lst 0.31 `PointingSource`; here, the azimuth is
 * interpolated across north on the shorter arc, and events outside of the log have no pointing.
 */
export class PointingSource extends Component.withTraits({
  driveReportPath: trait.perTelescope(
    trait.optional(
      trait.path({
        help: 'Log of the positions of the drive, DrivePosition_log_YYYYMMDD.txt. The two other logs are read as well if they are beside it.',
      }),
    ),
  ),
  bendingModelCorrectionsPath: trait.perTelescope(
    trait.optional(
      trait.path({
        help: 'Log of the corrections by the bending model. Default: BendingModelCorrection_log_YYYYMMDD.txt beside the log of the drive.',
      }),
    ),
  ),
  targetLogPath: trait.perTelescope(
    trait.optional(
      trait.path({ help: 'Log of the targets. Default: Target_log_YYYYMMDD.txt beside the log of the drive.' }),
    ),
  ),
}) {
  static override readonly kind: string = 'PointingSource';
  static override readonly help = 'Finds where a Large-Sized Telescope pointed, in the logs of its drive.';

  #logs: Logs | undefined;

  /**
   * Reads the logs of a telescope. Without log of the drive, there is no pointing, which is logged.
   *
   * @throws CherenkitError LST_DRIVE_LOG (65), INPUT_MISSING (66)
   */
  async load(telId: number): Promise<void> {
    const { driveReportPath, bendingModelCorrectionsPath, targetLogPath } = this.traits;
    const path = driveReportPath.for(telId);
    const targetPath = targetLogPath.for(telId);
    if (path === undefined) {
      this.context.logger.info(
        'PointingSource.drive_report_path is not set: the pointing of the telescope is not known.',
      );
      if (targetPath === undefined) return;
    }
    const drive =
      path === undefined ? NO_POSITIONS : await this.#readDrive(path, bendingModelCorrectionsPath.for(telId));
    const targets = targetPath ?? (path === undefined ? undefined : await sibling(path, 'Target'));
    this.#logs = {
      path: path ?? '',
      drive,
      targets: targets === undefined ? [] : parseTargetLog(await this.#read(targets, 'target log'), targets),
    };
  }

  /** Target of the telescope; undefined if it is not known. */
  targetAt(time: Time): TrackedTarget | undefined {
    return this.#logs && targetAt(this.#logs.targets, unixTimeOf(time));
  }

  /** Pointing of the telescope; undefined if it is not known. A time outside of the log is reported once. */
  pointingAt(time: Time): Pointing | undefined {
    const logs = this.#logs;
    if (logs === undefined || logs.drive.times.length === 0) return undefined;
    const unix = unixTimeOf(time);
    const position = driveAt(logs.drive, unix);
    if (position === undefined) {
      const { times } = logs.drive;
      const range = [times[0], times[times.length - 1]].map((each) => new Date(1000 * each).toISOString());
      this.context.warnOnce(
        `${logs.path} has positions from ${range.join(' to ')}; events at ${new Date(1000 * unix).toISOString()} and other times outside have no pointing.`,
        'outside of the log',
      );
      return undefined;
    }
    const [azimuth, altitude] = [radians(position[0]), radians(90 - position[1])];
    const target = targetAt(logs.targets, unix);
    return {
      telescope: new TelescopePointingContainer({ azimuth, altitude }),
      array: new ArrayPointingContainer({
        arrayAzimuth: azimuth,
        arrayAltitude: altitude,
        ...(target && { arrayRa: radians(target.ra), arrayDec: radians(target.dec) }),
      }),
    };
  }

  async #readDrive(path: string, corrections: string | undefined): Promise<DriveLog> {
    const log = parseDriveLog(await this.#read(path, 'drive positioning'), path);
    const bending = corrections ?? (await sibling(path, 'BendingModelCorrection'));
    if (bending === undefined) return log;
    const text = await this.#read(bending, 'bending model corrections');
    return correctedDriveLog(log, parseDriveLog(text, bending), bending);
  }

  async #read(path: string, role: string): Promise<string> {
    this.context.service(PROVENANCE).addInput({ url: path, role });
    return readText(path);
  }
}

const NO_POSITIONS: DriveLog = {
  times: new Float64Array(0),
  azimuths: new Float64Array(0),
  zeniths: new Float64Array(0),
};

/** Path of the log of another kind of the same night; undefined if there is none. */
async function sibling(path: string, kind: string): Promise<string | undefined> {
  const name = baseName(path);
  if (!name.includes('DrivePosition')) return undefined;
  await using source = await openFile(path);
  const wanted = name.replace('DrivePosition', kind);
  const names = (await source.folder?.list('')) ?? [];
  return names.includes(wanted) ? path.slice(0, path.length - name.length) + wanted : undefined;
}

function unixTimeOf(time: Time): number {
  const { seconds, nanoseconds } = toUnixTime(time);
  return seconds + nanoseconds / 1e9;
}
