/** The viewer: one HTML file, which needs neither other files nor a server. */
export const VIEWER_PAGE: URL = new URL('./viewer.html', import.meta.url);

/** A file that is served beside the page. */
export interface ServedFile {
  /** Name without folders. */
  readonly name: string;
  /** Address, relative to the page. */
  readonly address: string;
}

/** What a server adds to the page: JSON in its element `<meta name="cherenkit-run">`. */
export interface ServedRun {
  /** Files that are read with the input: streams and chunks of its run. */
  readonly others: readonly ServedFile[];
  /** Addresses of the files that traits name, such as those of a calibration, by their paths in the configuration. */
  readonly addresses: Readonly<Record<string, string>>;
  /** Sections of a configuration by class name, with which the page begins. */
  readonly config: Readonly<Record<string, unknown>>;
}
