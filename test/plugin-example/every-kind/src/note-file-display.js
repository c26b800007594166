import { readFile } from 'node:fs/promises';
import { FileDisplay, trait } from '@cherenkit/core';

export class NoteFileDisplay extends FileDisplay.withTraits({
  size: trait.integer({ default: 16, minimum: 1, help: 'Size of the letters, pixels.' }),
}) {
  static help = 'Draws the length of a note.';
  static recognises = [{ extension: '.note' }]; // display my.note -o note.svg

  async draw(path, { theme }) {
    const { length } = await readFile(path, 'utf8');
    const { size } = this.traits;
    const color = theme === 'dark' ? 'white' : 'black';
    const text = `<text y="${size}" font-size="${size}" fill="${color}">${length} characters</text>`;
    return { toSvg: () => `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="${2 * size}">${text}</svg>` };
  }
}
