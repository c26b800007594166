import { Component } from '../framework/component/index.js';

/** Options of {@link FileDisplay.draw}. */
export interface FileDisplayOptions {
  /** Colours of texts and backgrounds. */
  readonly theme: 'light' | 'dark';
  /** Colour map. */
  readonly cmap: string;
}

/** A picture of a file. */
export interface FilePicture {
  /** The picture as SVG, with its width and height: the same text for the same file. */
  toSvg(): string;
}

/**
 * Draws files that contain no events, such as instrument responses, for `cherenkit display`. The files are those in `recognises`.
 *
 * @example
 * ```ts
 * import { FileDisplay, type FilePicture } from '@cherenkit/core';
 *
 * class NoteDisplay extends FileDisplay {
 *   static override readonly help = 'Draws the name of a note.';
 *   static override readonly recognises = [{ extension: '.note' }];
 *
 *   override async draw(path: string): Promise<FilePicture> {
 *     const size = 'width="300" height="40"';
 *     return { toSvg: () => `<svg xmlns="http://www.w3.org/2000/svg" ${size}><text x="8" y="24">${path}</text></svg>` };
 *   }
 * }
 * ```
 */
export abstract class FileDisplay extends Component {
  static override readonly kind: string = 'FileDisplay';
  static override readonly asynchronousMethods: readonly (string | symbol)[] = ['draw'];

  /** @param path - path or URL of the file */
  abstract draw(path: string, options: FileDisplayOptions): Promise<FilePicture>;
}

/** A file, and the component that draws it. */
export interface DisplayedFile {
  /** Path or URL. */
  readonly path: string;
  readonly display: FileDisplay;
}
